"""Logs in to the workbench and out again as a person does, in Chromium, and prints a line for each scenario.

    browse_login.py ADDRESS PICTURE [FOLDER]   the token is correct-horse-battery
"""

from selenium.webdriver.common.keys import Keys

from browser import fits, is_accessible, is_quiet, play


def is_asked_for_the_token(page):
    page.driver.get(page.address + "/#explainer=rise")
    page.wait(lambda: page.one("#token").is_displayed(), "the form")
    assert page.run("return document.activeElement.id") == "token", "one can type at once"
    page.one("#token").send_keys("a wrong guess", Keys.ENTER)
    page.wait(lambda: "not the token" in page.one("[role=alert]").text, "that it was wrong")
    page.keep("login-wrong")
    page.driver.get_log("browser")  # The browser itself tells there that a guess was refused.


def works_without_scripts(page):
    page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    page.driver.get(page.address + "/login?next=%2F")
    page.one("#token").send_keys("correct-horse-battery", Keys.ENTER)
    page.wait(lambda: page.driver.title.startswith("Rather: why"), "the page")
    page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    page.driver.delete_all_cookies()


def logs_in(page):
    page.driver.get("about:blank")
    page.driver.get(page.address + "/#explainer=rise")
    page.one("#token").send_keys("correct-horse-battery", Keys.ENTER)
    page.wait(lambda: len(page.all("#strip button")) == 2, "the pictures")
    assert page.driver.current_url.endswith("#explainer=rise"), "the state is still there: " + page.driver.current_url
    page.all("#strip button")[0].click()
    page.wait(lambda: len(page.all(".bar")) == 3, "an answer")
    page.keep("logged-in")


def logs_out(page):
    page.one("#log-out").click()
    page.wait(lambda: page.one("#token").is_displayed(), "the form")
    page.driver.get(page.address + "/")
    page.wait(lambda: page.one("#token").is_displayed(), "the form again")


if __name__ == "__main__":
    play([is_asked_for_the_token, works_without_scripts, logs_in, logs_out, fits, is_quiet, is_accessible], "login")
