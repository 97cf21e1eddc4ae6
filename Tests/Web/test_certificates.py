import secrets
import struct
import tempfile
import unittest
import urllib.request
import zlib
from pathlib import Path

from accounts import AccountTest, fresh
from browser import admin, setting


def picture(width=320, height=120):
    """A PNG file: a bar on white."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    row = b"\0" + b"".join(b"\x0b\x52\x58" if 20 < x < width - 20 else b"\xff\xff\xff" for x in range(width))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")


def paper(code, language="fr"):
    with urllib.request.urlopen(f"{setting('OBOX_URL')}/api/certificates/{code}.pdf?lang={language}") as answer:
        return answer.read()


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

    def earned(self):
        """Somebody signed in who has completed a course, the course, and the number of their certificate."""
        row, person = self.course(), fresh("Céline Diplômée")
        self.sign_in(person, f"/courses/{row['id']}")
        self.click("course-page [data-click=enroll]")
        self.click("[data-key=forward]")
        self.click("lesson-page [data-click=complete]")
        self.see("course-page [data-key=certificate]")
        found = admin().call("GET", f"/api/certificates?courseId={row['id']}")
        return person, row, found[0]["code"]

    def test_a_revoked_certificate_says_so_everywhere_and_can_be_made_valid_again(self):
        _, row, code = self.earned()
        other = self.another()
        other.enter(admin(), f"/certificates/{code}")
        other.click("[data-key=revoke]")
        other.see("reason-dialog dialog[open]")
        other.click("reason-dialog .button-primary")
        other.see("reason-dialog .field-error")
        other.fill("reason", "Copié sur un autre")
        other.click("reason-dialog .button-primary")
        other.see("toast-list", "Certificat révoqué.")
        other.see(".verdict[data-status=revoked]", "Copié sur un autre")
        other.see_none(".verdict [data-key=revoke]")
        other.shoot("certificate-revoked")
        other.resize(390, 800)
        other.shoot("certificate-revoked-narrow")
        self.open("/learn/certificates")
        self.see(".certificate .tag-bad", "Révoqué")
        self.see_none(".certificate copy-field")
        self.see(".certificate [data-click=renew]")
        self.open(f"/certificates/{code}")
        self.see(".verdict[data-status=revoked]")
        self.assertNotIn("Copié", self.see(".verdict").text)
        other.click("[data-key=reinstate]")
        other.see(".verdict[data-status=valid]")
        self.open(f"/courses/{row['id']}")
        self.see("course-page [data-key=certificate]")

    def test_a_course_is_taken_again_and_gives_another_certificate(self):
        _, row, code = self.earned()
        admin().call("PUT", f"/api/certificates/{code}/revocation", {"reason": "À refaire"})
        self.open("/learn/certificates")
        self.click(".certificate [data-click=renew]")
        self.see("confirm-dialog dialog[open]", "recommencent")
        self.shoot("certificate-renewing")
        self.click("confirm-dialog .button-primary")
        self.at(f"/courses/{row['id']}")
        self.see_none("course-page [data-key=certificate]")
        self.click("[data-key=forward]")
        self.click("lesson-page [data-click=complete]")
        self.see("course-page [data-key=certificate]")
        codes = [one["code"] for one in admin().call("GET", f"/api/certificates?courseId={row['id']}")]
        self.assertEqual((len(codes), codes[1]), (2, code))

    def test_a_training_that_was_attended_has_a_certificate_until_that_is_taken_back(self):
        person = fresh("Paul Présent")
        body = {"title": f"Atelier {secrets.token_hex(3)}", "startDate": None, "endDate": None}
        training = admin().call("POST", "/api/trainings", body)
        path = f"/api/trainings/{training['id']}/participants"
        self.sign_in(person, f"/learn/trainings/{training['id']}")
        self.click("training-page [data-step=register]")
        self.see("training-part h2", "Vous êtes inscrit")
        self.see_none("training-page [data-key=certificate]")
        admin().call("PATCH", f"{path}/{person.id}", {"attended": True})
        self.see("training-page [data-key=certificate]", "Certificat")
        self.shoot("training-certificate")
        found = admin().call("GET", f"/api/certificates?trainingId={training['id']}")
        self.assertTrue(paper(found[0]["code"]).startswith(b"%PDF"))
        admin().call("PATCH", f"{path}/{person.id}", {"attended": None})
        self.see_none("training-page [data-key=certificate]")
        other = self.another()
        other.enter(admin(), f"/certificates/{found[0]['code']}")
        other.see(".verdict[data-status=revoked]", "La présence à cette formation a été annulée")
        other.see_none(".verdict [data-key=reinstate]")
        admin().call("DELETE", f"{path}/{person.id}")
        admin().call("DELETE", f"/api/trainings/{training['id']}")

    def test_the_logo_of_the_organisation_is_on_the_paper(self):
        _, _, code = self.earned()
        plain = paper(code)
        self.addCleanup(lambda: admin().call("PATCH", "/api/system-settings", {"organisationLogo": ""}))
        other = self.another()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "logo.png")
            file.write_bytes(picture())
            other.enter(admin(), "/settings")
            other.see("[data-key=organisation] .file-button")
            other.driver.find_element("css selector", "[data-key=organisation] input[type=file]").send_keys(str(file))
            other.see("[data-key=organisation] .file-chosen")
        other.wait(lambda _: admin().call("GET", "/api/system-settings")["organisationLogo"], "the logo is saved")
        other.open("/settings")
        other.see("[data-key=organisation] .file-chosen")
        other.shoot("settings-logo")
        self.assertGreater(len(paper(code)), len(plain))
        other.click("[data-key=organisation] [data-click=clear]")
        other.see_none("[data-key=organisation] .file-chosen")
        self.assertEqual(len(paper(code)), len(plain))


if __name__ == "__main__":
    unittest.main()
