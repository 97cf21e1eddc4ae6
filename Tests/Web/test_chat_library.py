import json
import unittest
from pathlib import Path

from test_library import Library as LibraryTest


class ChatLibrary(LibraryTest):
    """The chat's pure parts: Markdown, the stretch of history in memory, the outbox, the rows of a thread."""

    def markdown(self, *texts):
        return self.run_module(f"""
          const {{ markdown }} = await import('/lib/chat/markdown.js')
          return {list(texts)!r}.map(text => markdown(text))
        """)

    def markup(self, text):
        return self.driver.execute_async_script("""
          const [text, done] = arguments
          ;(async () => {
            const { textMarkup } = await import('/lib/chat/markup.js')
            const { render } = await import('/lib/morph.js')
            const { html } = await import('/lib/html.js')
            const box = document.createElement('div')
            render(box, html`${textMarkup(text, { username: 'nora' })}`)
            return box.innerHTML
          })().then(done, error => done('threw ' + error))
        """, text)

    def test_calls_are_read_as_the_server_reads_them(self):
        cases = json.loads((Path(__file__).parent / "mentions.json").read_text())
        called = self.run_module(f"""
          const {{ calledNames }} = await import('/lib/chat/mentions.js')
          return {json.dumps([case["text"] for case in cases])}.map(calledNames)
        """)
        for case, names in zip(cases, called):
            self.assertEqual(names, case["names"], case["text"])

    def test_text_is_invisible_where_the_server_takes_it_so(self):
        cases = json.loads((Path(__file__).parent / "invisible.json").read_text())
        found = self.run_module(f"""
          const {{ isInvisible }} = await import('/lib/invisible.js')
          return {json.dumps([case["text"] for case in cases])}.map(isInvisible)
        """)
        for case, invisible in zip(cases, found):
            self.assertEqual(invisible, case["invisible"], ascii(case["text"]))

    def test_what_looks_like_markup_stays_text(self):
        for evil in ("<img src=x onerror=alert(1)>", "**<script>1</script>**", "`<b>`", "```\n<i>\n```", "> <u>", "[<b>](https://x.fr)"):
            shown = self.markup(evil)
            for tag in ("<img", "<script", "<i>", "<u>", "<b>"):
                self.assertNotIn(tag, shown, evil)

    def test_only_web_and_mail_addresses_become_links(self):
        for evil in ("[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,1)", "javascript:alert(1)", "[x](//e.x)", "[x](vbscript:1)"):
            self.assertNotIn("<a", self.markup(evil), evil)
        shown = self.markup('voir https://a.fr/c_(d). et [ici](https://b.fr/?q="><script>) ou moi@c.fr')
        self.assertIn('<a href="https://a.fr/c_(d)" target="_blank" rel="noopener noreferrer">https://a.fr/c_(d)</a>.', shown)
        self.assertNotIn("<script>", shown)
        self.assertIn('href="mailto:moi@c.fr"', shown)

    def test_marks_nest_and_unclosed_ones_stay(self):
        self.assertEqual(self.markup("a **b *c* d** ~~e~~ _f_ x_y_z 2 * 3"),
                         "<p>a <strong>b <em>c</em> d</strong> <s>e</s> <em>f</em> x_y_z 2 * 3</p>")
        self.assertEqual(self.markup("**un *closed"), "<p>**un *closed</p>")
        self.assertEqual(self.markup("***x*** \\*y\\*"), "<p><strong><em>x</em></strong> *y*</p>")
        self.assertEqual(self.markup("`a*b*` ``c`d``"), "<p><code>a*b*</code> <code>c`d</code></p>")

    def test_blocks_are_told_apart_and_line_breaks_kept(self):
        blocks = self.markdown("un\ndeux\n\n> q\n> > qq\n- a\n- b\n3. c\n```py\n*x*\n```\nfin")[0]
        self.assertEqual([block["type"] for block in blocks], ["paragraph", "quote", "list", "list", "code", "paragraph"])
        self.assertEqual(blocks[0]["children"][1], {"type": "break"})
        self.assertEqual(blocks[3]["start"], 3)
        self.assertEqual((blocks[4]["language"], blocks[4]["text"]), ("py", "*x*"))

    def test_a_mention_of_oneself_stands_out_and_an_address_is_none(self):
        self.assertEqual(self.markup("@nora, @paul-2 et a@nora.fr").count("class=\"mention\""), 2)
        self.assertIn('class="mention" data-me="" data-person-name="nora">@nora<', self.markup("@nora!"))
        self.assertIn("data-me", self.markup("@everyone"))

    def test_a_few_emoji_alone_are_large(self):
        self.assertIn("only-emoji", self.markup("👍🏽 👨‍👩‍👧"))
        for text in ("👍 ok", "12", "👍👍👍👍👍"):
            self.assertNotIn("only-emoji", self.markup(text), text)

    def test_hostile_text_costs_no_more_than_its_length(self):
        slowest = self.run_module("""
          const { markdown } = await import('/lib/chat/markdown.js')
          const texts = ['**_'.repeat(2700), '`'.repeat(8000), '[a]('.repeat(2000), 'http://a' + ')'.repeat(7900),
            '*a '.repeat(2600), '> '.repeat(4000), 'a@'.repeat(4000), '~~**__'.repeat(1300)]
          return Math.max(...texts.map(text => { const from = performance.now(); markdown(text); return performance.now() - from }))
        """)
        self.assertLess(slowest, 250)

    def test_a_stretch_has_each_message_once_in_order_and_is_bounded(self):
        ids = self.run_module("""
          const w = await import('/lib/chat/window.js')
          const message = id => ({ id: String(id), revision: 0 })
          const page = (from, to) => Array.from({ length: from - to + 1 }, (_, n) => message(from - n))
          let stretch = w.replaced(page(100, 51), { more: true, newer: false })
          stretch = w.arrived(stretch, [message(102), message(101), message(101)], true)
          const first = stretch.messages.map(one => Number(one.id))
          stretch = w.extendedBack(stretch, page(50, 1), false, 60)
          const back = [stretch.messages[0].id, stretch.messages.at(-1).id, stretch.messages.length, stretch.more, stretch.newer]
          const ignored = w.arrived(stretch, [message(103)], true).messages.at(-1).id
          stretch = w.extendedOn(stretch, page(103, 61), false, 60)
          const on = [stretch.messages[0].id, stretch.messages.at(-1).id, stretch.messages.length, stretch.more, stretch.newer]
          const full = w.arrived(stretch, [message(104)], false, 60)
          const followed = w.arrived(stretch, [message(104)], true, 60)
          return [first, back, ignored, on, [full.messages.at(-1).id, full.newer], [followed.messages.at(-1).id, followed.messages.length, followed.more]]
        """)
        self.assertEqual(ids[0], list(range(51, 103)))
        self.assertEqual(ids[1], ["1", "60", 60, False, True])
        self.assertEqual(ids[2], "60")
        self.assertEqual(ids[3], ["44", "103", 60, True, False])
        self.assertEqual(ids[4], ["103", True])
        self.assertEqual(ids[5], ["104", 60, True])

    def test_a_change_is_taken_once_and_never_backwards(self):
        texts = self.run_module("""
          const w = await import('/lib/chat/window.js')
          let stretch = w.replaced([{ id: '1', text: 'a', revision: 0 }], { more: false, newer: false })
          const seen = []
          for (const [text, revision] of [['b', 2], ['old', 1], ['again', 2], ['c', 3]]) {
            stretch = w.changed(stretch, '1', revision, known => ({ ...known, text, revision }))
            seen.push(stretch.messages[0].text)
          }
          stretch = w.arrived(stretch, [{ id: '1', text: 'stale', revision: 0 }], true)
          return [...seen, stretch.messages[0].text]
        """)
        self.assertEqual(texts, ["b", "b", "b", "c", "c"])

    def test_the_outbox_sends_again_in_order_until_it_is_told(self):
        """
        page                    connection
        writes a, b, c          away
                                comes: a, b, c leave; a is acknowledged, then it is cut
                                comes: b, c leave again
        """
        said = self.run_module("""
          const { Outbox } = await import('/lib/chat/outbox.js')
          let live = false
          const sent = []
          const outbox = new Outbox({ send: entry => live && Boolean(sent.push(entry.clientId)), changed: () => {} })
          for (const clientId of ['a', 'b', 'c']) outbox.add({ clientId, channel: '1', text: clientId })
          const before = [...sent]
          live = true
          outbox.reconnected()
          outbox.acknowledged('a', '7')
          outbox.drop('a')
          live = false
          outbox.lost()
          live = true
          outbox.reconnected()
          outbox.refused('b', 'no')
          outbox.reconnected()
          const after = new Outbox({ entries: outbox.entries, send: entry => Boolean(sent.push('reload ' + entry.clientId)), changed: () => {} })
          after.reconnected()
          return [before, sent, after.entries.map(entry => entry.clientId + ' ' + entry.state)]
        """)
        self.assertEqual(said[0], [])
        self.assertEqual(said[1], ["a", "b", "c", "b", "c", "c", "reload c"])
        self.assertEqual(said[2], ["b refused", "c sending"])

    def test_rows_are_grouped_by_author_and_day_with_the_line_before_the_first_unread(self):
        rows = self.run_module("""
          const { rowsOf } = await import('/lib/chat/rows.js')
          const message = (id, authorId, createdAt) => ({ id, authorId, authorName: 'Dominique', createdAt })
          const messages = [message('1', 'x', '2026-03-01T10:00:00Z'), message('2', 'x', '2026-03-01T10:01:00Z'), message('2.5', 'z', '2026-03-01T10:01:30Z'),
            message('3', 'x', '2026-03-01T10:20:00Z'), message('4', 'y', '2026-03-01T10:21:00Z'), message('5', 'y', '2026-03-03T10:21:30Z')]
          const state = { messages, unreadFrom: '4', newer: false, pending: [], reads: { y: '5' } }
          return rowsOf(state, { own: 'y', other: 'y' }).map(row => row.kind + (row.message ? row.message.id + (row.grouped ? '+' : '') : ''))
        """)
        self.assertEqual(rows, ["day", "message1", "message2+", "message2.5", "message3", "new", "message4", "day", "message5", "seen"])


# The tests of the other library are run where they stand.
for name in [name for name in dir(LibraryTest) if name.startswith("test_")]:
    setattr(ChatLibrary, name, None)
del LibraryTest

if __name__ == "__main__":
    unittest.main()
