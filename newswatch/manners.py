"""What a run refuses to do: to ask other people's sites, or to write to people, under a made-up name."""

import ipaddress
import re
from collections.abc import Sequence
from email.utils import parseaddr
from urllib.parse import urlsplit

from config.loading import Config
from monitor.errors import NewswatchError
from monitor.records import Source

_MADE_UP = re.compile(r"(?:^|\.)(?:example(?:\.[a-z]+)?|test|invalid|localhost)$")
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class MannersError(NewswatchError):
    """A run would be rude; `reasons` say how, and how to mend it."""

    exit_code = 2

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


def refusals(config: Config) -> list[str]:
    """Why a run would refuse to start; empty when it would not."""
    return [*contact_refusals(config, config.sources), *sender_refusals(config)]


def contact_refusals(config: Config, sources: tuple[Source, ...]) -> list[str]:
    """Why these sources must not be asked under this contact."""
    crawl = config.settings.crawl
    if not _made_up(_host_of(crawl.contact)):
        return []
    networks = [ipaddress.ip_network(network) for network in crawl.allow_networks]
    outside = next((source for source in sources if not _inside(source.home, networks)), None)
    if outside is None:
        return []
    shown = repr(crawl.contact) if crawl.contact else "empty"
    return [
        f"newswatch.yaml: crawl.contact: is {shown}, which reaches nobody; {outside.name} and other sites must be "
        "able to reach you: write your own page or mail address"
    ]


def sender_refusals(config: Config) -> list[str]:
    """Why mails must not, or cannot, go out under this sender."""
    mail = config.settings.mail
    host = urlsplit(mail.transport).hostname or ""
    unsigned = _unsigned(config)
    if mail.transport.startswith("file:") or host in _THIS_MACHINE or not _made_up(_host_of(mail.sender)):
        return unsigned
    return [
        f"newswatch.yaml: mail.from: is {mail.sender!r}, which is nobody's address; mails through {host} need a sender "
        "of your own",
        *unsigned,
    ]


def _unsigned(config: Config) -> list[str]:
    """Why mails cannot be signed, where they are to be."""
    if not config.settings.mail.dkim.selector:
        return []
    from alerts.dkim_signing import DkimError
    from newswatch.letterhead import signer

    try:
        signer(config.settings)
    except DkimError as error:
        return [f"newswatch.yaml: {error}"]
    return []


def _host_of(contact: str) -> str:
    if "://" in contact:
        return (urlsplit(contact).hostname or "").lower()
    return parseaddr(contact)[1].rpartition("@")[2].lower() or contact.lower()


def _made_up(host: str) -> bool:
    return not host or bool(_MADE_UP.search(host))


def _inside(url: str, networks: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        return False
    return any(address in network for network in networks)
