import secrets
import unittest

from accounts import AccountTest, fresh
from browser import Person, admin, setting


def demo(name):
    """One of the accounts of the demo."""
    return Person(email=name, password=setting("OBOX_ADMIN_PASSWORD"))


class Learning(AccountTest):
    """A learner's own page, and what their trainer does for them."""

    def course(self, lessons=(), **fields):
        body = {"title": f"Cours {secrets.token_hex(3)}", "isPublished": True}
        row = admin().call("POST", "/api/courses", body | fields)
        self.addCleanup(lambda: admin().call("DELETE", f"/api/courses/{row['id']}"))
        for title in lessons:
            admin().call("POST", "/api/lessons", {"courseId": row["id"], "title": title, "content": f"Texte de {title}."})
        return row

    def every_look(self, name):
        """Screenshots: wide and on a phone, light and dark, in both languages."""
        for language in ("fr", "en"):
            for theme in ("light", "dark"):
                self.driver.execute_script(
                    "const [language, theme] = arguments;"
                    "const kept = JSON.parse(localStorage.getItem('obox.preferences') ?? '{}');"
                    "localStorage.setItem('obox.preferences', JSON.stringify({ ...kept, language, theme }))", language, theme)
                self.driver.refresh()
                self.see("main h1")
                self.see_none(".skeleton")
                for width in (1280, 390):
                    self.resize(width, 1400)
                    self.shoot(f"{name}-{language}-{theme}-{width}")
        self.resize(1280, 900)

    def test_a_learner_goes_on_sees_what_is_due_and_finds_it_done(self):
        row = self.course(["Accueil", "Suite"], isMandatory=True, dueDate="2030-01-31T12:00:00Z")
        self.sign_in(fresh(), "/learn")
        due = "[aria-labelledby=learn-due]"
        self.see(f"{due} a", row["title"])
        self.see_none("nav.tabs a[href='/learn/teach']")
        self.click(f"{due} a", row["title"])
        self.click("course-page [data-click=enroll]")
        self.see("[data-key=forward]")
        self.open("/learn")
        self.click(f"[data-key=open-{row['id']}] .button", "Commencer")
        self.see("lesson-page h1", "Accueil")
        self.click("lesson-page [data-click=complete]")
        self.see("lesson-page h1", "Suite")
        self.open("/learn")
        self.see(f"[data-key=open-{row['id']}]", "Prochaine leçon")
        self.click(f"[data-key=open-{row['id']}] .button", "Continuer")
        self.click("lesson-page [data-click=complete]")
        self.see("course-page .course-done")
        self.open("/learn")
        self.see(f"[data-key=done-course-{row['id']}]", row["title"])
        self.see_none(f"[data-key=open-{row['id']}]")

    def test_a_trainer_finds_who_needs_help_and_reminds_them(self):
        person = fresh("Lise Lente")
        row = self.course(["Un"], isMandatory=True, dueDate="2026-01-31T12:00:00Z")
        self.enter(admin(), "/learn/teach")
        self.click("teach-page .row h3 a", row["title"])
        self.see("course-learners .learner", "En retard")
        self.fill_search("Lise")
        one = f"[data-key=learner-{person.id}]"
        self.see(one, "Lise Lente")
        self.click(f"{one} [data-click=remind]")
        self.see("toast-list", "1 personne relancée.")
        self.see(one, "relancé")
        self.see_none(f"{one} [data-click=remind]")
        other = self.another()
        other.sign_in(person, f"/courses/{row['id']}")
        notices = [one["kind"] for one in admin_notices(person)]
        self.assertIn("course_reminder", notices)

    def fill_search(self, text):
        self.see("course-learners input[name=q]").send_keys(text)

    def test_the_pages_of_the_demo_are_worth_a_look(self):
        self.sign_in(demo("lea"), "/learn")
        self.every_look("learn")
        self.open("/learn/trainings")
        self.see("trainings-page .row, trainings-page .empty-state")

    def test_the_pages_of_trainers_are_worth_a_look(self):
        course = next(one for one in admin().call("GET", "/api/courses") if one["title"].startswith("Sécurité incendie"))
        self.enter(admin(), "/learn/teach")
        self.every_look("teach")
        self.open(f"/courses/{course['id']}/learners")
        self.every_look("learners")
        self.open("/learn/analytics")
        self.every_look("figures")


def admin_notices(person):
    someone = Person()
    someone.call("POST", "/api/auth/login", {"username": person.email, "password": person.password, "takeover": True})
    return someone.call("GET", "/api/notifications")


if __name__ == "__main__":
    unittest.main()
