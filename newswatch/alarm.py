"""What the operator is told: through the outbox as a rule, and past it where the store is the trouble."""

import contextlib
import logging
import shutil
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from alerts import operator, troubles
from monitor.store.engine import faults, place
from monitor.store.troubles import StoreError
from newswatch.context import Context
from newswatch.letterhead import in_ascii, letterhead, transport

logger = logging.getLogger(__name__)


def tell(context: Context, more: Iterable[operator.Fact] = ()) -> None:
    """Queue a mail to the operator, when there is one and something new to tell; `more` is what the caller knows."""
    settings = context.config.settings
    others = [*_machine(context), *more]
    if settings.mail.operator:
        operator.queue_notice(
            context.store, context.clock, letterhead(context), in_ascii(settings.mail.operator),
            sources={source.name: source.home for source in context.config.sources}, others=others,
        )  # fmt: skip


def _machine(context: Context) -> list[operator.Fact]:
    """What is wrong with the disk and the store, where it has lasted; and that the store, which works, did not."""
    path, now = context.config.settings.troubles_file, context.clock.now()
    before = troubles.standing(path)
    free = shutil.disk_usage(place(context.store) or context.config.settings.directory).free
    lasting = troubles.note(path, now, [troubles.DISK] if free < operator.LITTLE_DISK else [])
    facts = [operator.disk(free, since) for since in lasting.values()]
    if troubles.STORE_TOLD in before:
        facts.append(operator.store_back(before[troubles.STORE], now))
    faults = _faults(context)
    return [*facts, operator.store_damaged(faults)] if faults else facts


def _faults(context: Context) -> list[str]:
    """What the store finds wrong with itself, asked once a day: it reads all of the file."""
    path, today = context.config.settings.cache_directory / "store-checked", f"{context.clock.now():%Y-%m-%d}"
    if path.exists() and path.read_text(encoding="utf-8") == today:
        return []
    found = faults(context.store)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(today, encoding="utf-8")
    return found


@contextlib.contextmanager
def store_watched(context: Context) -> Iterator[None]:
    """While this is entered: where the store fails and that lasts, tell the operator past the outbox, once."""
    try:
        yield
    except (StoreError, sa.exc.DBAPIError) as error:
        _store_failed(context, str(getattr(error, "orig", None) or error))
        raise


def _store_failed(context: Context, reason: str) -> None:
    settings, now = context.config.settings, context.clock.now()
    path = settings.troubles_file
    told = troubles.STORE_TOLD in troubles.standing(path)
    lasting = troubles.note(path, now, [troubles.STORE, *([troubles.STORE_TOLD] if told else [])])
    since = lasting.get(troubles.STORE)
    if told or since is None or not settings.mail.operator:
        return
    fact = operator.store_lost(reason, since)
    mail = operator.notice(letterhead(context), in_ascii(settings.mail.operator), f"operator:{fact.key}", [fact], now)
    way = transport(context)
    reply = way.deliver(mail)
    way.close()
    if reply.outcome in {"sent", "unknown"}:
        troubles.note(path, now, [troubles.STORE, troubles.STORE_TOLD])
    else:
        logger.error("nor can the operator be told by mail: %s", reply)
