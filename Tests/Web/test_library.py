import unittest

from browser import PageTest


class Library(PageTest):
    """The page's rendering library, in a browser; modules that need no browser are tested in unit/."""

    def run_module(self, body):
        self.driver.set_script_timeout(20)
        return self.driver.execute_async_script(
            "const done = arguments[0]; (async () => {" + body + "})().then(done, error => done('threw ' + error))"
        )

    def setUp(self):
        super().setUp()
        self.open("/sign-in")
        self.see("h1")

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

    def test_two_consecutive_confirmations_get_their_own_answers(self):
        answers = self.run_module("""
          const { confirm } = await import('/lib/dialogs.js')
          const press = word => document.querySelector(`confirm-dialog [data-click=${word}]`).click()
          const first = confirm({ title: '1', text: '', yes: 'yes' })
          press('no')
          const second = confirm({ title: '2', text: '', yes: 'yes' })
          await new Promise(resolve => document.querySelector('confirm-dialog dialog').addEventListener('close', resolve, { once: true }))
          press('yes')
          return [await first, await second]
        """)
        self.assertEqual(answers, [False, True])


if __name__ == "__main__":
    unittest.main()
