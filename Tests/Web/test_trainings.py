import datetime
import secrets
import unittest

from accounts import AccountTest, fresh
from browser import admin


def at(days, hour=10):
    """A moment so many days from now, as the API has it."""
    day = datetime.datetime.now(datetime.timezone.utc).replace(hour=hour, minute=0, second=0, microsecond=0)
    return (day + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


class Trainings(AccountTest):
    """Trainings by role: who takes part, who gives them, who manages them."""

    def made(self, **more):
        body = {"title": f"Atelier {secrets.token_hex(3)}", "startDate": at(3), "endDate": at(3, 12)} | more
        training = admin().call("POST", "/api/trainings", body)

        def gone():
            for person in admin().call("GET", f"/api/trainings/{training['id']}/participants"):
                admin().call("DELETE", f"/api/trainings/{training['id']}/participants/{person['userId']}")
            admin().call("DELETE", f"/api/trainings/{training['id']}")

        self.addCleanup(gone)
        return training

    def test_a_member_registers_in_one_click_sees_it_in_the_calendar_and_cancels(self):
        training = self.made(location="Salle B", maxParticipants=1)
        person = fresh()
        self.sign_in(person, "/learn/trainings")
        self.see_none("trainings-page [data-click=create]")
        row = f"[data-key=training-{training['id']}]"
        self.see(f"{row} .training-marks", "1 place libre")
        self.click(f"{row} [data-step=register]")
        self.see("toast-list", "Vous êtes inscrit.")
        self.see(f"{row} .tag-good", "Inscrit")
        self.shoot("learn-member")
        self.click(f"{row} h2 a")
        self.see("training-part h2", "Vous êtes inscrit")
        self.see_none("training-page [data-click=edit], training-page [data-click=attend], training-report")
        self.shoot("training-member")
        self.click("side-bar a[href='/calendar']")
        self.click("[data-view=list]")
        self.click(".event-entry[data-look=training]", training["title"])
        self.at(f"/learn/trainings/{training['id']}")
        self.click("training-page [data-step=cancel]")
        self.click("confirm-dialog .button-danger")
        self.see("training-page [data-step=register]")
        self.see_none("training-part section")
        self.resize(360, 740)
        self.shoot("training-narrow")

    def test_who_waits_gets_the_place_that_becomes_free(self):
        training = self.made(maxParticipants=1)
        admin().call("POST", f"/api/trainings/{training['id']}/participants")
        self.sign_in(fresh(), f"/learn/trainings/{training['id']}")
        self.click("training-page [data-step=wait]")
        self.see("training-part h2", "liste d’attente")
        me = admin().call("GET", "/api/auth/me")["id"]
        admin().call("DELETE", f"/api/trainings/{training['id']}/participants/{me}")
        self.see("training-part h2", "Vous êtes inscrit")

    def test_the_instructor_records_attendance_and_the_participant_gives_feedback(self):
        instructor, person = fresh("Iris Formatrice"), fresh("Paul Présent")
        training = self.made(startDate=at(1), endDate=at(1, 12), instructorId=str(instructor.id), isMandatory=True, validMonths=12)
        self.sign_in(person, f"/learn/trainings/{training['id']}")
        self.click("training-page [data-step=register]")
        self.see("training-part h2", "Vous êtes inscrit")
        admin().call("PATCH", f"/api/trainings/{training['id']}", {"startDate": at(-1, 0), "endDate": at(-1, 1)})
        other = self.another()
        other.sign_in(instructor, f"/learn/trainings/{training['id']}")
        other.click(f"[data-key=part-{person.id}] [data-word=present]")
        other.see(f"[data-key=part-{person.id}] [data-word=present][aria-pressed=true]")
        other.see("training-report progress")
        other.shoot("training-instructor")
        self.see("training-part h2", "Vous avez terminé cette formation")
        self.fill("feedback", "Très clair")
        self.click("training-part form .button")
        self.see("toast-list", "Merci pour votre avis.")
        other.see(".training-feedback", "Très clair")

    def test_a_manager_adds_a_training(self):
        title = f"Secours {secrets.token_hex(3)}"
        self.enter(admin(), "/learn/trainings")
        self.click("trainings-page [data-click=create]")
        self.see("table-dialog dialog[open]")
        self.shoot("training-dialog")
        self.click("table-dialog form .button-primary")
        self.see("table-dialog .field-error", "obligatoire")
        self.fill("title", title)
        self.click("table-dialog form .button-primary")
        self.see("toast-list", "Formation enregistrée.")
        self.click(".training-row h2 a", title)
        self.see("training-page h1", title)
        self.click("training-page [data-click=delete]")
        self.click("confirm-dialog .button-danger")
        self.at("/learn/trainings")


if __name__ == "__main__":
    unittest.main()
