"""The words of a mail, out of its template: subject, text part and HTML part."""

import textwrap
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import css_inline
import jinja2
from markupsafe import Markup

from alerts.digests import Digest
from alerts.quotes import Quote
from alerts.views import view
from alerts.wording import header


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The words of one mail."""

    subject: str
    text: str
    html: str


def render(digest: Digest, site: str, leave_url: str, *, preferences_url: str = "", alert: bool = False) -> Rendered:
    """The words of a digest (or, `alert`, of a mail about its one story)."""
    mail = view(digest, site, leave_url, preferences_url=preferences_url, alert=alert)
    return written("digest", mail.subject, mail=mail)


def written(template: str, subject: str, **values: Any) -> Rendered:
    """The words of a mail, from `templates/<template>.txt` and `.html`."""
    values |= {"subject": header(subject)}
    html = _environment().get_template(f"{template}.html").render(values, css=_css())
    text = _texts().get_template(f"{template}.txt").render(values)
    return Rendered(subject=values["subject"], text=text, html=_inliner().inline(html.strip()))


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.PackageLoader("alerts")
    return jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


@cache
def _texts() -> jinja2.Environment:
    """The text part has nothing to escape."""
    environment = _environment().overlay(autoescape=False)
    environment.filters |= {"underlined": _underlined, "plain": _plain, "quoted": _quoted}
    return environment


@cache
def _css() -> Markup:
    return Markup(files("alerts").joinpath("templates/mail.css").read_text(encoding="utf-8"))  # noqa: S704 - ours


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False, minify_css=True)


def _underlined(text: str) -> str:
    return f"{text}\n{'-' * min(len(text), 72)}"


def _plain(quote: Quote) -> str:
    return "".join(piece.text for piece in quote)


def _quoted(text: str) -> str:
    return textwrap.fill(text, 76, initial_indent="> ", subsequent_indent="> ", break_long_words=False)
