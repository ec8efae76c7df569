"""The guide on channels: what it says is posted is what is posted, and its receiver can tell."""

import json
import re
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from alerts.payloads import part
from alerts.webhooks import secret, signature
from tests.alerts.test_payloads import HOOK, composed
from tests.newsroom import Newsroom

GUIDE = (Path(__file__).parents[2] / "docs" / "guides" / "channels.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_the_sample_has_the_keys_and_kinds_of_what_is_posted(engine: sa.Engine) -> None:
    def shape(value: Any) -> Any:
        return {k: type(v).__name__ for k, v in value.items()}

    shown, posted = (
        json.loads(block("json")),
        json.loads(part(composed(Newsroom(engine=engine), HOOK), "Valley Watch", "k")[1]),
    )
    assert list(shown) == list(posted)
    assert shape(shown) == shape(posted)
    assert list(shown["stories"][0]) == list(posted["stories"][0])
    assert shape(shown["stories"][0]) == shape(posted["stories"][0])
    assert set(shown["stories"][0]["quotes"][0][0]) == set(posted["stories"][0]["quotes"][0][0])


def test_the_receiver_of_the_guide_tells_a_genuine_delivery() -> None:
    names: dict[str, Any] = {}
    exec(block("python"), names)
    key = secret("k", HOOK)
    headers = {"webhook-id": "d1", "webhook-timestamp": "1795550000",
               "webhook-signature": f"{signature(secret('other', HOOK), 'd1', 1795550000, b'{}')} {signature(key, 'd1', 1795550000, b'{}')}"}  # fmt: skip
    assert names["genuine"](key, headers, b"{}")
    assert not names["genuine"](key, headers, b"{ }")
    assert not names["genuine"](secret("third", HOOK), headers, b"{}")
