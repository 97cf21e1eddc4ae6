import re
import unittest

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from browser import PageTest, Refused, admin, member

# Made-up history: twenty hours with a gap of two, or two hours without one. Requests are counted. Its most is 100, since
# the host itself may be at 100 and adds a live point.
PAST = """
window.testAsked = [];
const honest = window.fetch;
window.fetch = (path, options) => {
  const wanted = /history\\?hours=(\\d+)$/.exec(path);
  if (!wanted) return honest(path, options);
  window.testAsked.push(String(path));
  if (window.testRefuses) return Promise.resolve(new Response('{}', { status: 503 }));
  const grain = wanted[1] === '2' ? 60 : 300, points = [];
  for (let at = Date.now() - (wanted[1] === '2' ? 2 : window.testYoung ? 1 : 20) * 3600e3; at < Date.now(); at += grain * 1000) {
    const age = (Date.now() - at) / 3600e3;
    if (grain === 300 && age > 5 && age < 7) continue;
    points.push({ at: new Date(at).toISOString(), cpu: age > 10 ? 100 : 20, ram: 50, disk: 30 });
  }
  return Promise.resolve(new Response(JSON.stringify({ grain, points }), { headers: { 'Content-Type': 'application/json' } }));
};
"""


class LoadGraph(PageTest):
    def past(self, more=""):
        self.devtools("Page.addScriptToEvaluateOnNewDocument", source=PAST + more)

    def reading(self):
        return self.see(".graph-plot").get_attribute("aria-valuetext")

    def asked(self):
        return self.driver.execute_script("return window.testAsked")

    def line(self, name):
        return self.see(f".graph-line[data-series={name}]").get_attribute("d")

    def test_the_history_of_another_persons_machine_is_not_found(self):
        with self.assertRaises(Refused) as refusal:
            member().call("GET", "/api/vms/999999/history")
        self.assertEqual(refusal.exception.status, 404)
        with self.assertRaises(Refused) as refusal:
            member().call("GET", "/api/monitoring/history")
        self.assertEqual(refusal.exception.status, 403)

    def test_a_history_that_fails_to_load_says_so_and_is_retried(self):
        self.past("window.testRefuses = true;")
        self.enter(admin(), "/host")
        self.see("load-graph [data-key=failed]")
        self.driver.execute_script("window.testRefuses = false")
        self.click("load-graph [data-key=failed] button")
        self.see(".graph-plot")

    def test_an_outage_is_a_gap_in_the_graph_and_in_the_text(self):
        self.past()
        self.enter(admin(), "/host")
        self.see(".graph-plot")
        self.assertEqual(self.line("cpu").count("M"), 2)
        words = self.driver.execute_script("return document.querySelector('load-graph [data-key=words]').textContent")
        self.assertIn("100 % au maximum", re.sub(r"\s", " ", words))
        self.assertIn("1 interruption", re.sub(r"\s", " ", words))
        labels = [one.text for one in self.driver.find_elements("css selector", ".graph-tick text")]
        self.assertGreater(len(labels), 5)
        self.assertTrue(all(re.fullmatch(r"\d\d:\d\d", label) for label in labels), labels)
        self.shoot("load-24h")

    def test_a_value_is_read_with_the_pointer_and_with_the_keyboard(self):
        self.past()
        self.enter(admin(), "/host")
        plot = self.see(".graph-plot")
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", plot)
        ActionChains(self.driver).move_to_element_with_offset(plot, -plot.size["width"] // 4, 0).perform()
        self.see(".graph-mark")
        self.assertIn("processeur 100", re.sub(r"\s", " ", self.reading()))
        self.shoot("load-read")
        ActionChains(self.driver).move_to_element(self.see("h1")).perform()
        self.see_none(".graph-mark")
        plot.send_keys(Keys.HOME)
        self.assertEqual(plot.get_attribute("aria-valuenow"), "0")
        self.assertIn("100", self.see(".graph-legend [data-series=cpu] strong").text)
        plot.send_keys(Keys.ARROW_RIGHT)
        self.assertEqual(plot.get_attribute("aria-valuenow"), "1")
        plot.send_keys(Keys.END)
        self.assertEqual(plot.get_attribute("aria-valuenow"), plot.get_attribute("aria-valuemax"))

    def test_an_hour_of_history_is_shown_over_two_hours_until_a_day_is_selected(self):
        self.past("window.testYoung = true;")
        self.enter(admin(), "/host")
        self.see("load-graph [data-hours='2'][aria-pressed=true]")
        self.see(".graph-plot")
        self.click("load-graph [data-hours='24']")
        self.wait(lambda _: len(self.asked()) >= 3, "the day was asked for again")
        self.see("load-graph [data-hours='24'][aria-pressed=true]")
        self.see(".graph-plot")

    def test_two_hours_are_another_request_and_live_points_need_none(self):
        self.past()
        self.enter(admin(), "/host")
        self.see(".graph-plot")
        before = len(self.asked())
        self.click("load-graph [data-hours='2']")
        self.wait(lambda _: self.asked()[before:] == ["/api/monitoring/history?hours=2"], "two hours were asked for")
        self.see("load-graph [data-hours='2'][aria-pressed=true]")
        self.see(".graph-plot")
        drawn = self.line("ram")
        # The host's current memory differs from the made-up history.
        self.wait(lambda _: self.line("ram") != drawn, "a live point is drawn")
        self.assertEqual(len(self.asked()), before + 1)
        self.shoot("load-2h")

    def test_it_stays_within_a_small_screen(self):
        self.past()
        self.resize(375, 812)
        self.enter(admin(), "/host")
        plot = self.see(".graph-plot")
        room = self.driver.execute_script("return arguments[0].getBoundingClientRect().right", plot)
        width = self.driver.execute_script("return Number(arguments[0].getAttribute('width'))", plot)
        self.assertLessEqual(room, 375)
        self.assertEqual(width, plot.size["width"])

    def test_the_graph_has_gaps_single_points_and_live_points(self):
        self.open("/sign-in")
        found = self.driver.execute_async_script("""
          const done = arguments[0]
          import('/lib/graph.js').then(({ nearest, path, runs, ticks, withLive }) => {
            const at = (...list) => list.map(at => ({ at, cpu: at }))
            const live = withLive(at(0, 60, 120), { at: 130, cpu: 1 }, 60, 1000)
            done({
              runs: runs(at(0, 60, 120, 400, 800, 860), 60).map(run => run.length), none: runs([], 60),
              dot: path(at(5), 'cpu', x => x, y => y), nearest: [nearest(at(0, 10, 20), 14), nearest([], 3)],
              live: live.map(point => point.at),
              moved: withLive(live, { at: 170, cpu: 2 }, 60, 1000).map(point => point.at),
              grown: withLive(live, { at: 190, cpu: 2 }, 60, 1000).map(point => point.at),
              whole: runs(at(0, 60, 160, 280), 60).map(run => run.length),
              silent: runs(withLive(withLive(at(0), { at: 100_000, cpu: 1 }, 300_000, 1e9), { at: 200_000, cpu: 1 }, 300_000, 1e9), 300_000).map(run => run.length),
              window: withLive(at(0, 60, 120), { at: 130, cpu: 1 }, 60, 50).map(point => point.at),
              ticks: ticks(Date.parse('2026-11-20T10:05:00'), Date.parse('2026-11-20T12:05:00'), 5)
                .map(at => new Date(at).getMinutes()),
            })
          }, error => done({ error: String(error) }))
        """)
        self.assertEqual(found, {
            "runs": [3, 1, 2], "none": [], "dot": "M5.0 5.0h.01", "nearest": [1, -1],
            "live": [0, 60, 120, 130], "moved": [0, 60, 120, 170], "grown": [0, 60, 120, 130, 190],
            "whole": [3, 1], "silent": [2, 1], "window": [120, 130], "ticks": [30, 0, 30, 0],
        })


if __name__ == "__main__":
    unittest.main()
