import re
import unittest

from browser import PageTest


class Library(PageTest):
    """The page's pure functions, in the browser that runs them."""

    def run_module(self, body):
        self.driver.set_script_timeout(20)
        return self.driver.execute_async_script(
            "const done = arguments[0]; (async () => {" + body + "})().then(done, error => done('threw ' + error))"
        )

    def setUp(self):
        super().setUp()
        self.open("/sign-in")
        self.see("h1")

    def test_the_template_escapes_text_and_attributes_but_not_its_own_markup(self):
        text = self.run_module("""
          const { html } = await import('/lib/html.js')
          const evil = `<img src=x onerror="alert('1')">&`
          return String(html`<p title="${evil}">${evil}${html`<b>${'<'}</b>`}${[1, html`<i></i>`, null, false]}</p>`)
        """)
        safe = "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;"
        self.assertEqual(text, f'<p title="{safe}">{safe}<b>&lt;</b>1<i></i></p>')

    def test_a_boolean_attribute_is_there_or_not(self):
        text = self.run_module("""
          const { html } = await import('/lib/html.js')
          return String(html`<a ?one=${true} ?two=${false}></a>`)
        """)
        self.assertEqual(text, '<a one=""></a>')

    def test_plain_text_is_not_taken_for_markup(self):
        refusal = self.run_module("""
          const { render } = await import('/lib/morph.js')
          render(document.createElement('p'), '<b>text</b>')
        """)
        self.assertIn("threw TypeError", refusal)

    def test_a_redraw_keeps_the_field_its_text_and_its_focus(self):
        kept = self.run_module("""
          const { html } = await import('/lib/html.js')
          const { render } = await import('/lib/morph.js')
          const box = document.body.appendChild(document.createElement('div'))
          const draw = wrong => render(box, html`
            ${wrong && html`<p role="alert">wrong</p>`}
            <form data-key="form">${wrong && html`<p>more</p>`}<input data-key="field" value="first"></form>
            <p>foot</p>`)
          draw(false)
          const field = box.querySelector('input')
          field.focus()
          field.value = 'typed'
          draw(true)
          const during = box.querySelector('input') === field && document.activeElement === field && field.value
          draw(false)
          const after = box.querySelector('input') === field && document.activeElement === field && field.value
          return [during, after, box.querySelectorAll('p').length]
        """)
        self.assertEqual(kept, ["typed", "typed", 1])

    def test_keyed_rows_are_moved_and_not_made_anew(self):
        order = self.run_module("""
          const { html } = await import('/lib/html.js')
          const { render } = await import('/lib/morph.js')
          const list = document.createElement('ul')
          const draw = ids => render(list, html`${ids.map(id => html`<li data-key="${id}">${id}</li>`)}`)
          draw(['a', 'b', 'c'])
          const [a, b, c] = list.children
          draw(['c', 'a', 'd'])
          return [list.children[0] === c, list.children[1] === a, list.contains(b), list.textContent]
        """)
        self.assertEqual(order, [True, True, False, "cad"])

    def test_a_question_asked_right_after_another_gets_its_own_answer(self):
        answers = self.run_module("""
          const { confirm } = await import('/elements/confirm-dialog.js')
          const press = word => document.querySelector(`confirm-dialog [data-click=${word}]`).click()
          const first = confirm({ title: '1', text: '', yes: 'yes' })
          press('no')
          const second = confirm({ title: '2', text: '', yes: 'yes' })
          await new Promise(resolve => document.querySelector('confirm-dialog dialog').addEventListener('close', resolve, { once: true }))
          press('yes')
          return [await first, await second]
        """)
        self.assertEqual(answers, [False, True])

    def test_waiting_for_the_socket_grows_and_is_bounded(self):
        waits = self.run_module("""
          const { backoff } = await import('/lib/socket.js')
          return [0, 1, 2, 3, 50].map(attempt => backoff(attempt, () => 0.5))
        """)
        self.assertEqual(waits, [500, 1000, 2000, 4000, 15000])

    def test_sizes_and_times_are_written_in_the_language_of_the_person(self):
        words = self.run_module("""
          const { prefer, frenchSpaces } = await import('/lib/i18n.js')
          const { megabytes, gigabytes, percent, duration } = await import('/lib/format.js')
          const all = () => [megabytes(1536), gigabytes(20), percent(NaN), duration(800), duration(125000)]
          prefer({ language: 'fr' })
          const french = all()
          prefer({ language: 'en' })
          const english = all()
          prefer({ language: 'fr' })
          return [french, english, frenchSpaces('« Oui » ?')].flat().map(text => text.replace(/\\u00a0/g, '_'))
        """)
        self.assertEqual(words[:5], ["1,5_Go", "20_Go", "–", "0,8_s", "2_min_05_s"])
        self.assertEqual(words[5:10], ["1.5_GB", "20_GB", "–", "0.8_s", "2_min_05_s"])
        self.assertEqual(words[10], "«_Oui_»_?")

    def words(self):
        return self.run_module("""
          const files = ['shell', 'access', 'machines', 'jobs', 'host', 'accounts', 'security', 'people', 'audit', 'chat', 'compose', 'notifications', 'load', 'client-errors', 'quotas']
          return Object.assign({}, ...(await Promise.all(files.map(file => import(`/words/${file}.js`)))).map(one => one.default))
        """)

    def test_every_sentence_has_both_languages(self):
        words = self.words()
        filled = lambda text: set(re.findall(r"\{\w+\}", text))
        self.assertEqual([key for key, pair in words.items() if len(pair) != 2 or not all(pair)], [])
        self.assertEqual([key for key, (french, english) in words.items() if filled(french) != filled(english)], [])

    def test_sentences_use_the_terms_and_the_typography_of_the_page(self):
        unwanted = r"'|ne vaut|pas de retour|la liaison|canal|quelqu’un", r"'|e-mail|the box|way back|\b(?:no|some|every)body|\bgone\b"
        found = {key: pair for key, pair in self.words().items() if any(re.search(one, text.lower()) for one, text in zip(unwanted, pair))}
        self.assertEqual(found, {})

    def test_a_step_is_timed_from_what_was_seen_of_it(self):
        times = self.run_module("""
          const { timed } = await import('/lib/steps.js')
          const job = status => ({ id: '1', steps: [{ name: 'disk', status }] })
          let known = timed(undefined, job('pending'), 1000)
          known = timed(known, job('running'), 2000)
          known = timed(known, job('running'), 2500)
          known = timed(known, job('done'), 3000)
          return [known.steps[0].beganAt, known.steps[0].endedAt]
        """)
        self.assertEqual(times, [2000, 3000])


if __name__ == "__main__":
    unittest.main()
