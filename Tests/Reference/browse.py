"""Uses the page of the workbench as a person does, in Chromium, and prints a line for each scenario.

    browse.py ADDRESS PICTURE [FOLDER]   with FOLDER, keeps a picture of each scenario

The server has a network of three classes, one of them called `<b>viola</b>`, a latent tree, and two pictures in its folder.
"""

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from browser import fits, is_accessible, is_quiet, play


def begins(page):
    page.driver.get(page.address + "/")
    page.wait(lambda: page.one("#welcome-title").is_displayed(), "the first sentence")
    page.wait(lambda: len(page.all("#strip button")) == 2, "the folder's two pictures")
    page.keep("empty")


def brings(page):
    page.one("#picker").send_keys(page.picture)
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
    page.set("opacity", "0.3", "input")
    canvas = page.one("#canvas")
    ActionChains(page.driver).move_to_element(canvas).perform()
    page.wait(lambda: page.one("#probe-canvas-room").text != "", "the value under the pointer")
    page.all("#tiles button")[1].click()
    page.wait(lambda: page.title() == "Why <b>viola</b>, rather than cello?", "the reverse, enlarged")
    page.all("#tiles button")[0].click()
    page.asks("Why cello, rather than <b>viola</b>?")


def stays(page):
    page.driver.refresh()
    page.asks("Why cello, rather than <b>viola</b>?")
    page.driver.back()
    page.asks("Why cello, rather than violin?")


def turns_to_what_there_is(page):
    """A link may come from a server that has runs or a generator."""
    here = page.run("return location.hash")
    for tab in ["runs", "example", "none"]:
        page.driver.execute_async_script(
            "location.hash = arguments[0]; setTimeout(arguments[1], 300)", f"{here}&tab={tab}")
        assert page.one("#tab-question").get_attribute("aria-selected") == "true", tab
        assert page.one("#look-panel").is_displayed() and not page.one("#view").is_displayed(), tab
        page.driver.back()
    page.asks("Why cello, rather than violin?")


def explains_otherwise(page):
    page.set("explainer", "rise")
    page.run("document.getElementById('settings-box').open = true")
    page.one("#setting-masks").send_keys("many", Keys.TAB)
    page.wait(lambda: "masks" in page.one("#problem-text").text, "a sentence about masks")
    page.retype("#setting-masks", "10000000", Keys.TAB)
    page.wait(lambda: page.one("#working").is_displayed(), "how far it has come")
    page.one("#cancel").click()
    page.wait(lambda: page.one("#cancelled").is_displayed(), "that it was cancelled")
    page.retype("#setting-masks", "50", Keys.TAB)
    page.asks("Why cello, rather than violin?")


def explains_all(page):
    page.one("#tab-whole").click()
    page.wait(lambda: page.all("#tiles .cluster") and not page.one("#working").is_displayed(), "clusters with their maps")
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


def takes_keys(page):
    page.driver.get("about:blank")
    page.driver.get(page.address + "/")
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


if __name__ == "__main__":
    play([begins, brings, asks, looks, stays, turns_to_what_there_is, explains_otherwise, explains_all, keeps,
          has_two_tabs, fits, is_quiet, takes_keys, is_accessible], "answer")
