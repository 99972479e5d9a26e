"""A page of the workbench in Chromium, as the scripts that use it see it, and what holds of each of them."""

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

PATIENCE = 120


class Page:
    def __init__(self, folder=None):
        self.folder = folder
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
        if not self.folder:
            return
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        open(f"{self.folder}/{name}.png", "wb").write(base64.b64decode(shot["data"]))

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

    def set(self, name, value, event="change"):
        """Gives a field a value as if a person had chosen it."""
        self.run("const e = document.getElementById(arguments[0]); e.value = arguments[1]; e.dispatchEvent(new Event(arguments[2]))",
                 name, value, event)

    def retype(self, selector, *keys):
        """Types in place of what a field holds."""
        field = self.one(selector)
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(*keys)

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


def fits(page):
    """Nothing is wider than the window, narrow or wide."""
    for width, dark in [(400, False), (400, True), (2560, False), (1280, True)]:
        page.see(width, dark)
        time.sleep(0.3)
        wide, room = page.run("const e = document.documentElement; return [e.scrollWidth, e.clientWidth]")
        assert wide <= room, f"{wide} pixels wide, with room for {room}, at {width}"
        page.keep(f"{page.subject}-{width}{'-dark' if dark else ''}")
    page.see(1280)


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
    """Nothing was loaded from elsewhere, and the console tells of no error."""
    places = page.run("return performance.getEntriesByType('resource').map(e => e.name)")
    away = [one for one in places if not one.startswith((page.address, "blob:", "data:"))]
    assert not away, away
    # A setting that was refused on purpose is told in the console by the browser itself.
    lines = [one["message"] for one in page.driver.get_log("browser")
             if one["level"] == "SEVERE" and "status of 400" not in one["message"]]
    assert not lines, lines[:3]


def play(scenarios, subject):
    """Goes through scenarios with the address and the folder of the command line, and prints a line for each.

    SCRIPT ADDRESS PICTURE [FOLDER]   with FOLDER, keeps a picture of each scenario
    """
    page = Page(sys.argv[3] if len(sys.argv) > 3 else None)
    page.address, page.picture, page.subject = sys.argv[1], sys.argv[2], subject
    try:
        for scenario in scenarios:
            try:
                scenario(page)
                print(scenario.__name__, "ok", flush=True)
            except Exception as error:
                print(scenario.__name__, "failed:", str(error).split("\n")[0][:300], flush=True)
                page.keep("failed-" + scenario.__name__)
    finally:
        page.driver.quit()
