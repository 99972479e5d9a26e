"""Keeps answers as a person does, and prints a line for each scenario; see browse.py. The server has --data."""

import base64
import re
import subprocess
import tempfile
import time
import xml.etree.ElementTree as xml
from pathlib import Path

import numpy
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from browser import fits, is_accessible, is_quiet, play

# Removed when this script ends.
room = tempfile.TemporaryDirectory()
downloads = Path(room.name)


def asks(page):
    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)})
    page.driver.get(page.address + "/")
    page.wait(lambda: len(page.all("#strip button")) == 2, "the folder's two pictures")
    page.all("#strip button")[0].click()
    page.wait(lambda: page.one("#legend").is_displayed(), "an answer")
    page.click_class("cello")
    page.click_class("violin", Keys.SHIFT)
    page.asks("Why cello, rather than violin?")


def note(page):
    return page.one("#note").get_attribute("value")


def notes(page):
    page.wait(lambda: page.one("#note").is_enabled(), "a field for a note")
    page.one("#note").send_keys("The bow, <b>not</b> the body.")
    page.wait(lambda: page.one("#note-state").text == "The note is saved.", "that the note is saved")
    page.driver.refresh()
    page.wait(lambda: note(page) == "The bow, <b>not</b> the body.", "the note after a reload")
    page.click_class("<b>viola</b>", Keys.SHIFT)
    page.asks("Why cello, rather than <b>viola</b>?")
    page.wait(lambda: page.one("#note").is_enabled() and note(page) == "", "no note on another question")
    # Who types and turns away at once loses nothing.
    page.one("#note").send_keys("in haste")
    page.driver.back()
    page.wait(lambda: note(page).startswith("The bow"), "the first note again")
    page.driver.forward()
    page.wait(lambda: note(page) == "in haste", "what was typed in haste")
    page.keep("keep-note")


def opens_history(page):
    page.one("#history").click()
    page.wait(lambda: page.one("#records").is_displayed(), "the history")


def remembers(page):
    opens_history(page)
    page.wait(lambda: len(page.all("#asked-list li")) >= 3, "what was asked")
    titles = [one.text for one in page.all("#asked-list a")]
    assert titles[0] == "Why cello, rather than <b>viola</b>?", titles
    assert "The bow, <b>not</b> the body." in page.one("#asked-list").text
    assert not page.all("#asked-list b"), "a note was taken for markup"
    page.keep("keep-history")
    next(one for one in page.all("#asked-list a") if one.text == "Why cello, rather than violin?").click()
    page.asks("Why cello, rather than violin?")
    assert not page.one("#records").is_displayed(), "the history closes"
    page.one("#history").send_keys(Keys.ENTER)
    page.wait(lambda: page.one("#records").is_displayed(), "the history by a key")
    ActionChains(page.driver).send_keys(Keys.ESCAPE).perform()
    page.wait(lambda: not page.one("#records").is_displayed(), "that Escape closes it")
    assert page.run("return document.activeElement.id") == "history", "the focus is back"


def saves_views(page):
    page.set("opacity", "0.3", "input")
    opens_history(page)
    page.one("#view-name").send_keys("Weak map", Keys.ENTER)
    page.wait(lambda: [one.text for one in page.all("#views-list a")] == ["Weak map"], "the view's name")
    page.keep("keep-view")
    ActionChains(page.driver).send_keys(Keys.ESCAPE).perform()
    page.click_class("violin")
    page.wait(lambda: "violin" in page.title() and page.title().startswith("Why violin"), "another question")
    page.set("opacity", "1", "input")
    opens_history(page)
    page.one("#views-list a").click()
    page.asks("Why cello, rather than violin?")
    assert page.one("#opacity").get_attribute("value") == "0.3", "the look comes back with the view"
    opens_history(page)
    page.one("#views-list button").click()
    page.wait(lambda: not page.all("#views-list a"), "that it is removed")
    ActionChains(page.driver).send_keys(Keys.ESCAPE).perform()


def saved(page, button, ending):
    before = set(downloads.iterdir())
    if not page.one("#save-png").is_displayed():
        page.one("#save-as summary").click()
    page.one(button).click()
    page.wait(lambda: [one for one in set(downloads.iterdir()) - before if one.name.endswith(ending)], f"a file {ending}")
    time.sleep(0.2)
    [path] = [one for one in set(downloads.iterdir()) - before if one.name.endswith(ending)]
    if page.folder:
        (Path(page.folder) / path.name).write_bytes(path.read_bytes())
    return path


def said(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def saves_figures(page):
    png = saved(page, "#save-png", ".png")
    assert png.read_bytes()[:4] == b"\x89PNG" and png.name == "why-cello-rather-than-violin.png", png
    for which, count in [("one", 1), ("all", 5)]:
        page.one(f"[name=save-which][value={which}]").click()
        root = xml.parse(saved(page, "#save-svg", ".svg")).getroot()
        space = "{http://www.w3.org/2000/svg}"
        texts = [one.text for one in root.iter(space + "text")]
        assert "Why cello, rather than violin?" in " ".join(texts), texts
        images = list(root.iter(space + "image"))
        assert len(images) == count, len(images)
        for image in images:
            assert base64.b64decode(image.get("href").split(",")[1])[:4] == b"\x89PNG"
        assert len(list(root.iter(space + "stop"))) >= 50, "the legend has colours"
        pdf = saved(page, "#save-pdf", ".pdf")
        words = " ".join(said("pdftotext", "-layout", pdf, "-").split())
        assert "Why cello, rather than violin?" in words and "log-odds" in words, words
        listed = said("pdfimages", "-list", pdf).splitlines()[2:]
        assert len(listed) == count, listed
        assert "Title:           Why cello, rather than violin?" in said("pdfinfo", pdf)
        # The legend's numbers are the page's.
        high = page.one("#legend-high").text
        assert high in words and high in " ".join(texts), (high, words, texts)
        said("pdftoppm", "-r", "72", "-png", pdf, str(downloads / which))
        shown = numpy.asarray(load_picture(next(downloads.glob(f"{which}-*.png"))))
        assert len({tuple(color) for color in shown.reshape(-1, 3)[::7]}) > 30, "the figure is empty"
        if page.folder:
            (Path(page.folder) / f"pdf-{which}.png").write_bytes(next(downloads.glob(f"{which}-*.png")).read_bytes())
    page.keep("keep-save-as")
    numbers = numpy.load(saved(page, "#save-npz", ".npz"))
    assert any(name.startswith("why-cello-rather-than-violin") for name in numbers.files), numbers.files
    # All maps as one picture.
    page.one("[name=save-which][value=all]").click()
    assert load_picture(saved(page, "#save-png", ".png")).size[0] > 1000
    page.one("[name=save-which][value=one]").click()


def load_picture(path):
    from PIL import Image

    return Image.open(path).convert("RGB")


def saves_whole_answers(page):
    page.one("#tab-whole").click()
    page.wait(lambda: len(page.all(".cluster")) >= 1 and not page.one("#working").is_displayed(), "clusters")
    page.wait(lambda: page.one("#keep").is_displayed(), "what can be kept")
    page.wait(lambda: page.one("#note").is_enabled(), "that the question is written down")
    if not page.one("#save-png").is_displayed():
        page.one("#save-as summary").click()
    if page.one("#save-which").is_displayed():
        page.one("[name=save-which][value=all]").click()
    pdf = saved(page, "#save-pdf", ".pdf")
    words = " ".join(said("pdftotext", "-layout", pdf, "-").split())
    assert "The whole answer" in words and "Cluster 1:" in words, words
    said("pdftoppm", "-r", "72", "-png", pdf, str(downloads / "whole"))
    if page.folder:
        (Path(page.folder) / "pdf-whole.png").write_bytes(next(downloads.glob("whole-*.png")).read_bytes())
    page.one("#tab-question").click()
    page.asks("Why cello, rather than violin?")


def writes_any_letters(page):
    """Letters that Helvetica lacks, powers, brackets: all are found in the text of the PDF again."""
    told = ["Why 大提琴, rather than Ω?", "−1.5 × 10⁻⁵", r"(a\b) – “Žluťoučký” & <b>é</b> 100 %", "Ünïcode ½ €"]
    data = page.driver.execute_async_script("""
      const [texts, done] = arguments
      const parts = texts.map((text, i) => ({ kind: 'text', x: 20, y: 30 + 25 * i, text, size: 12, isBold: i === 0, isSoft: false, align: 'start' }))
      import('/export-pdf.js').then(({ pdfOf }) => pdfOf({ width: 320, height: 140, title: texts[0], about: '', parts }))
        .then((blob) => { const reader = new FileReader(); reader.onload = () => done(reader.result); reader.readAsDataURL(blob) })""", told)
    pdf = downloads / "letters.pdf"
    pdf.write_bytes(base64.b64decode(data.split(",")[1]))
    words = said("pdftotext", "-layout", pdf, "-")
    for text in [told[0], told[2], told[3]]:
        assert text in words, (text, words)
    # What is raised is read as plain digits.
    assert re.search(r"−1\.5 × 10\s*−\s*5", words), words
    assert "大提琴" in said("pdfinfo", pdf)
    said("pdftoppm", "-r", "144", "-png", pdf, str(downloads / "letters"))
    if page.folder:
        (Path(page.folder) / "pdf-letters.png").write_bytes(next(downloads.glob("letters-*.png")).read_bytes())


def copies(page):
    page.driver.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})
    for button, place, start in [("#copy", "#command", "rather explain"), ("#copy-swift", "#swift", "import Rather")]:
        page.one(button).click()
        page.wait(lambda: page.one(button).text == "Copied", "that it is copied")
        held = page.driver.execute_async_script("const done = arguments[0]; navigator.clipboard.readText().then(done, (e) => done('' + e))")
        assert held == page.one(place).get_attribute("textContent") and held.startswith(start), held


def is_accessible_open(page):
    page.run("document.getElementById('command-box').open = true")
    is_accessible(page)
    opens_history(page)
    fits(page)
    is_accessible(page)
    ActionChains(page.driver).send_keys(Keys.ESCAPE).perform()


if __name__ == "__main__":
    play([asks, notes, remembers, saves_views, saves_figures, saves_whole_answers, writes_any_letters, copies, fits,
          is_accessible_open, is_quiet], "keep")
