"""Compares, searches a contrastive example and looks at runs as a person does, in Chromium, and prints a line for each scenario.

    browse_compare.py ADDRESS PICTURE [FOLDER]   with FOLDER, keeps a picture of each scenario

The server has two networks, a generator, and one or more evaluation runs.
"""

from browser import fits, is_accessible, is_quiet, play


def compares_methods(page):
    page.driver.get(page.address + "/")
    page.wait(lambda: page.all("#strip button"), "pictures")
    page.all("#strip button")[0].click()
    page.wait(lambda: page.one("#legend").is_displayed(), "an answer")
    page.one("#tab-compare").click()
    page.wait(lambda: page.all(".cards .map") and page.all(".agreement tbody td"), "maps and their agreement")
    count = len(page.all(".cards .map"))
    page.one("#view-compare summary").click()
    page.run("document.querySelector('.boxes input[value=saliency]').click()")
    page.wait(lambda: len(page.all(".cards .map")) == count + 1, "one method more")
    assert len(page.all(".agreement tbody tr")) == count + 1
    page.keep("methods")
    command = page.run("return document.querySelector('#view-compare > .keep code').textContent")
    assert command.startswith("rather compare ") and "saliency" in command, command
    page.driver.refresh()
    page.wait(lambda: len(page.all(".cards .map")) == count + 1, "the same after a reload")


def compares_networks(page):
    page.run("document.querySelector('.segments input[value=networks]').click()")
    page.wait(lambda: len(page.all(".cards.networks .map")) == 2 and page.all(".likeness strong"), "two maps and their agreement")
    assert len({one.text for one in page.all(".cards h3")}) == 2
    page.keep("networks")
    fits(page)
    is_accessible(page)


def compares_photos(page):
    page.run("document.querySelector('.segments input[value=photos]').click()")
    page.wait(lambda: len(page.all(".cards.photos .map")) == 2, "two maps")
    page.keep("photos")
    page.driver.back()
    page.wait(lambda: page.all(".cards.networks .map"), "the networks again")


def finds_an_example(page):
    page.one("#tab-example").click()
    page.wait(lambda: page.all(".ends img"), "an example")
    slider = page.one("#example-at")
    first = page.one(".example-stage output").text
    assert first.startswith("The photo:"), first
    for event in ["input", "change"]:
        page.set("example-at", slider.get_attribute("max"), event)
    page.wait(lambda: page.one(".example-stage output").text.startswith("The example:"), "the example")
    assert slider.get_attribute("aria-valuetext").startswith("The example:")
    page.run("document.querySelector('.play').click()")
    page.wait(lambda: page.one(".play").text == "Stop", "that it plays")
    page.run("document.querySelector('.play').click()")
    page.keep("example")
    fits(page)
    is_accessible(page)


def looks_at_runs(page):
    page.one("#tab-runs").click()
    page.wait(lambda: page.all(".run-charts svg"), "curves")
    page.all(".run-table .sort")[0].click()
    page.wait(lambda: page.all("th[aria-sort=ascending]") or page.all("th[aria-sort=descending]"), "a sorted table")
    page.all(".run-pictures button")[1].click()
    page.wait(lambda: page.all(".run-subject h3") and page.one(".run-subject h3").text.endswith(".png"), "a picture's curves")
    page.keep("runs")


if __name__ == "__main__":
    play([compares_methods, compares_networks, compares_photos, finds_an_example, looks_at_runs, fits, is_accessible, is_quiet], "runs")
