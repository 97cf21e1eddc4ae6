import secrets

from accounts import AccountTest, fresh
from browser import admin


class Certificates(AccountTest):
    """A certificate from the end of a course to its verification by somebody who is not signed in."""

    def course(self):
        body = {"title": f"Cours {secrets.token_hex(3)}", "isPublished": True, "validMonths": 12}
        row = admin().call("POST", "/api/courses", body)
        self.addCleanup(lambda: admin().call("DELETE", f"/api/courses/{row['id']}"))
        lesson = {"courseId": row["id"], "title": "Accueil", "content": "Texte."}
        admin().call("POST", "/api/lessons", lesson)
        return row

    def test_who_completes_a_course_has_a_certificate_that_anyone_can_verify(self):
        row = self.course()
        self.sign_in(fresh(), "/learn/certificates")
        self.see("certificates-page .empty-state", "Aucun certificat")
        self.shoot("certificates-none")
        self.open(f"/courses/{row['id']}")
        self.click("course-page [data-click=enroll]")
        self.click("[data-key=forward]")
        self.click("lesson-page [data-click=complete]")
        self.see("course-page [data-key=certificate]", "Certificat")
        self.open("/learn/certificates")
        self.see(".certificate h2", row["title"])
        self.shoot("certificates")
        self.resize(390, 800)
        self.shoot("certificates-narrow")
        code = self.see(".certificate copy-field code").text
        self.driver.delete_all_cookies()
        self.open("/certificates")
        self.fill("code", code.lower())
        self.click("verify-certificate-page form .button-primary")
        self.see(".verdict[data-status=valid] h1", "authentique et valable")
        self.see(".verdict dl", row["title"])
        self.see_none(".verdict [data-key=revoke]")
        self.shoot("certificate-verified")
        self.open("/certificates/0000-0000-0000-0000-0000")
        self.see(".empty-state", "Aucun certificat ne porte ce numéro")
