"""A sign of life after each run, for a dead man's switch: a service that calls out when none comes."""

import urllib.error
import urllib.request

from monitor.errors import NewswatchError

_SECONDS = 10


class UnheardError(NewswatchError):
    """The sign of life did not arrive; `reason` says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"proof.ping: the sign of life did not arrive: {reason}")


def ping(url: str, agent: str) -> None:
    """Ask for `url`. Raises `UnheardError`; the address may hold a secret, and is never named."""
    request = urllib.request.Request(url, headers={"User-Agent": agent})  # noqa: S310 - the settings check the scheme
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            answer.read(1_000)
    except urllib.error.HTTPError as error:
        raise UnheardError(f"HTTP {error.code}") from error
    except OSError as error:
        reason = getattr(error, "reason", None) or error
        raise UnheardError(str(reason)) from error
