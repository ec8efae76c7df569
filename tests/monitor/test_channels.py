"""Channels' addresses and the names they are shown by."""

import pytest

from monitor import channels


@pytest.mark.parametrize(
    ("given", "kept", "kind"),
    [("https://Hook.example/A?b=C", "https://Hook.example/A?b=C", "webhook"),
     (" WEBHOOK+HTTP://h.example ", "http://h.example", "webhook"), ("https://user:p@h.example:8443/", "https://user:p@h.example:8443/", "webhook"),
     ("https://[::1]:9/x", "https://[::1]:9/x", "webhook"), ("https://münchen.example/", "https://münchen.example/", "webhook"),
     ("NTFY://ntfy.sh/Topic", "ntfy://ntfy.sh/Topic", "apprise"), ("slack://T/B/x/#a", "slack://T/B/x/#a", "apprise")],
)  # fmt: skip
def test_an_address_is_kept_as_it_is_but_for_its_scheme(given: str, kept: str, kind: str) -> None:
    assert channels.address(given) == kept
    assert channels.kind(kept) == kind
    name = channels.name(kept)
    assert channels.is_name(name)
    assert not channels.is_address(name)
    assert channels.address(channels.address(given)) == kept


@pytest.mark.parametrize(
    "given", ["", "x", "https://", "https:///x", "http://:80/", "https://a b/", "https://x.example:0/", "https://x.example:70000/",
              "https://x.example/\u202e", "mailto:a@b.c", "mailtos://user:pass@x.example", "https://" + "a" * 70 + ".example/"],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_not_shown(given: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as caught:
        channels.address(given)
    assert given in {"", "x", "https://"} or given not in str(caught.value)


def test_a_name_is_always_the_same_and_tells_two_apart() -> None:
    first, second = channels.name("https://h.example/a"), channels.name("https://h.example/b")
    assert first != second
    assert first == channels.name("https://h.example/a") == "webhook:h.example:" + first[-10:]
    assert "token" not in channels.name("tgram://token/chat")
    assert channels.name("tgram://token/chat").startswith("tgram:")
