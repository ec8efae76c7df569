import logging
import re

import pytest

ADDRESSES = [
    "/subscribe",
    "/confirm/x",
    "/preferences/x",
    "/unsubscribe/x",
    "/nowhere",
    "/",
    "/style.css",
    "/%00",
    "/a//b",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "HEAD"])
def test_every_answer_carries_the_headers_and_no_cookie(site, address, method):
    answer = site.request(method, address, b"email=x" if method == "POST" else None, {"Cookie": "a=b"})
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cache-control"] == (
        "public, max-age=3600" if address == "/style.css" and answer.status == 200 else "no-store"
    )
    assert "set-cookie" not in answer.headers
    assert "server" not in answer.headers
    assert answer.status < 500


def test_pages_need_nothing_from_elsewhere_and_no_script(site, newsroom):
    newsroom.subscribe("ana@example.org")
    confirm = site.ask()
    for address in ("/subscribe", confirm, site.preferences(), site.leave(), "/nowhere"):
        text = site.get(address).text
        assert "<script" not in text
        assert " style=" not in text
        assert not re.search(r"\son\w+=", text)
        links = re.findall(r'(?:src|href|action)="([^"]*)"', text)
        assert all(link.startswith("/") for link in links)
        for link in links:
            assert site.get(link).status == 200


def test_a_fault_is_told_without_a_word_of_the_request(site, caplog):
    address = "ana@example.org"

    def broken():
        raise RuntimeError(address)

    object.__setattr__(site.service, "topics", broken)
    with caplog.at_level(logging.DEBUG):
        answer = site.post("/subscribe", {"email": address})
    assert answer.status == 500
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "RuntimeError" in caplog.text
    assert "ana@" not in caplog.text + answer.text


def test_the_log_names_neither_address_nor_token(site, newsroom, caplog):
    newsroom.subscribe("ana@example.org")
    with caplog.at_level(logging.DEBUG):
        confirm = site.ask("ben@example.org")
        site.post(confirm, {"confirm": "yes"})
        for link in (site.preferences(), site.leave("ben@example.org"), site.leave("ben@example.org") + "x"):
            site.get(link)
            site.post(link, {"List-Unsubscribe": "One-Click", "save": "yes"})
        site.post("/subscribe", {"email": "not an address@"})
    assert "unsubscribed" in caplog.text
    assert "@" not in caplog.text
    assert confirm.rpartition("/")[2] not in caplog.text
    assert "/unsubscribe/" not in caplog.text


def test_a_body_too_large_is_refused(site):
    answer = site.request(
        "POST", "/subscribe", b"email=" + b"a" * 300_000, {"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status == 413


@pytest.mark.parametrize("site", ["/news"], indirect=True)
def test_a_site_with_a_path_is_served_there_and_at_the_root(site, newsroom):
    newsroom.subscribe("ana@example.org")
    assert site.url.endswith("/news")
    for answer in (site.get(f"{site.url}/subscribe"), site.get(f"http://127.0.0.1:{site.port}/subscribe")):
        assert answer.status == 200
        assert 'action="/news/subscribe"' in answer.text
        assert 'href="/news/style.css"' in answer.text
    assert site.get("/style.css").status == 200
    assert "/news/unsubscribe/" in site.leave()
    assert site.post(site.leave(), {"List-Unsubscribe": "One-Click"}).status == 200
    assert site.subscriber().state == "unsubscribed"
    assert site.get("/").headers["location"] == "/news/subscribe"
