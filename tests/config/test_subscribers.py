"""subscribers.yaml with channels: what is taken, and that no address is ever shown."""

from pathlib import Path

import pytest

from monitor import channels
from tests.config.test_loading import complaints, loaded

HIDDEN = "s3cret"


def test_a_channel_is_known_by_a_name(tmp_path: Path) -> None:
    config = loaded(
        tmp_path,
        subscribers=f"subscribers:\n  - {{to: 'WEBHOOK+HTTPS://hook.example/{HIDDEN}', every: hourly}}\n"
        f"  - {{to: 'ntfy://ntfy.sh/{HIDDEN}'}}\n",
    )
    first, second = config.subscribers
    assert (first.channel, first.every) == (f"https://hook.example/{HIDDEN}", "hourly")
    assert first.email == channels.name(first.channel)
    assert first.email.startswith("webhook:hook.example:")
    assert second.email.startswith("ntfy:")
    assert HIDDEN not in repr(config)


@pytest.mark.parametrize(
    ("entry", "words"),
    [(f"{{to: '{HIDDEN}'}}", "must be the address of a channel"), (f"{{to: 'https:///{HIDDEN}'}}", "names no host"),
     (f"{{to: 'https://x.example:99999/{HIDDEN}'}}", "names no host, or a port"),
     (f"{{to: 'https://x.example/{HIDDEN} y'}}", "must be the address of a channel"),
     (f"{{to: 'mailto://{HIDDEN}@x.example'}}", "is a mail address: write email:"),
     (f"{{email: 'https://x.example/{HIDDEN}'}}", "write to: for a channel's"),
     (f"{{email: a@x.example, to: 'https://x.example/{HIDDEN}'}}", "has both email: and to:; keep one"),
     (f"{{to: ['https://x.example/{HIDDEN}']}}", "must be a text"), (f"{{too: 'https://x.example/{HIDDEN}'}}", "unknown key; did you mean 'to'?"),
     ("{every: daily}", "needs email:, or to: for a channel"),
     (f"{{to: 'https://x.example/{HIDDEN}', every: 'https://x.example/{HIDDEN}'}}", "must be 'immediately'"),
     (f"{{to: 'https://x.example/{HIDDEN}'}}\n  - {{to: 'webhook+https://x.example/{HIDDEN}'}}", "stands at subscribers.0 already")],
)  # fmt: skip
def test_what_is_wrong_is_told_without_the_address(tmp_path: Path, entry: str, words: str) -> None:
    said = "\n".join(complaints(tmp_path, subscribers=f"subscribers:\n  - {entry}\n"))
    assert words in said
    assert "subscribers.yaml:" in said
    assert HIDDEN not in said
