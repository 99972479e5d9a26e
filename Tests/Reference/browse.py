"""Uses the page of the workbench as a person does, in Chromium, and prints a line for each scenario.

    browse.py ADDRESS PICTURE [FOLDER]   with FOLDER, keeps a picture of each scenario

The server has a network of three classes, one of them called `<b>viola</b>`, a latent tree, and two pictures in its folder.
"""

import base64
import sys
import time
from importlib import resources

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

ADDRESS, PICTURE = sys.argv[1:3]
FOLDER = sys.argv[3] if len(sys.argv) > 3 else None
PATIENCE = 120


class Page:
    def __init__(self):
        options = Options()
        for word in ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,1000"]:
            options.add_argument(word)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.see(1280)

    def see(self, width, dark=False):
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False})
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})

    def keep(self, name):
        if not FOLDER:
            return
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        open(f"{FOLDER}/{name}.png", "wb").write(base64.b64decode(shot["data"]))

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def run(self, script, *words):
        return self.driver.execute_script(script, *words)

    def wait(self, is_so, what):
        end = time.time() + PATIENCE
        while time.time() < end:
            try:
                if is_so():
                    return
            except Exception:  # What is looked for may be replaced while one looks.
                pass
            time.sleep(0.1)
        raise AssertionError(f"waited in vain for {what}")

    def title(self):
        return self.one("#stage-title").text

    def asks(self, title):
        self.wait(lambda: self.title() == title and not self.one("#working").is_displayed()
                  and self.one("#legend").is_displayed(), f"“{title}”; it is “{self.title()}”")

    def click_class(self, label, *keys):
        """On its bar: P by itself, Q with Shift."""
        bar = next(one for one in self.all(".bar .label") if one.text == label)
        actions = ActionChains(self.driver)
        for key in keys:
            actions.key_down(key)
        actions.click(bar)
        for key in keys:
            actions.key_up(key)
        actions.perform()

    def is_drawn(self):
        """Whether the large picture has more than one colour."""
        return self.run("""
          const canvas = document.getElementById('canvas')
          const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
          return new Set(Array.from({length: data.length / 4}, (_, i) => data.slice(4 * i, 4 * i + 3).join())).size > 4""")


def begins(page):
    page.driver.get(ADDRESS + "/")
    page.wait(lambda: page.one("#welcome-title").is_displayed(), "the first sentence")
    page.wait(lambda: len(page.all("#strip button")) == 2, "the folder's two pictures")
    page.keep("empty")


def brings(page):
    page.one("#picker").send_keys(PICTURE)
    page.wait(lambda: len(page.all(".bar")) == 3, "three bars")
    labels = {one.text for one in page.all(".bar .label")}
    assert labels == {"cello", "violin", "<b>viola</b>"}, labels
    assert not page.all(".bar b"), "a label was taken for markup"


def asks(page):
    page.click_class("cello")
    page.click_class("violin", Keys.SHIFT)
    page.asks("Why cello, rather than violin?")
    assert page.is_drawn(), "the picture is empty"
    assert len(page.all("#tiles canvas")) == 4, "the reverse and each alone stand beside it"
    page.keep("answer")
    page.click_class("<b>viola</b>", Keys.SHIFT)
    page.asks("Why cello, rather than <b>viola</b>?")


def looks(page):
    page.run("const e = document.getElementById('opacity'); e.value = 30; e.dispatchEvent(new Event('input'))")
    canvas = page.one("#canvas")
    ActionChains(page.driver).move_to_element(canvas).perform()
    page.wait(lambda: page.one("#probe").text != "", "the value under the pointer")
    page.all("#tiles button")[1].click()
    page.wait(lambda: page.title() == "Why <b>viola</b>, rather than cello?", "the reverse, enlarged")
    page.all("#tiles button")[0].click()
    page.asks("Why cello, rather than <b>viola</b>?")


def stays(page):
    page.driver.refresh()
    page.asks("Why cello, rather than <b>viola</b>?")
    page.driver.back()
    page.asks("Why cello, rather than violin?")


def explains_otherwise(page):
    page.run("const e = document.getElementById('explainer'); e.value = 'rise'; e.dispatchEvent(new Event('change'))")
    page.run("document.getElementById('settings-box').open = true")
    field = page.one("#setting-masks")
    field.send_keys("many", Keys.TAB)
    page.wait(lambda: "masks" in page.one("#problem-text").text, "a sentence about masks")
    field = page.one("#setting-masks")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys("10000000", Keys.TAB)
    page.wait(lambda: page.one("#working").is_displayed(), "how far it has come")
    page.one("#cancel").click()
    page.wait(lambda: page.one("#cancelled").is_displayed(), "that it was cancelled")
    field = page.one("#setting-masks")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys("50", Keys.TAB)
    page.asks("Why cello, rather than violin?")


def explains_all(page):
    page.one("#tab-whole").click()
    page.wait(lambda: len(page.all("#tiles canvas")) >= 3 and not page.one("#working").is_displayed(), "maps of the whole answer")
    page.keep("whole")
    page.one("#tab-question").click()
    page.asks("Why cello, rather than violin?")


def keeps(page):
    command = page.one("#command").get_attribute("textContent")
    assert "--why" in command and command.startswith("rather explain "), command
    page.one("#save-report").click()
    page.wait(lambda: page.one("#report-link").is_displayed(), "a link to the report")
    address = page.run("return document.querySelector('#report-link a, a#report-link').href")
    assert "/reports/" in address, address
    page.driver.switch_to.new_window("tab")
    page.driver.get(address)
    assert "Why cello" in page.run("return document.body.innerText"), "the report shows nothing"
    page.driver.close()
    page.driver.switch_to.window(page.driver.window_handles[0])


def has_two_tabs(page):
    first = page.title()
    address = page.driver.current_url
    page.driver.switch_to.new_window("tab")
    page.see(1280)
    page.driver.get(address)
    page.asks(first)
    page.click_class("violin")
    page.wait(lambda: page.title() != first and "violin" in page.title(), "another question")
    page.driver.close()
    page.driver.switch_to.window(page.driver.window_handles[0])
    assert page.title() == first, page.title()


def fits(page):
    for width, dark in [(400, False), (400, True), (2560, False), (1280, True)]:
        page.see(width, dark)
        time.sleep(0.3)
        wide, room = page.run("const e = document.documentElement; return [e.scrollWidth, e.clientWidth]")
        assert wide <= room, f"{wide} pixels wide, with room for {room}, at {width}"
        page.keep(f"answer-{width}{'-dark' if dark else ''}")
    page.see(1280)


def takes_keys(page):
    page.driver.get("about:blank")
    page.driver.get(ADDRESS + "/")
    page.wait(lambda: len(page.all("#strip button")) >= 2, "pictures")
    for _ in range(12):
        ActionChains(page.driver).send_keys(Keys.TAB).perform()
        if page.run("return document.activeElement.closest('#strip') !== null"):
            break
    else:
        raise AssertionError("no picture is reached by Tab")
    ActionChains(page.driver).send_keys(Keys.ENTER).perform()
    page.wait(lambda: page.one("#legend").is_displayed(), "an answer")
    outline = page.run("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "what has the focus does not show it"


def is_accessible(page):
    script = resources.files("axe_core_python").joinpath("axe.min.js").read_text()
    for dark in [False, True]:
        page.see(1280, dark)
        page.run(script)
        found = page.driver.execute_async_script(
            "const done = arguments[0]; axe.run().then(r => done(r.violations.map(v => v.id + ': ' + v.nodes[0].html)))")
        assert not found, found[:3]
    page.see(1280)


def is_quiet(page):
    places = page.run("return performance.getEntriesByType('resource').map(e => e.name)")
    away = [one for one in places if not one.startswith((ADDRESS, "blob:", "data:"))]
    assert not away, away
    # A setting that was refused on purpose is told in the console by the browser itself.
    lines = [one["message"] for one in page.driver.get_log("browser")
             if one["level"] == "SEVERE" and "status of 400" not in one["message"]]
    assert not lines, lines[:3]


page = Page()
try:
    for scenario in [begins, brings, asks, looks, stays, explains_otherwise, explains_all, keeps, has_two_tabs, fits,
                     is_quiet, takes_keys, is_accessible]:
        try:
            scenario(page)
            print(scenario.__name__, "ok", flush=True)
        except Exception as error:
            print(scenario.__name__, "failed:", str(error).split("\n")[0][:300], flush=True)
            page.keep("failed-" + scenario.__name__)
finally:
    page.driver.quit()
