import datetime
import secrets
import unittest

from selenium.webdriver.common.keys import Keys

from accounts import AccountTest, fresh
from browser import admin, member, until


def at(days, hour=10):
    """A moment so many days from now, as the API has it."""
    day = datetime.datetime.now(datetime.timezone.utc).replace(hour=hour, minute=0, second=0, microsecond=0)
    return (day + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


class Calendar(AccountTest):
    """The calendar by role: who only reads it, who manages events, and what is one's own."""

    def made(self, **more):
        body = {"title": f"Atelier {secrets.token_hex(3)}", "date": at(1), "endDate": at(1, 11)} | more
        event = admin().call("POST", "/api/events", body)
        self.addCleanup(lambda: admin().call("DELETE", f"/api/events/{event['id']}"))
        return event

    def put(self, css, value):
        """Gives a date, a time or a choice to a field, as if it were picked."""
        script = ("arguments[0].value = arguments[1];"
                  "for (const type of ['input', 'change']) arguments[0].dispatchEvent(new Event(type, { bubbles: true }))")
        self.driver.execute_script(script, self.see(css), value)

    choose = put

    def test_a_member_answers_an_invitation_and_waits_where_all_places_are_taken(self):
        event = self.made(places=1, location="Salle B")
        lea = member()
        lea_id = lea.call("GET", "/api/auth/me")["id"]
        admin().call("POST", f"/api/events/{event['id']}/invitations", {"audience": [f"user:{lea_id}"]})
        self.enter(lea, f"/calendar?event={event['id']}")
        self.see("event-dialog dialog[open] h2", event["title"])
        self.see("event-dialog .event-facts", "Salle B")
        self.see_none("event-dialog [data-click=delete], event-dialog [data-click=startInviting]")
        self.see_none("calendar-page [data-click=create]")
        self.shoot("event-dialog")
        self.click("event-dialog [data-answer=yes]")
        self.see("event-dialog [data-answer=yes][aria-pressed=true]")
        admin().call("PUT", f"/api/events/{event['id']}/answer", {"answer": "yes"})
        self.see("event-dialog .event-people small[data-answer=waiting]")
        self.click("event-dialog [data-answer=no]")
        self.see("event-dialog .event-people small[data-answer=no]")
        people = admin().call("GET", f"/api/events/{event['id']}/participants")
        self.assertEqual({one["answer"] for one in people}, {"yes", "no"})

    def test_an_event_is_created_repeated_and_one_date_of_it_cancelled(self):
        title = f"Stand-up {secrets.token_hex(3)}"
        self.enter(admin(), "/calendar")
        self.click("calendar-page [data-click=create]")
        self.click("event-form form .button-primary")
        self.see("event-form form-field[name=title] .field-error", "Ce champ est obligatoire.")
        self.fill("title", title)
        days = [self.see(f"event-form [name={name}Day]").get_property("value") for name in ("start", "end")]
        later = [(datetime.date.fromisoformat(day) + datetime.timedelta(days=2)).isoformat() for day in days]
        self.put("event-form [name=startDay]", later[0])
        self.assertEqual(self.see("event-form [name=endDay]").get_property("value"), later[1])
        self.choose("event-form [name=kind]", "daily")
        self.see("event-form [name=count]")
        self.fill("count", "3")
        self.shoot("event-form")
        self.click("event-form form .button-primary")
        self.see("toast-list", "Événement enregistré")
        self.click("calendar-page [data-view=list]")
        self.wait(lambda driver: title in self.see("calendar-page").text, "it is listed")
        event = next(one for one in admin().call("GET", "/api/events") if one["title"] == title)
        self.addCleanup(lambda: admin().call("DELETE", f"/api/events/{event['id']}"))
        self.assertEqual(event["recurrence"], "FREQ=DAILY;COUNT=3")
        first = f"{event['id']}@"
        self.click(f".event-entry[data-item^='{first}']")
        self.click("event-dialog [data-click=cancelDate]")
        self.click("confirm-dialog .button-danger")
        until(lambda: len(admin().call("GET", f"/api/events/{event['id']}")["exceptions"]) == 1, "a date is cancelled")
        self.wait(lambda driver: len(driver.find_elements("css selector", f".event-entry[data-item^='{first}']")) == 2,
                  "two are left")

    def test_nobody_is_invited_by_an_empty_list_and_the_toast_is_above_the_dialog(self):
        event, person = self.made(), fresh("Irène Invitée")
        self.enter(admin(), f"/calendar?event={event['id']}")
        self.click("event-dialog [data-click=startInviting]")
        self.assertNotIn("tout le monde", self.see("event-dialog audience-field").text)
        self.see("event-dialog .choice")
        self.see("event-dialog audience-field input[role=combobox]").send_keys(Keys.ESCAPE)
        self.see_none("event-dialog .choice")
        self.click("event-dialog form .button-primary", "Envoyer les invitations")
        self.see("event-dialog audience-field .field-error", "Choisissez au moins une personne")
        self.see("event-dialog audience-field input[role=combobox]").send_keys(person.name)
        self.click("event-dialog .choice", person.name)
        self.click("event-dialog form .button-primary")
        toast = self.see(".toast", "1 personne invitée")
        on_top = ("const { left, top, width, height } = arguments[0].getBoundingClientRect();"
                  "return arguments[0].contains(document.elementFromPoint(left + width / 2, top + height / 2))"
                  " || arguments[0].closest('[popover]').matches(':popover-open')")
        self.assertTrue(self.driver.execute_script(on_top, toast))
        self.shoot("event-invited")

    def test_one_date_of_a_series_is_edited_without_the_others(self):
        event = self.made(recurrence="FREQ=DAILY;COUNT=3")
        moved = event["title"] + " (reporté)"
        self.enter(admin(), f"/calendar?event={event['id']}")
        self.click("event-dialog [data-click=editDate]")
        self.see("event-form dialog[open] h2", "Modifier cette date")
        self.see_none("event-form [name=kind]")
        self.fill("title", moved)
        self.click("event-form form .button-primary")
        self.see("toast-list", "Il ne fait plus partie de la série.")
        alone = next(one for one in admin().call("GET", "/api/events") if one["title"] == moved)
        self.addCleanup(lambda: admin().call("DELETE", f"/api/events/{alone['id']}"))
        self.assertEqual((alone["recurrence"], alone["date"], alone["endDate"]), ("", event["date"], event["endDate"]))
        self.assertEqual(len(admin().call("GET", f"/api/events/{event['id']}")["exceptions"]), 1)

    def test_one_s_own_entries_are_in_the_way_of_others_and_seen_by_nobody_else(self):
        lea = member()
        day = (datetime.date.today() + datetime.timedelta(days=3)).isoformat()
        title = f"Dentiste {secrets.token_hex(3)}"
        event = self.made(date=f"{day}T09:00:00.000Z", endDate=f"{day}T17:00:00.000Z")
        self.enter(lea, "/calendar")
        self.click("calendar-page [data-click=createOwn]")
        self.fill("title", title)
        for name, value in (("startDay", day), ("startTime", "12:00"), ("endDay", day), ("endTime", "13:00")):
            self.put(f"agenda-dialog [name={name}]", value)
        self.shoot("agenda-dialog")
        self.click("agenda-dialog form .button-primary")
        self.click("calendar-page [data-view=list]")
        self.see(".event-entry[data-look=own]", title)
        found = next(one for one in lea.call("GET", "/api/agenda/events")["data"] if one["title"] == title)
        self.addCleanup(lambda: lea.call("DELETE", f"/api/agenda/events/{found['id']}"))
        self.assertEqual((found["start"], found["end"]), (f"{day}T12:00:00", f"{day}T13:00:00"))
        self.see(f".event-entry[data-item^='{event['id']}@'] .event-clash")
        self.assertEqual([one for one in admin().call("GET", "/api/agenda/events")["data"] if one["title"] == title], [])

    def test_a_phone_shows_the_list_first_and_no_view_is_wider_than_it(self):
        self.made()
        self.resize(360, 740)
        self.enter(member(), "/calendar")
        self.see("calendar-page .calendar-list")
        for view in ("list", "week", "month"):
            self.click(f"calendar-page [data-view={view}]")
            self.see(f"calendar-page .calendar-{view}")
            self.shoot(f"calendar-phone-{view}")
            self.assertLessEqual(self.driver.execute_script("return document.documentElement.scrollWidth"), 360, view)

    def test_a_secret_address_is_made_shown_once_and_ended(self):
        self.sign_in(fresh(), "/calendar")
        self.click("calendar-page [data-click=feed]")
        self.click("feed-dialog [data-click=make]")
        url = self.see("feed-dialog copy-field .copy-text").text
        status = "return fetch(arguments[0].slice(location.origin.length)).then(answer => answer.status)"
        self.assertEqual(self.driver.execute_script(status, url), 200)
        self.shoot("feed-dialog")
        self.click("feed-dialog [data-click=shut]")
        self.click("calendar-page [data-click=feed]")
        self.see_none("feed-dialog copy-field")
        self.click("feed-dialog [data-click=end]")
        self.wait(lambda driver: driver.execute_script(status, url) == 404, "it opens nothing any more")

    def test_links_of_one_s_own_are_added_and_put_in_order(self):
        self.sign_in(fresh(), "/links")
        for title in ("Webmail", "Wiki"):
            self.click("links-page [data-click=add]")
            self.fill("title", title)
            self.fill("url", f"{title.lower()}.example.org")
            self.click("link-dialog form .button-primary")
            self.see("links-page .link-list", title)
        names = "return [...document.querySelectorAll('.link-list a')].map(a => a.href)"
        self.click(".link-list li:first-child [data-click=down]")
        self.wait(lambda driver: driver.execute_script(names) == [
            "https://wiki.example.org/", "https://webmail.example.org/"], "the order is another")
        self.shoot("links")


if __name__ == "__main__":
    unittest.main()
