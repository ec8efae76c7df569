"""Addresses, and subscribers.yaml laid over the store."""

import json
import os
from pathlib import Path

import pytest

from alerts import cycle, tokens
from alerts.subscriptions import AddressError, address
from monitor.records import Subscription
from monitor.store import subscribers
from tests.newsroom import Newsroom

TABLE = Path(os.environ.get("NEWSWATCH_DATA") or Path(__file__).parents[3] / "shared" / "data") / "adversarial/tables"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a@example.test", "a@example.test"), ("A.B+tag@Example.TEST", "A.B+tag@example.test"),
        ("a@münchen.de", "a@xn--mnchen-3ya.de"), ('"quoted x"@example.test', None), ("a@b", None), ("", None),
        ("a b@example.test", None), ("a@example.test\r\nBcc: v@evil.test", None), ("<a@example.test>", None),
        ("a@example.test,b@example.test", None), ("x" * 65 + "@example.test", None), ("josé@example.org", None),
        ("a@example.test\0", None),
    ],
)  # fmt: skip
def test_an_address_is_checked_and_brought_into_one_form(text: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(AddressError):
            address(text)
    else:
        assert address(text) == kept


@pytest.mark.skipif(not TABLE.exists(), reason="the adversarial data is not here")
def test_the_table_of_addresses() -> None:
    for line in (TABLE / "addresses.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line) if line else {"addr": "", "accept": False}
        if case["accept"]:
            address(case["addr"])
        else:
            with pytest.raises(AddressError):
                address(case["addr"])


def lay(newsroom: Newsroom, *wanted: Subscription) -> dict[str, str]:
    """Lay a subscribers.yaml over the store; each address's state."""
    cycle.begin(newsroom.engine, newsroom.clock, wanted, ["stockton"])
    with newsroom.engine.connect() as connection:
        return {s.subscription.email: s.state for s in subscribers.every(connection)}


def test_the_file_seeds_changes_and_removes_what_nobody_else_touched(newsroom: Newsroom) -> None:
    ana, bea = Subscription(email="ana@example.org"), Subscription(email="bea@Example.org", every="hourly")
    assert lay(newsroom, ana, bea) == {"ana@example.org": "active", "bea@example.org": "active"}
    assert lay(newsroom, bea) == {"ana@example.org": "removed", "bea@example.org": "active"}
    assert lay(newsroom, ana)["ana@example.org"] == "active"


def test_what_a_command_changed_wins_and_who_left_stays_out(newsroom: Newsroom) -> None:
    ana = Subscription(email="ana@example.org", every="daily")
    lay(newsroom, ana)
    with newsroom.engine.begin() as connection:
        subscribers.change(connection, 1, Subscription(email="ana@example.org", every="weekly"), changed=True)
    lay(newsroom, ana)
    lay(newsroom)
    with newsroom.engine.begin() as connection:
        found = subscribers.find(connection, "ana@example.org")
        assert found is not None
        assert (found.subscription.every, found.state) == ("weekly", "active")
        subscribers.set_state(connection, 1, "unsubscribed")
    assert lay(newsroom, ana) == {"ana@example.org": "unsubscribed"}


def test_keys_are_made_once_and_can_be_rotated(tmp_path: Path) -> None:
    path = tmp_path / "keys.txt"
    first = tokens.load_keys(path)
    assert tokens.load_keys(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    link, envelope = tokens.sign(first, tokens.UNSUBSCRIBE, 7), tokens.envelope(first, 7)
    path.write_text(f"a-new-key-{'x' * 30}\n{path.read_text()}")
    both = tokens.load_keys(path)
    assert tokens.read(both, tokens.UNSUBSCRIBE, link) == 7
    assert tokens.read_envelope(both, envelope) == 7
    assert tokens.sign(both, tokens.UNSUBSCRIBE, 7) != link
    assert tokens.read(both, "another purpose", link) is None
    assert tokens.read(both[1:], tokens.UNSUBSCRIBE, link) is None
