import secrets
import tempfile
import unittest
from pathlib import Path

from accounts import AccountTest, fresh
from browser import admin
from selenium.webdriver.common.keys import Keys

QUESTIONS = [
    {"type": "single", "text": "Quel signal demande d’évacuer ?", "options": ["Un coup bref", "Deux tons"], "correctAnswer": 1, "explanation": "Le coup bref est un essai."},
    {"type": "multiple", "text": "Avant de sortir ?", "options": ["Fermer les fenêtres", "Verrouiller", "Fermer la porte"], "correctAnswer": [0, 2]},
    {"type": "boolean", "text": "L’ascenseur est permis.", "correctAnswer": False},
    {"type": "text", "text": "Où se retrouve-t-on ?", "correctAnswer": ["point vert"]},
    {"type": "number", "text": "Quel numéro ?", "correctAnswer": {"value": 112, "tolerance": 0}},
    {"type": "order", "text": "Dans l’ordre.", "options": ["Un", "Deux"]},
    {"type": "match", "text": "Quel extincteur ?", "options": ["Papier", "Électrique"], "correctAnswer": ["Eau", "CO₂"]},
]


class Quizzes(AccountTest):
    """A quiz taken by a learner, written by its author, imported and exported."""

    def quiz(self, **fields):
        course = admin().call("POST", "/api/courses", {"title": f"Cours {secrets.token_hex(3)}", "isPublished": True})
        self.addCleanup(lambda: admin().call("DELETE", f"/api/courses/{course['id']}"))
        body = {"courseId": course["id"], "title": f"Quiz {secrets.token_hex(3)}", "questions": QUESTIONS}
        return course, admin().call("POST", "/api/quizzes", body | fields)

    def choose(self, question, place):
        self.click(f"#question-{question} .quiz-option:nth-of-type({place})")

    def test_a_learner_takes_a_quiz_by_keys_and_comes_back_to_it(self):
        course, quiz = self.quiz(timeLimit=10)
        self.sign_in(fresh(), f"/courses/{course['id']}")
        self.click("course-page [data-click=enroll]")
        self.click("course-page .lesson-row a", quiz["title"])
        self.see("quiz-page .lead", "7 questions")
        self.click("quiz-page [data-click=start]")
        self.see("quiz-sitting .quiz-clock")
        self.shoot("quiz")
        self.see("quiz-sitting h1").send_keys("2")
        self.see("#question-1 input:checked[value='1']")
        self.choose(2, 1)
        self.choose(2, 3)
        self.choose(3, 2)
        self.see("#question-4 input").send_keys("Point  VERT")
        self.see("#question-5 input").send_keys("112")
        self.see("quiz-sitting .quiz-status", "Réponses enregistrées")
        self.open(f"/quizzes/{quiz['id']}")
        self.click("quiz-page [data-click=start]")
        self.see("#question-1 input:checked[value='1']")
        self.assertEqual(self.see("#question-5 input").get_property("value"), "112")
        self.click("#question-6 [data-click=move]:not([disabled])")
        for place in (1, 2):
            select = self.see(f"#question-7 label:nth-of-type({place}) select")
            select.send_keys(["Eau", "CO"][place - 1])
        self.see("quiz-sitting .quiz-status", "7 sur 7")
        self.click("quiz-sitting [data-click=handIn]")
        self.click("confirm-dialog [data-click=yes]")
        self.see("quiz-attempt-page .quiz-score", "100")
        self.see(".quiz-explanation", "Le coup bref est un essai.")
        self.shoot("quiz-marked")
        self.open(f"/courses/{course['id']}")
        self.see("course-page .course-done", "Terminé le")

    def test_open_questions_are_told_and_a_failed_attempt_shows_no_answer(self):
        course, quiz = self.quiz(maxAttempts=2)
        self.sign_in(fresh(), f"/courses/{course['id']}")
        self.click("course-page [data-click=enroll]")
        self.open(f"/quizzes/{quiz['id']}")
        self.resize(390, 740)
        self.click("quiz-page [data-click=start]")
        self.see("#question-1 legend", "1")
        self.choose(1, 1)
        self.click("quiz-sitting [data-click=next]")
        self.see("#question-2[data-current] legend")
        self.shoot("quiz-narrow")
        self.click("quiz-sitting [data-click=handIn]")
        self.see("confirm-dialog", "6 questions sont sans réponse")
        self.click("confirm-dialog [data-click=yes]")
        self.see("quiz-attempt-page h1", "Pas encore réussi")
        self.see_none(".quiz-right")
        self.see("quiz-attempt-page .quiz-foot", "1 tentative restante")

    def test_an_author_writes_imports_and_exports_a_quiz(self):
        course, _ = self.quiz()
        self.enter(admin(), f"/courses/{course['id']}/quizzes/new")
        title = f"Écrit {secrets.token_hex(3)}"
        self.fill("title", title)
        self.click("quiz-editor [data-click=add]")
        self.click("quiz-editor [data-key=save]")
        self.see(".quiz-form .field-error")
        self.see(".quiz-form [data-field=text]").send_keys("La capitale ?")
        for place, word in enumerate(("Paris", "Lyon"), 1):
            self.see(f".quiz-form li:nth-child({place}) .input").send_keys(word)
        self.click(".quiz-form li:nth-child(1) [type=radio]")
        self.shoot("quiz-editor")
        self.click("quiz-editor [data-key=save]")
        self.see("toast-list", "Quiz enregistré.")
        with tempfile.TemporaryDirectory() as folder:
            for text, told in (("Libre ? {T}\n\nRacontez {}", "Ligne 3"), ("Libre ? {T}", "1 question importée")):
                path = Path(folder, "questions.gift")
                path.write_text(text, encoding="utf-8")
                if not self.driver.find_elements("css selector", "quiz-import dialog[open]"):
                    self.click("quiz-editor [data-click=openImport]")
                self.driver.find_element("css selector", "quiz-import input[type=file]").send_keys(str(path))
                self.see("quiz-import .alert, toast-list", told)
        self.see(".quiz-form:nth-of-type(2) [data-field=text]")
        row = next(one for one in admin().call("GET", f"/api/quizzes?courseId={course['id']}") if one["title"] == title)
        gift = admin().call("GET", f"/api/quizzes/{row['id']}/export.gift")
        self.assertIn("La capitale ? {", gift)
        self.click(".quiz-form:nth-of-type(1) [data-click=duplicate]")
        self.see(".quiz-form:nth-of-type(3) h2", "3 sur 3").send_keys(Keys.TAB)
        self.click("quiz-editor [data-key=save-below]")
        self.see("toast-list", "Quiz enregistré.")
        self.assertEqual(len(admin().call("GET", f"/api/quizzes/{row['id']}")["questions"]), 3)

    def test_what_an_author_did_not_save_is_there_again(self):
        _, quiz = self.quiz()
        self.enter(admin(), f"/quizzes/{quiz['id']}/edit")
        box = self.see(".quiz-form:nth-of-type(1) [data-field=text]")
        box.send_keys(" Vraiment")
        self.fill("timeLimit", "12")
        self.driver.execute_script("document.querySelector('quiz-editor a.back').click()")
        self.see("quiz-page")
        self.open(f"/quizzes/{quiz['id']}/edit")
        self.see("quiz-editor .quiz-kept", "retrouvées")
        text = QUESTIONS[0]["text"] + " Vraiment"
        self.assertEqual(self.see(".quiz-form:nth-of-type(1) [data-field=text]").get_property("value"), text)
        self.assertEqual(self.see("#field-timeLimit").get_property("value"), "12")
        self.shoot("quiz-restored")
        self.click("quiz-editor [data-click=discard]")
        self.see_none("quiz-editor .quiz-kept")
        self.assertEqual(self.see(".quiz-form:nth-of-type(1) [data-field=text]").get_property("value"), QUESTIONS[0]["text"])
        self.assertEqual(self.see("#field-timeLimit").get_property("value"), "")

    def test_the_author_sees_which_wrong_answer_drew_most(self):
        _, quiz = self.quiz()
        row = f"/api/quizzes/{quiz['id']}"
        admin().call("POST", f"/api/enroll/{quiz['courseId']}")
        admin().call("POST", f"{row}/attempts", {"answers": [0]})
        self.enter(admin(), f"/quizzes/{quiz['id']}/results")
        self.see(".quiz-statistics .quiz-bar", "Un coup bref")
        self.see(".quiz-attempts a")
        self.shoot("quiz-results")


if __name__ == "__main__":
    unittest.main()
