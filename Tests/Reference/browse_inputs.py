"""Finds pictures, moves what the network sees, and hides pixels, in Chromium.

    browse_inputs.py ADDRESS PICTURE [FOLDER]

The server has a network of three classes and a folder of ten pictures, one of which is a link that leads out of it.
"""

import re

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from browser import fits, is_accessible, is_quiet, play


def names(page):
    return [one.get_attribute("alt") for one in page.all("#strip img")]


def finds(page):
    page.driver.get(page.address + "/")
    page.wait(lambda: len(names(page)) == 9, "nine pictures")
    page.keep("strip")
    page.one("#find").send_keys("more-3")
    page.wait(lambda: names(page) == ["more-3.png"], "the one of that name")
    page.one("#find").clear()
    page.one("#find").send_keys("viol")
    page.wait(lambda: page.all("#strip .answer-note") and all(
        "viol" in one.text for one in page.all("#strip .answer-note")), "pictures with likely classes of that name")
    page.wait(lambda: "so far" not in page.one("#inputs-note").text, "all answers")
    page.keep("found")
    assert "strip.find=viol" in page.driver.current_url
    page.one("#find").clear()
    page.one("#find").send_keys("nothing of that kind")
    page.wait(lambda: "No picture" in page.one("#inputs-note").text, "that nothing is found")
    page.retype("#find", Keys.DELETE)
    page.wait(lambda: len(names(page)) == 9, "all pictures")


def orders(page):
    Select(page.one("#order")).select_by_value("undecided")
    page.wait(lambda: len(page.all("#strip .answer-note")) == 9, "the two likeliest classes of each")

    def leads():
        shares = [[float(share) for share in re.findall(r"([\d.]+) %", one.text)] for one in page.all("#strip .answer-note")]
        return [first - second for first, second in shares]
    # What is shown is rounded.
    page.wait(lambda: all(a <= b + 0.21 for a, b in zip(leads(), leads()[1:])), "the most undecided first")
    page.keep("undecided")
    Select(page.one("#order")).select_by_value("")
    page.wait(lambda: names(page)[0] == "a.png", "the order of names")


def refuses(page):
    told = page.one("#strip .refused").text
    assert "link.png" in told and "leads out of the folder" in told, told


def crops(page):
    page.all("#strip button.thumbnail")[0].click()
    page.wait(lambda: len(page.all(".bar")) == 3, "three bars")
    page.click_class("cello")
    page.click_class("violin", Keys.SHIFT)
    page.asks("Why cello, rather than violin?")
    page.one("#crop").click()
    page.wait(lambda: page.one("#crop-frame").is_displayed(), "the rectangle")
    page.keep("crop")
    corner = page.one(".crop-corner.se")
    ActionChains(page.driver).click_and_hold(corner).move_by_offset(-160, -100).release().perform()
    page.wait(lambda: "region=" in page.driver.current_url, "another region")
    page.asks("Why cello, rather than violin?")
    region = page.run("return new URLSearchParams(location.hash.slice(1)).get('region')").split(",")
    x, y, width, height = map(int, region)
    assert width < 120 and abs(width / height - 1.5) < 0.1, region
    assert f"--region {','.join(region)}" in page.one("#command").get_attribute("textContent")
    page.one("#crop-frame").send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    page.wait(lambda: f"--region {x + 3},{y}," in page.one("#command").get_attribute("textContent"), "it three pixels further")
    page.asks("Why cello, rather than violin?")
    page.keep("cropped")


def takes_the_whole(page):
    page.one("#crop-whole").click()
    page.wait(lambda: "--region whole" in page.one("#command").get_attribute("textContent"), "the whole picture")
    page.one("#crop-card").click()
    page.wait(lambda: "--region" not in page.one("#command").get_attribute("textContent"), "what the card says")
    page.asks("Why cello, rather than violin?")
    page.one("#crop").click()
    page.wait(lambda: not page.one("#crop-frame").is_displayed(), "no rectangle")


def stays_cropped(page):
    page.driver.back()
    page.wait(lambda: "region=whole" in page.driver.current_url, "the region of before")
    page.driver.refresh()
    page.asks("Why cello, rather than violin?")
    assert "squashed" in page.one("#seen-note").text
    page.all("#strip button.thumbnail")[0].click()
    page.wait(lambda: page.one("#legend").is_displayed(), "an answer")


def hidden(page):
    return page.one("#brush-odds").text.split("%")[0].strip()


def brushes(page):
    page.one("#tab-brush").click()
    page.wait(lambda: len(page.all("#brush-bars li")) == 3 and page.one("#brush-canvas").is_displayed(), "the brush")
    page.wait(lambda: hidden(page) == "0.00", "that nothing is hidden")
    before = page.one("#brush-bars").text
    canvas = page.one("#brush-canvas")
    ActionChains(page.driver).move_to_element_with_offset(canvas, -100, -60).click_and_hold().move_by_offset(180, 20).release().perform()
    page.wait(lambda: hidden(page) != "0.00" and page.one("#brush-bars").text != before, "other bars")
    assert "log-odds" in page.one("#brush-odds").text
    page.keep("brush")


def undoes(page):
    ActionChains(page.driver).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    page.wait(lambda: hidden(page) == "0.00", "nothing hidden any more")
    page.one("#brush-redo").click()
    page.wait(lambda: hidden(page) != "0.00", "it hidden again")
    page.one("#brush-clear").click()
    page.wait(lambda: hidden(page) == "0.00", "nothing hidden")


def hides_by_keys(page):
    page.one("#brush-canvas").send_keys(Keys.ARROW_LEFT, Keys.SPACE)
    page.wait(lambda: hidden(page) == "4.2", "one of 24 pixels hidden")
    page.keep("brush-keys")
    page.one("#brush-canvas").send_keys(Keys.SPACE)
    page.wait(lambda: hidden(page) == "0.00", "it shown again")


def hides_by_the_map(page):
    share = page.one("#brush-share")
    share.clear()
    share.send_keys("25")
    page.one("#brush-map").click()
    page.wait(lambda: hidden(page) == "25.0", "a quarter hidden")
    page.keep("brush-map")


def stays_hidden(page):
    page.driver.refresh()
    page.wait(lambda: hidden(page) == "25.0", "the same pixels hidden")
    Select(page.one("#brush-fill")).select_by_value("black")
    page.wait(lambda: "brush.fill=black" in page.driver.current_url, "another fill")


if __name__ == "__main__":
    play([finds, orders, refuses, crops, takes_the_whole, stays_cropped, brushes, undoes, hides_by_keys,
          hides_by_the_map, stays_hidden, fits, is_quiet, is_accessible], "inputs")
