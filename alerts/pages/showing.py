"""Turning templates into pages."""

from functools import cache
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

from alerts.pages.service import service
from alerts.wording import clean


def show(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page `templates/<name>.html`."""
    ours = service(request)
    values |= {"site": clean(ours.head().site), "path": ours.path}
    headers = values.pop("headers", None)
    return HTMLResponse(_environment().get_template(f"{name}.html").render(values), status, headers)


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.PackageLoader("alerts.pages")
    return jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
