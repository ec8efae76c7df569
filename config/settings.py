"""newswatch.yaml: the site, the store, the mail and the manners of the crawl; overridden by NEWSWATCH_… variables."""

import ipaddress
import re
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parseaddr
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, PrivateAttr, field_validator

from config.checking import Duration, Durations, Strict, Words, nearest, positive, validate
from config.document import Document
from config.errors import Finding

PREFIX = "NEWSWATCH_"
MOST_LOOKS = 12
"""Times in `crawl.revisit` …"""
SHORTEST = timedelta(minutes=5)
"""… with so much between two of them at least."""
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?")
_LISTS = {"allow_networks", "revisit"}
_PATHS = {"keys_file", "key_file"}
"""Keys that end as the variables do that name a file to read a value from."""
_NOT_SETTINGS = {"NEWSWATCH_CONFIG", "NEWSWATCH_DATA"}


def known_zone(name: str) -> str:
    """An IANA time zone. Raises `ValueError` with the nearest known one."""
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        hint = nearest(name, available_timezones())
        raise ValueError(f"is not a time zone of the IANA database, such as America/Los_Angeles{hint}") from None
    return name


def mail_transport(value: str) -> str:
    """`smtp://host:25`, `smtps://user@host:465`, `smtp+starttls://user@host:587` or `file:outbox/`."""
    if value.startswith("file:") and len(value) > len("file:"):
        return value
    parts = urlsplit(value)
    if parts.scheme not in ("smtp", "smtps", "smtp+starttls") or not parts.hostname:
        raise ValueError("must be smtp://host:25, smtps://user@host:465, smtp+starttls://user@host:587 or file:outbox/")
    _ = parts.port  # raises ValueError where it is no number
    if parts.scheme == "smtp" and parts.username and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ValueError("would send the password in the clear: write smtp+starttls:// or smtps://")
    return value


def store_url(value: str) -> str:
    """`sqlite:///var/newswatch.db` or `postgresql+psycopg://…`."""
    if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("must be sqlite:///var/newswatch.db or postgresql+psycopg://user@host/name")
    return value


def network(value: str) -> str:
    """A network in CIDR form, such as 10.0.0.0/8."""
    try:
        return str(ipaddress.ip_network(value, strict=False))
    except ValueError:
        raise ValueError(f"{value!r} is not a network, such as 127.0.0.0/8 or 10.1.2.3/32") from None


def mail_address(value: str) -> str:
    """An address that mail can be sent to, as it is written; no network is asked."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(value, check_deliverability=False, allow_smtputf8=False, test_environment=True, strict=True)
    except EmailNotValidError as error:
        raise ValueError(f"is not a mail address: {str(error).rstrip('.')}") from None
    return value


def sender_address(value: str) -> str:
    """An address, or a name with an address in angle brackets."""
    if not value.isprintable():
        raise ValueError("is not a mail address: it holds a control character")
    mail_address(parseaddr(value)[1] or value)
    return value


class Site(Strict):
    """Who speaks, and in which time zone."""

    name: str = Field("newswatch", description="The name that mails and pages carry.", min_length=1)
    url: str = Field("", description="Where `newswatch serve` is reached; empty: no pages, and leaving is by mail.")
    time_zone: Annotated[str, AfterValidator(known_zone)] = Field(
        "UTC", description="An IANA zone, for times in reports."
    )
    keys_file: str = Field(
        "keys.txt", description="Keys that sign links, newest first, one a line; made when it is missing."
    )

    @field_validator("url")
    @classmethod
    def _web(cls, value: str) -> str:
        if value and not re.match(r"https?://[^\s/]+", value):
            raise ValueError("must begin with https://")
        return value.rstrip("/")


class Dkim(Strict):
    """A signature on each mail, where the mail server makes none (the extra `dkim`)."""

    selector: str = Field(
        "",
        description="The name of the key in DNS: SELECTOR._domainkey, below the sender's domain; empty: no signature.",
    )
    key_file: str = Field("dkim.pem", description="The private key, RSA or Ed25519, in PEM.", min_length=1)

    @field_validator("selector")
    @classmethod
    def _name(cls, value: str) -> str:
        if value and not all(_LABEL.fullmatch(label) for label in value.split(".")):
            raise ValueError("must be a name in DNS, such as news2026")
        return value


class Mail(Strict):
    """How mails go out."""

    sender: Annotated[str, AfterValidator(sender_address)] = Field(
        "newswatch <newswatch@localhost>", alias="from", description="The sender: Name <address>."
    )
    transport: Annotated[str, AfterValidator(mail_transport)] = Field(
        "file:outbox/",
        description="smtp://host:25, smtps://user@host:465, smtp+starttls://user@host:587, or file:outbox/.",
    )
    password: str = Field("", description="The SMTP password; better in NEWSWATCH_MAIL__PASSWORD_FILE.", repr=False)
    operator: str = Field("", description="Who hears when sources go dark or mails fail; empty: nobody.")
    bounces: str = Field(
        "", description="Where bounces come back to, as address+token@…; empty: to the sender's address so extended."
    )
    dkim: Dkim = Dkim()

    @field_validator("operator", "bounces")
    @classmethod
    def _address(cls, value: str) -> str:
        return mail_address(value) if value else value


class Crawl(Strict):
    """The manners and limits of fetching."""

    contact: str = Field("", description="An address or page in the User-Agent, so that a site can reach you.")
    fresh: Duration = Field(
        timedelta(hours=72),
        description="Stories dated older than this are not fetched, unless their source was dark then.",
    )
    delay: Duration = Field(timedelta(seconds=1), description="Between two requests to one host.")
    timeout: Duration = Field(timedelta(seconds=30), description="For one request, all in all.")
    budget: Duration = Field(
        timedelta(minutes=10), description="A run stops fetching after this, and goes on next time."
    )
    revisit: Durations = Field(
        (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24), timedelta(hours=72)),
        description="Known stories are looked at again so long after they were first fetched; [] means never.",
    )
    allow_networks: Words = Field(
        (), description="Private networks (CIDR) that may be connected to all the same: to fetch pages, for webhooks."
    )

    @field_validator("allow_networks")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(network(v) for v in value)

    @field_validator("revisit")
    @classmethod
    def _falling(cls, value: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
        if len(value) > MOST_LOOKS:
            raise ValueError(f"holds {len(value)} times; more than {MOST_LOOKS} would be a burden to the sites")
        if any(later - earlier < SHORTEST for earlier, later in pairwise((timedelta(), *value))):
            raise ValueError("must be ever longer times, five minutes apart or more, such as [1h, 6h, 24h, 72h]")
        return value

    @field_validator("timeout", "budget", "fresh")
    @classmethod
    def _positive(cls, value: timedelta) -> timedelta:
        return positive(value)


class Proof(Strict):
    """Signs that newswatch itself is at work."""

    canary: bool = Field(
        False, description="Whether a run sends an article of its own through all of newswatch once a day."
    )
    ping: str = Field("", description="An address that is asked for after each run: a dead man's switch; empty: none.")

    @field_validator("ping")
    @classmethod
    def _web(cls, value: str) -> str:
        if value and not re.match(r"https?://[^\s/]+", value):
            raise ValueError("must begin with https://")
        return value


class Settings(Strict):
    """newswatch.yaml. NEWSWATCH_GROUP__KEY sets a key too, and NEWSWATCH_GROUP__KEY_FILE reads it from a file."""

    site: Site = Site()
    store: Annotated[str, AfterValidator(store_url)] = Field(
        "sqlite:///var/newswatch.db", description="sqlite:///path or postgresql+psycopg://user@host/name."
    )
    mail: Mail = Mail()
    crawl: Crawl = Crawl()
    proof: Proof = Proof()
    _directory: Path = PrivateAttr(Path())

    @property
    def directory(self) -> Path:
        """The configuration directory, where relative paths start."""
        return self._directory

    @property
    def keys_file(self) -> Path:
        """Where the signing keys are."""
        return self._directory / self.site.keys_file

    @property
    def dkim_key_file(self) -> Path:
        """Where the key is that signs mails."""
        return self._directory / self.mail.dkim.key_file

    @property
    def lock_file(self) -> Path:
        """What a run holds so that a second one stays away."""
        return self._directory / "var" / "run.lock"

    @property
    def troubles_file(self) -> Path:
        """Where troubles are noted that the store cannot keep, being one of them."""
        return self._directory / "var" / "troubles.json"

    @property
    def cache_directory(self) -> Path:
        """What can be thrown away at any time."""
        return self._directory / "var" / "cache"


def load_settings(
    document: Document, directory: Path, environ: Mapping[str, str]
) -> tuple[Settings | None, list[Finding]]:
    """Settings from newswatch.yaml and the environment, paths made absolute, and what is wrong."""
    if document.findings and document.data is None:
        return None, document.findings
    data, findings, origins = _overlay(document.data, environ)
    overlaid = Document(document.name, "")
    overlaid.__dict__.update(document.__dict__)
    overlaid.data = data
    settings, wrong = validate(overlaid, Settings)
    findings += [_from_environment(finding, origins) for finding in wrong]
    if settings is None or findings:
        return None, findings
    return _absolute(settings, directory), []


def _overlay(data: Any, environ: Mapping[str, str]) -> tuple[Any, list[Finding], dict[str, str]]:
    merged = (
        {k: dict(v) if isinstance(v, dict) else v for k, v in (data or {}).items()}
        if isinstance(data or {}, dict)
        else data
    )
    findings: list[Finding] = []
    origins: dict[str, str] = {}
    for name, value in sorted(environ.items()):
        if not name.startswith(PREFIX) or name in _NOT_SETTINGS or not isinstance(merged, dict):
            continue
        way = name.removeprefix(PREFIX).lower().split("__")
        if way[-1].endswith("_file") and way[-1] not in _PATHS:
            try:
                value = Path(value).read_text(encoding="utf-8").strip()
            except OSError as error:
                findings.append(Finding(file=name, message=f"{value}: {error.strerror}"))
                continue
            way[-1] = way[-1].removesuffix("_file")
        origins[".".join(way)] = name
        group = merged
        for step in way[:-1]:
            below = group.get(step)
            group[step] = below if isinstance(below, dict) else {}
            group = group[step]
        group[way[-1]] = [v.strip() for v in value.split(",") if v.strip()] if way[-1] in _LISTS else value
    return merged, findings, origins


def _from_environment(finding: Finding, origins: Mapping[str, str]) -> Finding:
    for key, name in origins.items():
        if finding.key == key or finding.key.startswith(key + "."):
            return Finding(file=name, key=key, message=finding.message)
    return finding


def _absolute(settings: Settings, directory: Path) -> Settings:
    store, transport = settings.store, settings.mail.transport
    if store.startswith("sqlite:///"):
        store = f"sqlite:///{directory / store.removeprefix('sqlite:///')}"
    if transport.startswith("file:"):
        transport = f"file:{directory / transport.removeprefix('file:')}"
    mail = settings.mail.model_copy(update={"transport": transport})
    placed = settings.model_copy(update={"store": store, "mail": mail})
    placed._directory = directory
    return placed
