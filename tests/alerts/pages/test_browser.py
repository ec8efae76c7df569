"""The pages in a real browser, with JavaScript off."""

from itertools import groupby

import pytest

from alerts import links
from tests.browser import needs_browser

pytestmark = needs_browser


@pytest.mark.slow
def test_the_whole_way_in_and_out_by_a_browser_without_javascript(site, browser):
    browser.open(f"{site.url}/subscribe")
    assert not browser.shown("input[value=stockton]")
    browser.click("input[value=chosen]")
    assert browser.shown("input[value=stockton]")
    browser.click("input[value=stockton]")
    browser.write("#email", "ben@example.org")
    browser.press("button")
    assert browser.text("h1") == "Look into your mailbox"
    assert browser.axe() == []
    (mail,) = site.mails(1)
    text = mail.get_body(("plain",)).get_content()
    browser.open(next(word for word in text.split() if "/confirm/" in word))
    assert site.subscriber("ben@example.org") is None
    browser.press("button")
    assert browser.text("h1") == "You are subscribed"
    assert browser.axe() == []
    assert site.subscriber("ben@example.org").subscription.topics == ("stockton",)
    browser.open(site.preferences("ben@example.org"))
    browser.click("input[value=eric-jones]")
    browser.press("button")
    assert browser.text("h1") == "Saved"
    assert browser.axe() == []
    assert set(site.subscriber("ben@example.org").subscription.topics) == {"stockton", "eric-jones"}
    browser.open(site.leave("ben@example.org"))
    assert site.subscriber("ben@example.org").state == "active"
    browser.press("button")
    assert browser.text("h1") == "You are unsubscribed"
    assert browser.axe() == []
    assert site.subscriber("ben@example.org").state == "unsubscribed"


@pytest.mark.slow
def test_pages_fit_narrow_and_wide_windows_in_light_and_dark(site, newsroom, browser):
    newsroom.subscribe("ana@example.org", topics=("stockton",))
    confirm = site.ask()
    refuse = site.url + links.decline(site.keys, 1)
    places = ("/subscribe", "/feeds", "/nowhere", confirm, refuse, site.preferences(), site.leave())
    for address in (place if "://" in place else site.url + place for place in places):
        browser.open(address)
        for width in (360, 800):
            assert browser.fits(width, "light")
            light = browser.background()
            assert browser.axe(width, "light") == []
            assert browser.fits(width, "dark")
            assert browser.background() != light
            assert browser.axe(width, "dark") == []


@pytest.mark.slow
def test_a_form_with_a_mistake_in_it_tells_everybody(site, browser):
    browser.open(f"{site.url}/subscribe")
    browser.write("#email", "nobody")
    browser.press("button")
    assert browser.shown("#email-wrong")
    for scheme in ("light", "dark"):
        assert browser.fits(360, scheme)
        assert browser.axe(360, scheme) == []


@pytest.mark.slow
def test_a_person_subscribes_and_leaves_by_the_keyboard_alone(site, newsroom, browser):
    newsroom.subscribe("ana@example.org")
    browser.open(f"{site.url}/subscribe")
    seen = []
    while not seen or seen[-1][0] != "button":
        browser.key("Tab", 9)
        seen.append(browser.focused())
        if seen[-1][0] == "email":
            browser.tell("Input.insertText", text="ben@example.org")
        assert len(seen) < 20
    assert [name for name, _ in groupby(name for name, _ in seen)] == [
        "email", "scope=all", "every", "at", "time_zone", "empty=note", "button"
    ]  # fmt: skip
    assert all(outline != "none" for name, outline in seen if name != "at"), seen  # a clock's parts show it themselves
    browser.key("Enter", 13, "\r")
    browser.loaded()
    assert browser.text("h1") == "Look into your mailbox"
    browser.open(site.leave())
    while browser.focused()[0] != "unsubscribe=yes":
        browser.key("Tab", 9)
    browser.key("Enter", 13, "\r")
    browser.loaded()
    assert site.subscriber().state == "unsubscribed"
