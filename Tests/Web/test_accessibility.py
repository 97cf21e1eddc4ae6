"""Every page and dialog: without a violation of WCAG 2.1 AA, in light and dark, wide and on a phone."""

import re
import unittest
from pathlib import Path

import axe
from browser import PageTest, Person, Refused, admin, member, setting
from test_looks import WIDER_THAN_THE_SCREEN

ASSETS = Path(__file__).resolve().parents[2] / "Sources" / "Appliance" / "Web" / "Assets"

# Requests under way, so that a page is looked at when all that it asked for is there.
COUNT_REQUESTS = """
window.testWaiting = 0
const ask = window.fetch
window.fetch = (...request) => {
  window.testWaiting += 1
  return ask(...request).finally(() => { window.testWaiting -= 1 })
}
"""

# Calls back when nothing is fetched, nothing moves and no placeholder is shown, for a number of frames.
SETTLED = """
const [frames, done] = arguments
let calm = 0
const look = () => {
  const moves = document.getAnimations().some(one => one.playState === 'running' && one.effect.getTiming().iterations !== Infinity)
  calm = window.testWaiting || moves || document.querySelector('#content [aria-busy=true]') ? 0 : calm + 1
  if (calm > frames) done()
  else requestAnimationFrame(look)
}
look()
"""

GO = """
const [path] = arguments
for (const one of document.querySelectorAll('dialog[open]')) one.close()
return import('/lib/router.js').then(({ go }) => go(path))
"""
HEADINGS = "return [...document.querySelectorAll('h1')].filter(one => one.checkVisibility()).map(one => one.textContent.trim())"
OUTER = ["/sign-in", "/register", "/forgotten-password", "/reset-password", "/verify-email", "/public", "/certificates"]
SHARED = [
    "/", "/machines", "/chat", "/chat/1", "/announcements", "/documents", "/calendar", "/courses", "/learn/certificates", "/messages", "/messages/drafts", "/messages/sent",
    "/messages/archive", "/messages/trash", "/messages/letters", "/messages/new", "/requests", "/requests/track", "/directory", "/media", "/learn", "/learn/trainings",
    "/links", "/profile", "/security", "/mailbox", "/notifications", "/notifications/preferences", "/tables/resources", "/nowhere",
    "/forum", "/forum/moderation",
]
ADMIN = ["/people", "/learn/teach", "/learn/analytics", "/audit", "/host", "/quotas", "/settings", "/categories", "/client-errors", "/tables/links", "/tables/forum-categories"]
# Only before the first administrator is there, letters by their id, and what leads to a topic at once.
ELSEWHERE = ["/setup", "/mailbox/1", "/forum/posts/1"]


def reader():
    """Somebody whom the demo data gave messages, events and requests; without it, a new member."""
    lea = Person()
    try:
        lea.call("POST", "/api/auth/login", {"username": "lea", "password": setting("OBOX_ADMIN_PASSWORD"), "takeover": True})
    except Refused:
        return member()
    return lea


def rows(person, path):
    """The paths of one row of each of these tables, as far as the person has any."""
    found = person.call("GET", path)
    return found if isinstance(found, list) else found.get("data", [])


def details(person):
    """The pages of single rows."""
    kinds = [("announcements", "/api/announcements"), ("documents", "/api/documents"), ("requests", "/api/complaints"),
             ("messages/inbox", "/api/messages"), ("media", "/api/contents"), ("learn/trainings", "/api/trainings"),
             ("courses", "/api/courses"), ("lessons", "/api/lessons"), ("quizzes", "/api/quizzes"),
             ("forum/topics", "/api/forum/topics"), ("forum/categories", "/api/forum/categories")]
    return [f"/{page}/{found[-1]['id']}" for page, path in kinds if (found := rows(person, path))]


def quiz_pages():
    """What authors see of a quiz."""
    quiz = rows(admin(), "/api/quizzes")[-1]
    attempt = rows(admin(), f"/api/quizzes/{quiz['id']}/attempts")[0]["id"]
    pages = [f"/quizzes/{quiz['id']}/{page}" for page in ("edit", "results", f"attempts/{attempt}")]
    return pages + [f"/courses/{quiz['courseId']}/quizzes/new", f"/courses/{quiz['courseId']}/learners"]


class Accessibility(PageTest):
    # Widths in pixels and colour schemes.
    looks = ((1280, "light"), (390, "dark"), (390, "light"), (1280, "dark"))

    def setUp(self):
        script = axe.source()
        super().setUp()
        self.driver.set_script_timeout(60)
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source=COUNT_REQUESTS + script)
        self.look(1280)

    def look(self, width, scheme="light"):
        self.resize(width, 900 if width > 600 else 844)
        features = [{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}]
        self.devtools("Emulation.setEmulatedMedia", features=features)

    def settle(self, frames=1):
        self.driver.execute_async_script(SETTLED, frames)

    def visit(self, path):
        """Goes there as a link does; again when starting machines changed the network meanwhile."""
        for _ in range(3):
            self.driver.execute_script(GO, path)
            self.settle(frames=5)
            messages = [one["message"] for one in self.driver.get_log("browser") if one["level"] == "SEVERE"]
            if not any("ERR_NETWORK_CHANGED" in one for one in messages):
                return [one for one in messages if "/api/auth/me" not in one]
            self.driver.refresh()
        return messages

    def check(self):
        """What is wrong with what is shown: wide and on a phone, in both themes."""
        wrong = []
        for width, scheme in self.looks:
            self.look(width, scheme)
            self.settle()
            again = (width, scheme) in ((390, "light"), (1280, "dark"))
            wrong += [f"{width} {scheme}: {one}" for one in axe.violations(self.driver, colours_only=again)]
        self.look(360)
        self.settle()
        wrong += [f"wider than 360 px: {one}" for one in self.driver.execute_script(WIDER_THAN_THE_SCREEN)]
        self.look(1280)
        return wrong

    def walk(self, paths):
        for path in paths:
            with self.subTest(path):
                errors = self.visit(path)
                headings = self.driver.execute_script(HEADINGS)
                self.assertEqual((len(headings), errors), (1, []), headings)
                self.assertRegex(self.driver.title, r"^\S.* · OBox$")
                self.assertEqual(self.check(), [])

    def test_every_route_is_among_the_pages_looked_at(self):
        walked = OUTER + SHARED + ADMIN + ELSEWHERE + [f"/{page}/1" for page in (
            "announcements", "documents", "requests", "media", "machines", "people", "learn/trainings", "forum/topics", "forum/categories",
            "courses", "lessons", "quizzes", "quizzes/1/attempts")] + [
                "/messages/inbox/1", "/quizzes/1/edit", "/quizzes/1/results", "/courses/1/quizzes/new", "/courses/1/learners", "/certificates/1"]
        source = "".join(path.read_text() for path in (ASSETS / "pages").glob("*.js"))
        calls = re.findall(r"^route\((\[[^\]]*\]|'[^']*')", source, re.MULTILINE)
        routes = [path for call in calls for path in re.findall(r"'([^']+)'", call)]
        self.assertGreater(len(routes), 40)
        missing = [one for one in routes if not any(re.fullmatch(re.sub(r":\w+", "[^/]+", one), path) for path in walked)]
        self.assertEqual(missing, [])

    def test_pages_before_sign_in(self):
        self.open("/sign-in")
        self.see("sign-in-page h1")
        self.walk(OUTER)

    def test_pages_of_a_member(self):
        lea = reader()
        machine = lea.create_machine("axe")
        self.addCleanup(lambda: lea.delete_machine(machine))
        self.enter(lea, "/profile")
        self.walk(SHARED + details(lea) + [f"/machines/{machine}"])

    def test_pages_of_an_administrator(self):
        person = next(one["id"] for one in admin().call("GET", "/api/users") if one["role"] != "admin")
        self.enter(admin(), "/profile")
        self.walk(["/", "/announcements", "/documents", "/requests", *ADMIN, f"/people/{person}", *details(admin()), *quiz_pages()])

    def test_pages_in_english(self):
        self.looks = ((1280, "light"),)
        lea = reader()
        for person, paths in ((lea, SHARED + details(lea)), (admin(), ["/", *ADMIN])):
            person.call("PUT", "/api/user/settings", {"language": "en"})
            self.addCleanup(person.call, "PUT", "/api/user/settings", {"language": "fr"})
            self.enter(person, "/profile")
            self.see("h1", "Profile")
            self.walk(paths)

    def test_a_quiz_under_way(self):
        lea = reader()
        quiz = rows(lea, "/api/quizzes")[-1]["id"]
        self.enter(lea, "/profile")
        self.assertEqual(self.visit(f"/quizzes/{quiz}"), [])
        self.click("quiz-page [data-click=start]")
        self.see("quiz-sitting .quiz-clock")
        self.assertEqual(self.check(), [])

    def test_dialogs(self):
        event = rows(admin(), "/api/events")[0]["id"]
        document = rows(admin(), "/api/documents")[0]["id"]
        quiz = rows(admin(), "/api/quizzes")[0]["id"]
        self.enter(admin(), "/profile")
        self.driver.execute_script("localStorage.setItem('obox.calendar', 'month')")
        for path, button, dialog in (
            ("/", "side-bar [data-click=search]", "quick-switcher"), ("/", "side-bar [data-click=keys]", "key-sheet"),
            ("/calendar", "[data-click=create]", "event-form"), ("/calendar", "[data-click=createOwn]", "agenda-dialog"),
            ("/calendar", "[data-click=feed]", "feed-dialog"), (f"/calendar?event={event}", None, "event-dialog"),
            ("/announcements", "[data-click=create]", "table-dialog"), ("/announcements", "[data-click=bin]", "bin-dialog"),
            ("/documents", "[data-click=create]", "table-dialog"), ("/documents", "[data-click=bin]", "bin-dialog"),
            (f"/documents/{document}", "[data-click=addVersion]", "version-dialog"), (f"/documents/{document}", "[data-click=delete]", "confirm-dialog"),
            ("/requests", "[data-click=create]", "request-dialog"), ("/people", "[data-click=importPeople]", "import-dialog"),
            ("/people", "[data-click=create]", "person-dialog"), ("/categories", "[data-click=create]", "category-dialog"),
            ("/tables/links", "[data-click=create]", "table-dialog"), ("/learn/trainings", "[data-click=create]", "table-dialog"),
            ("/media", "[data-click=create]", "table-dialog"), ("/forum", "[data-click=create]", "forum-topic-dialog"),
            ("/links", "[data-click=add]", "link-dialog"), ("/courses", "[data-click=create]", "table-dialog"),
            ("/courses", "[data-click=bin]", "bin-dialog"), (f"/quizzes/{quiz}/edit", "[data-click=openImport]", "quiz-import"),
        ):
            with self.subTest(f"{path} {dialog}"):
                self.assertEqual(self.visit(path), [])
                if button:
                    self.click(button)
                self.see(f"{dialog} dialog[open]")
                self.driver.execute_script("for (const one of document.querySelectorAll('dialog[open] details')) one.open = true")
                self.assertEqual(self.check(), [])


if __name__ == "__main__":
    unittest.main()
