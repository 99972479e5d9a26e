"""Looks at maps on the page of the workbench as a person does: watches them grow, enlarges, reads and compares them.

    browse_look.py ADDRESS PICTURE [FOLDER]   with FOLDER, keeps a picture of each scenario

The server has a network of three classes and two pictures in its folder.
"""

import re

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from browser import fits, is_accessible, is_quiet, play


def module(page, script):
    return page.run(f"return (async () => {{{script}}})()")


def state(page):
    return page.run("return location.hash")


def begins(page):
    page.driver.get(page.address + "/")
    page.wait(lambda: len(page.all("#strip button")) == 2, "the folder's two pictures")
    page.all("#strip button")[0].click()
    page.wait(lambda: len(page.all(".bar")) == 3, "three bars")
    page.click_class("cello")
    page.click_class("violin", Keys.SHIFT)
    page.asks("Why cello, rather than violin?")


def samples(page):
    found = re.search(r"By ([\d,]+) samples its values are known to ± ", page.one("#legend-note").text)
    return int(found[1].replace(",", "")) if found else 0


def refines(page):
    page.set("explainer", "rise")
    page.wait(lambda: page.one("#setting-masks").is_displayed(), "the number of masks, without unfolding anything")
    page.set("setting-masks", "10000000")
    page.wait(lambda: samples(page) > 0, "a map so far with its error")
    first = samples(page)
    page.wait(lambda: samples(page) > first, "another by more samples")
    assert page.one("#working").is_displayed() and page.is_drawn()
    assert page.run("return getComputedStyle(document.getElementById('canvas')).opacity") == "1", "it is not dimmed"
    page.keep("refining")
    page.one("#cancel").click()
    page.wait(lambda: page.one("#cancelled").is_displayed(), "that it was cancelled")
    assert samples(page) > first and page.is_drawn(), "what was found stays in view"


def ends(page):
    page.set("setting-masks", "400")
    page.asks("Why cello, rather than violin?")
    page.wait(lambda: samples(page) == 400, "the error by all samples")
    page.set("explainer", "grad-cam")
    page.asks("Why cello, rather than violin?")
    page.wait(lambda: samples(page) == 0, "no error of a method without chance")


def enlarges(page):
    canvas = page.one("#canvas")
    before = page.run("return document.getElementById('canvas').toDataURL()")
    page.one("#zoom-in").click()
    page.one("#zoom-in").click()
    assert page.one("#zoom-value").text == "2.25 ×", page.one("#zoom-value").text
    assert page.run("return document.getElementById('canvas').toDataURL()") != before
    # The value under the pointer is that of the place, wherever the picture is drawn.
    ActionChains(page.driver).move_to_element(canvas).perform()
    page.wait(lambda: page.one("#probe-canvas-room").text, "a value")
    middle = page.one("#probe-canvas-room").text
    ActionChains(page.driver).move_to_element(canvas).click_and_hold().move_by_offset(60, 0).release().perform()
    moved = page.one("#probe-canvas-room").text
    assert middle.split(":")[0] == moved.split(":")[0], f"{middle} moved along, {moved}"
    canvas.send_keys(Keys.SHIFT, Keys.ARROW_LEFT)
    canvas.send_keys("0")
    assert page.one("#zoom-whole").get_attribute("disabled")
    assert page.run("return document.getElementById('canvas').toDataURL()") == before
    canvas.send_keys("+")
    page.run("const c = document.getElementById('canvas'); const b = c.getBoundingClientRect(); c.dispatchEvent(new WheelEvent("
             "'wheel', {deltaY: -200, ctrlKey: true, clientX: b.left + 5, clientY: b.top + 5, cancelable: true}))")
    assert float(page.one("#zoom-value").text.split()[0]) > 3
    page.keep("enlarged")
    page.one("#zoom-whole").click()


def reads(page):
    canvas = page.one("#canvas")
    canvas.send_keys(Keys.ARROW_RIGHT)
    page.wait(lambda: page.one("#probe-canvas-room").text, "a value")
    told = page.one("#probe-canvas-room").text
    assert re.search(r"At \(\d+, \d+\): \S+ .*This square holds .* % of all that speaks for cello\.", told), told
    # The upper left of six squares of 7 × 5 numbers: columns 0 and 1 of rows 0 to 2.
    share, expected = module(page, """
      const {contribution} = await import('/probe.js')
      const values = Float32Array.from({length: 35}, (_, i) => Math.sin(i * i))
      const of = (test) => values.reduce((sum, value, i) => sum + (test(value, i) ? value : 0), 0)
      const inside = of((_, i) => i % 7 < 2 && i < 21)
      const all = inside > 0 ? of((value) => value > 0) : -of((value) => value < 0)
      return [contribution({width: 7, height: 5, values}, [2, 3], 0.1, 0.1).share, inside / all]""")
    assert abs(share - expected) < 1e-6, (share, expected)


def keeps_the_strongest(page):
    page.set("strongest", "20", "input")
    page.wait(lambda: "strongest=20" in state(page), "it in the address")
    note = page.one("#legend-note").text
    assert re.search(r"Drawn are the strongest \d+ of 24 pixels of the map; they hold .* % of all that speaks for cello", note), note
    page.keep("strongest")
    # The percentile is NumPy's, and Rather's.
    found = module(page, """
      const {threshold, supportOf} = await import('/support.js')
      const grid = {width: 5, height: 1, values: Float32Array.from([1, 2, 4, 8, 16])}
      const above = threshold(grid, 30)
      return [above, supportOf(grid, above).count, supportOf(grid, above).share, threshold(grid, 100) === -Infinity]""")
    assert abs(found[0] - 7.2) < 1e-5 and found[1] == 2 and abs(found[2] - 24 / 31) < 1e-6 and found[3], found


def sets_the_reverse_beside(page):
    page.one("#pair").click()
    page.wait(lambda: page.one("#pair-canvas").is_displayed(), "the reverse")
    assert page.one("#pair-title").text == "Why violin, rather than cello?"
    first, second = (page.run("return document.getElementById(arguments[0]).getBoundingClientRect().top", one)
                     for one in ["canvas", "pair-canvas"])
    assert first == second, "they stand side by side"
    page.keep("reverse")


def goes_through_layers(page):
    page.one("#layers-box summary").click()
    page.run("document.getElementById('layers-box').scrollIntoView()")
    page.wait(lambda: len(page.all("#layers figure")) > 1, "a thumbnail for each layer")
    page.wait(lambda: not any("waiting" in one.text for one in page.all("#layers figcaption")), "their maps")
    page.keep("layers")
    other = page.one("#layers button[aria-pressed=false]")
    name = other.get_attribute("aria-label").replace("Ask at the layer ", "")
    other.click()
    page.wait(lambda: f"layer={name}" in state(page), "the layer in the address")
    page.asks("Why cello, rather than violin?")
    page.wait(lambda: page.one("#layers button[aria-pressed=true]").get_attribute("aria-label").endswith(name), "it as chosen")


def stays(page):
    page.driver.refresh()
    page.asks("Why cello, rather than violin?")
    assert page.one("#strongest").get_attribute("value") == "20"
    assert page.one("#pair-canvas").is_displayed() and page.one("#layers-box").get_attribute("open")


def is_safe_for_eyes(page):
    """Every colour map is told apart by lightness alone, or by blue and yellow, which nearly all eyes see."""
    tables = module(page, """
      const {colorMaps, colorTable} = await import('/colors.js')
      return colorMaps.map(({name, diverging}) => [name, diverging, [...colorTable(name)]])""")
    for name, diverging, bytes_ in tables:
        light = [luminance(bytes_[i:i + 3]) for i in range(0, len(bytes_), 3)]
        if diverging:
            half = len(light) // 2
            assert all(a < b + 0.01 for a, b in zip(light[:half], light[1:half])), f"{name} gets lighter to its middle"
            assert all(a > b - 0.01 for a, b in zip(light[half:], light[half + 1:])), f"{name} gets darker from its middle"
            low, high = bytes_[:3], bytes_[-3:]
            assert low[2] - low[0] > 60 and high[0] - high[2] > 60, f"{name} ends in blue and red"
        else:
            assert all(a < b + 0.002 for a, b in zip(light, light[1:])), f"{name} gets ever lighter"
            assert light[-1] - light[0] > 0.5, f"{name} spans half of all lightness"


def luminance(color):
    parts = [part / 255 for part in color]
    r, g, b = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) ** (1 / 3)


if __name__ == "__main__":
    play([begins, refines, ends, enlarges, reads, keeps_the_strongest, sets_the_reverse_beside, goes_through_layers, stays,
          is_safe_for_eyes, fits, is_quiet, is_accessible], "look")
