"""Uses the whole answer and the confusions of the workbench as a person does, and prints a line for each scenario.

    browse_tree.py ADDRESS PICTURE [FOLDER]   with FOLDER, keeps a picture of each scenario

The server has a network of eight instruments, a tree of them with three levels, and five pictures in its folder.
"""

import json

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from browser import fits, is_accessible, is_quiet, play


def is_calm(page):
    return page.all(".leaf") and page.all("#tiles canvas") and not page.one("#working").is_displayed()


def calm(page):
    page.wait(lambda: is_calm(page), "the whole answer")


def command(page):
    return page.one("#command").get_attribute("textContent")


def says(page, *words):
    """Waits until the command, which says what the answer is of, has these words."""
    page.wait(lambda: is_calm(page) and all(one in command(page) for one in words), f"{words} in the command")


def clusters(page):
    """The clusters that the dendrogram shows."""
    rows = page.run("""return [...document.querySelectorAll('.leaf:not(.out)')]
      .map(leaf => [leaf.querySelector('.label').textContent, leaf.dataset.place])""")
    places = sorted({place for _, place in rows})
    return {frozenset(label for label, place in rows if place == one) for one in places}


def answered(page, whole):
    """The clusters of the manifest that the server answers with."""
    found = page.driver.execute_async_script("""
      const [whole, done] = arguments
      const input = new URLSearchParams(location.hash.slice(1)).get('input')
      const ask = async () => {
        const asked = await fetch('/api/answers', {method: 'POST', body: JSON.stringify({input, whole})})
        const {id} = await asked.json()
        for (;;) {
          const answer = await (await fetch('/api/answers/' + id)).json()
          if (answer.state !== 'working') return answer.manifest.clusters
          await new Promise(resolve => setTimeout(resolve, 50))
        }
      }
      ask().then(done)""", whole)
    return {frozenset(one["label"] for one in cluster) for cluster in found}


def press(page, beginning):
    """Clicks the branch whose name begins so."""
    dot = page.run("""return [...document.querySelectorAll('#dendrogram .branch')]
      .find(one => one.getAttribute('aria-label').startsWith(arguments[0]))?.querySelector('.dot')""", beginning)
    page.run("arguments[0].scrollIntoView({block: 'center'})", dot)
    ActionChains(page.driver).move_to_element(dot).click().perform()


def leaf(page, label):
    return next(one for one in page.all(".leaf") if one.get_attribute("title") == label)


def opens(page):
    page.driver.get(page.address + "/")
    page.wait(lambda: len(page.all("#strip button")) == 5, "the folder's pictures")
    page.all("#strip button")[0].click()
    page.wait(lambda: page.all(".bar"), "the network's answer")
    page.one("#tab-whole").click()
    calm(page)
    count = len(page.all(".leaf"))
    assert 1 < count <= 5 and page.one("#count-box").get_attribute("value") == str(count), count


def counts(page):
    """The number of classes and their share, by box and by slider, are kept in step."""
    slider = page.one("#count-slider")
    for _ in range(8 - int(slider.get_attribute("value"))):
        slider.send_keys(Keys.ARROW_RIGHT)
    page.wait(lambda: len(page.all(".leaf")) == 8, "eight classes")
    assert page.one("#count-box").get_attribute("value") == "8"
    assert float(page.one("#share-box").get_attribute("value")) > 99, "eight of eight hold all"
    says(page, "--top 8", "--mass 1.0")
    shares = page.run("return [...document.querySelectorAll('.leaf .share')].map(e => parseFloat(e.textContent.replace('<', '')))")
    likely = sorted(shares, reverse=True)
    wanted = (likely[0] + likely[1] + likely[0]) / 2
    page.retype("#share-box", f"{wanted:.1f}", Keys.TAB)
    page.wait(lambda: page.one("#count-box").get_attribute("value") == "2", "the two classes that exceed that share")
    says(page, "--top 50", f"--mass {float(f'{wanted:.1f}') / 100:.3f}".rstrip("0"))
    page.retype("#count-box", "8", Keys.TAB)
    page.wait(lambda: len(page.all(".leaf")) == 8 and page.one("#count-slider").get_attribute("value") == "8", "the slider at eight")
    calm(page)
    page.keep("dendrogram")


def cuts(page):
    """At every level the page has the clusters of the server."""
    slider = page.one("#cut")
    sizes = []
    for level in [1, 2, 3]:
        shown = clusters(page)
        assert shown == answered(page, {"tree": True, "level": level, "limit": 8, "mass": 1}), (level, shown)
        sizes.append(len(shown))
        if level < 3:
            slider.send_keys(Keys.ARROW_UP)
            page.wait(lambda: f"level {level + 1} of 3" in page.one("#cut-value").text, "the next level")
            says(page, f"--level {level + 1}")
    assert sizes == [4, 2, 1], sizes
    slider.send_keys(Keys.HOME)
    page.wait(lambda: len(clusters(page)) == 4, "the lowest level")


def merges(page):
    """A click on a higher branch merges, one on a lower branch undoes that; what is no cut is by hand."""
    calm(page)
    before = clusters(page)
    press(page, "Level 2")
    page.wait(lambda: len(clusters(page)) == 3, "two clusters in one")
    assert page.one("#by-hand").is_displayed(), "three clusters are no cut"
    says(page, "--clusters")
    page.keep("merged")
    press(page, "Level 3")
    page.wait(lambda: len(clusters(page)) == 1 and not page.one("#by-hand").is_displayed(), "all in one, which is a cut")
    says(page, "--level 3")
    press(page, "Level 1")
    page.wait(lambda: clusters(page) == before, "the clusters from before")
    press(page, "Level 1")
    page.wait(lambda: len(clusters(page)) == 5, "a cluster split into its classes")
    page.one("#follow-tree").click()
    page.wait(lambda: clusters(page) == before, "the tree again")


def drags(page):
    calm(page)
    cello, oboe = leaf(page, "cello"), leaf(page, "oboe")
    page.run("arguments[0].scrollIntoView({block: 'center'})", cello)
    ActionChains(page.driver).move_to_element(cello.find_element("css selector", ".label")).click_and_hold() \
        .move_by_offset(0, 12).move_to_element(oboe.find_element("css selector", ".label")).release().perform()
    page.wait(lambda: frozenset(["cello", "flute", "oboe"]) in clusters(page), "cello with the pipes")
    says(page, "--clusters")
    shown = clusters(page)
    text = json.loads(page.run("return JSON.stringify(new URLSearchParams(location.hash.slice(1)).get('clusters'))"))
    assert shown == answered(page, {"clusters": text, "limit": 8, "mass": 1}), text
    cello = leaf(page, "cello")
    page.run("arguments[0].scrollIntoView({block: 'center'})", cello)
    ActionChains(page.driver).move_to_element(cello.find_element("css selector", ".label")).click_and_hold() \
        .move_by_offset(0, 12).perform()
    ActionChains(page.driver).move_to_element(page.one("#own-cluster")).release().perform()
    page.wait(lambda: frozenset(["cello"]) in clusters(page), "cello by itself")


def moves_by_keys(page):
    """Whoever has no mouse chooses a class's cluster, and walks along the branches by the arrows."""
    place = leaf(page, "violin").find_element("css selector", "select").get_attribute("value")
    page.run("arguments[0].querySelector('select').focus()", leaf(page, "cello"))
    ActionChains(page.driver).send_keys(str(int(place) + 1)).perform()
    page.wait(lambda: frozenset(["cello", "violin"]) in clusters(page), "cello with the violin")
    assert page.run("return document.activeElement.getAttribute('aria-label')") == "Cluster of cello"
    assert not page.one("#by-hand").is_displayed(), "these are the clusters of the tree"
    page.run("document.querySelector('#dendrogram .branch[tabindex=\"0\"]').focus()")
    ActionChains(page.driver).send_keys(Keys.ARROW_RIGHT, Keys.ENTER).perform()
    page.wait(lambda: len(clusters(page)) == 3, "a branch pressed by Enter")
    assert page.run("return document.activeElement.getAttribute('aria-label')").startswith("Level 2"), "the focus stays"
    page.driver.back()
    page.wait(lambda: len(clusters(page)) == 4, "the clusters from before")


def takes_out(page):
    calm(page)
    leaf(page, "viola").find_element("css selector", "input").click()
    says(page, "--without viola")
    assert not [one for one in page.all("#tiles strong") if "viola" in one.text], "a class that is out has a map"
    assert "out" in leaf(page, "viola").get_attribute("class") and "One is taken out" in page.one("#whole-sum").text
    page.keep("taken-out")
    leaf(page, "viola").find_element("css selector", "input").click()
    page.wait(lambda: "--without" not in command(page), "it back again")


def chooses(page):
    """Scheme, threshold and the explainers of the stages."""
    calm(page)
    page.one("#scheme input[value='cwox-1sb']").find_element("xpath", "..").click()
    says(page, "--scheme cwox-1sb")
    assert not page.one("#support-field").is_displayed(), "one stage has no threshold"
    page.one("#scheme input[value='cwox-2s']").find_element("xpath", "..").click()
    page.wait(lambda: "--scheme" not in command(page), "two stages")
    page.one("#support-slider").send_keys(Keys.ARROW_RIGHT)
    says(page, "--support percentile:51")
    page.retype("#support-box", "20", Keys.TAB)
    says(page, "--support percentile:20")
    page.one("#stages-box summary").click()
    page.set("cluster-explainer", "saliency")
    says(page, "--cluster-explainer saliency")
    page.keep("chosen")


def stays(page):
    address, shown = page.driver.current_url, clusters(page)
    leaf(page, "harp").find_element("css selector", "input").click()
    says(page, "--without harp")
    page.driver.refresh()
    says(page, "--without harp", "--support percentile:20", "--cluster-explainer saliency")
    page.driver.back()
    page.wait(lambda: page.driver.current_url == address and clusters(page) == shown, "the answer from before")
    calm(page)


def pictures(page):
    """Each class has a small picture where one of the folder's is taken for it."""
    page.wait(lambda: page.all(".leaf img.thumb") and page.all("#tiles img.thumb"), "small pictures of classes")


def confuses(page):
    """The whole tree: cut, unfolded, searched, and with the pictures that fall into a cluster."""
    page.one("#tab-confusions").click()
    page.wait(lambda: page.all(".rows button"), "the tree's rows")
    page.set("confusions-level", "2", "input")
    page.wait(lambda: len(page.all(".rows button")) == 2, "two clusters at level 2")
    page.all(".rows button")[0].click()
    page.wait(lambda: "4 classes" in page.one("#confusions-cluster h3").text, "the classes of a cluster")
    ActionChains(page.driver).send_keys(Keys.ARROW_RIGHT).perform()
    page.wait(lambda: len(page.all(".rows button")) == 3, "a cluster unfolded by a key")
    field = page.one("#view-confusions .chooser input")
    field.send_keys("obo", Keys.ENTER)
    page.wait(lambda: [one.text for one in page.all(".rows [aria-current]")] == ["oboe"], "the class that was searched")
    page.one("#tree-larger").click()
    page.keep("confusions")
    page.driver.refresh()
    page.wait(lambda: [one.text for one in page.all(".rows [aria-current]")] == ["oboe"], "the same after a reload")


def shows_photos(page):
    """A picture that falls into a cluster is opened as a whole answer."""
    page.set("confusions-level", "3", "input")
    page.wait(lambda: len(page.all(".rows button")) == 1, "one cluster")
    page.all(".rows button")[0].click()
    page.wait(lambda: page.all(".pictures button"), "pictures that fall into it")
    page.keep("confusions-pictures")
    page.one(".pictures button").click()
    page.wait(lambda: page.one("#tab-whole").get_attribute("aria-selected") == "true", "the whole answer")
    says(page, "--level 3")
    page.driver.back()
    page.wait(lambda: page.all(".pictures button"), "the confusions again")


def fits_whole(page):
    page.subject = "whole"
    fits(page)


def fits_confusions(page):
    page.subject = "confusions"
    fits(page)


if __name__ == "__main__":
    play([opens, counts, cuts, merges, drags, moves_by_keys, takes_out, chooses, stays, pictures, fits_whole, is_accessible,
          confuses, shows_photos, fits_confusions, is_accessible, is_quiet], "tree")
