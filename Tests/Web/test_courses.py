import secrets
import tempfile
import unittest
from pathlib import Path

from accounts import AccountTest, fresh
from browser import admin
from selenium.webdriver.common.keys import Keys


class Courses(AccountTest):
    """A course from its first lesson to its last, by its author and by a learner."""

    def course(self, lessons=(), **fields):
        body = {"title": f"Cours {secrets.token_hex(3)}", "isPublished": True}
        row = admin().call("POST", "/api/courses", body | fields)
        self.addCleanup(lambda: admin().call("DELETE", f"/api/courses/{row['id']}"))
        for title in lessons:
            admin().call("POST", "/api/lessons", {"courseId": row["id"], "title": title, "content": f"# {title}\n\nTexte."})
        return row

    def test_a_learner_enrolls_learns_and_finishes_a_course(self):
        row = self.course(["Accueil", "Évacuer"])
        self.sign_in(fresh(), "/courses")
        self.see_none("courses-page [data-click=create]")
        self.click(".course-card h2 a", row["title"])
        self.see_none("course-page [data-click=publish], course-page [data-click=addLesson]")
        self.see_none("lesson-list a")
        self.shoot("course-before")
        self.click("course-page [data-click=enroll]")
        self.see("lesson-list a", "Accueil")
        self.click("[data-key=forward]")
        self.see("lesson-page h1", "Accueil")
        self.see("lesson-text", "Texte.")
        self.shoot("lesson")
        self.click("lesson-page [data-click=complete]")
        self.see("lesson-page h1", "Évacuer")
        self.open("/")
        self.click("[aria-labelledby=home-courses] a", row["title"])
        self.see("lesson-page h1", "Évacuer")
        self.click("lesson-page [data-click=complete]")
        self.see("course-page .course-done", "Terminé le")
        self.resize(360, 740)
        self.shoot("course-narrow")

    def test_an_author_writes_orders_and_publishes_a_course(self):
        title = f"Accueil {secrets.token_hex(3)}"
        self.enter(admin(), "/courses")
        self.click("courses-page [data-click=create]")
        self.fill("title", title)
        self.shoot("course-dialog")
        self.click("table-dialog form .button-primary")
        self.see("course-page h1", title)
        row = next(one for one in admin().call("GET", "/api/courses") if one["title"] == title)
        self.addCleanup(lambda: admin().call("DELETE", f"/api/courses/{row['id']}"))
        for name in ["Un", "Deux"]:
            self.click("course-page [data-click=addLesson]")
            self.fill("title", name)
            self.fill("content", f"Leçon **{name}**")
            self.shoot("lesson-dialog")
            self.click("table-dialog form .button-primary")
            self.see("lesson-list", name)
        button = self.see("lesson-list [data-click=up]:not([disabled])")
        button.send_keys(Keys.ENTER)
        self.see("lesson-list .lesson-row:first-child", "Deux")
        self.click("course-page [data-click=publish]")
        self.see("toast-list", "Cours publié.")
        self.shoot("course-author")
        self.click("lesson-list .lesson-row a", "Deux")
        self.see("lesson-text", "Leçon Deux")
        order = admin().call("GET", f"/api/courses/{row['id']}/lessons")
        self.assertEqual([one["title"] for one in order], ["Deux", "Un"])

    def test_a_missing_prerequisite_is_named_and_enrolling_not_offered(self):
        first = self.course(["Un"])
        second = self.course(["Deux"], prerequisites=[first["id"]])
        self.sign_in(fresh(), f"/courses/{second['id']}")
        self.see("[aria-labelledby=missing-title]", first["title"])
        self.see_none("course-page [data-click=enroll]")
        draft = self.course([], isPublished=False)
        self.open(f"/courses/{draft['id']}")
        self.see(".empty-state h1", "n’existe plus")

    def test_an_author_exports_a_course_and_imports_it_as_a_draft(self):
        first = self.course(["Un"])
        row = self.course(["Deux", "Trois"], prerequisites=[first["id"]])
        with tempfile.TemporaryDirectory() as folder:
            self.devtools("Page.setDownloadBehavior", behavior="allow", downloadPath=folder)
            self.enter(admin(), f"/courses/{row['id']}")
            self.click("course-page [data-click=export]")
            archive = Path(folder, f"{row['title']}.zip")
            self.wait(lambda _: archive.exists(), "the archive")
            self.open("/courses")
            self.click("courses-page [data-click=importCourse]")
            wrong = Path(folder, "wrong.zip")
            wrong.write_bytes(b"PK")
            self.see("course-import .file-button")
            for path, told in ((wrong, "archive ZIP"), (archive, row["title"])):
                self.driver.find_element("css selector", "course-import input[type=file]").send_keys(str(path))
                self.see("course-import .alert, course-import [role=status]", told)
                self.shoot(f"course-import-{path.stem.split(' ')[0]}")
        self.see("course-import .import-notes", first["title"])
        self.click("course-import a.button-primary")
        self.see("course-page .course-marks", "Brouillon")
        self.see("lesson-list", "Trois")
        made = self.path().rsplit("/", 1)[-1]
        self.assertNotEqual(made, row["id"])
        admin().call("DELETE", f"/api/courses/{made}")


if __name__ == "__main__":
    unittest.main()
