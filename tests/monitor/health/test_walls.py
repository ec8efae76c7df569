"""Bot walls are told by their signs, and pages of news with the same vendors' scripts are not taken for them."""

import pytest

from monitor.health import walls

PROSE = "<p>The council met on Monday night and talked for three hours about the ferry. </p>" * 40


def page(inner: str, title: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{inner}</body></html>".encode()


@pytest.mark.parametrize(
    ("who", "status", "headers", "body"),
    [
        ("Cloudflare", 403, {"cf-mitigated": "challenge"}, b""),
        (
            "Cloudflare",
            503,
            {"server": "cloudflare"},
            page("<script>window._cf_chl_opt={}</script>", "Just a moment..."),
        ),
        ("Cloudflare", 200, {}, page("<script>window._cf_chl_opt={}</script>", "Just a moment...")),
        ("DataDome", 403, {}, page('<script src="https://ct.captcha-delivery.com/c.js"></script>')),
        ("DataDome", 200, {}, page("<script>var dd={'rt':'c','cid':'x'}</script>")),
        ("PerimeterX", 403, {}, page('<div id="px-captcha"></div>', "Access to this page has been denied")),
        (
            "Akamai",
            403,
            {"server": "AkamaiGHost"},
            page("You don't have permission. https://errors.edgesuite.net/18.2"),
        ),
        ("Akamai", 403, {"server": "AkamaiGHost"}, page("<h1>Access Denied</h1>")),
        ("Imperva", 200, {}, page("Request unsuccessful. Incapsula incident ID: 1-2")),
        ("AWS WAF", 202, {"x-amzn-waf-action": "challenge"}, b""),
        ("AWS WAF", 405, {}, page("<script>window.gokuProps = {}</script>")),
        ("captcha", 403, {}, page('Are you a robot? <div class="h-captcha"></div>')),
        ("captcha", 200, {}, page("Please verify you are a human")),
        ("captcha", 200, {}, page('Please verify that you are a human <div class="g-recaptcha"></div>')),
    ],
)
def test_a_wall_is_told_by_its_signs(who: str, status: int, headers: dict[str, str], body: bytes) -> None:
    assert walls.wall(status, headers, body) == who


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, {"server": "cloudflare"}, page(PROSE + '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js">')),
        (200, {"x-datadome": "protected"}, page(PROSE + '<script src="https://js.datadome.co/tags.js"></script>')),
        (200, {}, page(PROSE + '<form class="g-recaptcha">Write to us</form>')),
        (
            200,
            {},
            page(PROSE * 3 + "Readers were asked to verify that they are human; captcha-delivery.com was at fault"),
        ),
        (200, {}, b"<?xml version='1.0'?><rss><channel><title>Are you a robot? h-captcha</title></channel></rss>"),
        (403, {"server": "nginx"}, page("<h1>403 Forbidden</h1>")),
        (404, {"server": "cloudflare"}, page("<h1>Not found</h1>")),
        (503, {}, b"down for maintenance"),
        (304, {"server": "cloudflare"}, b""),
    ],
)
def test_what_is_no_wall_is_not_called_one(status: int, headers: dict[str, str], body: bytes) -> None:
    assert walls.wall(status, headers, body) == ""


def test_a_parked_domain_is_told_from_a_page_about_one() -> None:
    assert walls.is_parked(page("<h1>record.example</h1><p>This domain is for sale!</p>"))
    assert walls.is_parked(page('<script src="https://img.sedoparking.com/x.js"></script>'))
    assert not walls.is_parked(page("<p>The city will buy this domain for a park.</p>" + PROSE * 2))
    assert not walls.is_parked(page(PROSE))
