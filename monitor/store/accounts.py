"""What became of addresses: in the archive, waiting, or let go, and why."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from monitor.store.tables import articles, leads, seen

Became = Literal["archived", "waiting", "failed", "other", "stale", "held", "unseen", "overlooked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of one address."""

    became: Became
    reason: str = ""


def of(connection: sa.Connection, keys: Collection[int]) -> dict[int, Account]:
    """The account of each of `keys` (`monitor.urls.key`) that the store knows."""
    found: dict[int, Account] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        waiting = sa.select(leads.c.key, leads.c.reason).where(leads.c.key.in_(some))
        found |= {k: Account(became="waiting", reason=reason) for k, reason in connection.execute(waiting)}
        done = (
            sa.select(seen.c.key, seen.c.outcome, articles.c.state)
            .outerjoin(articles, articles.c.id == seen.c.article_id)
            .where(seen.c.key.in_(some))
        )
        found |= {k: Account(became=_became(outcome, state)) for k, outcome, state in connection.execute(done)}
    return found


def _became(outcome: str, state: str | None) -> Became:
    if outcome == "article":
        return "held" if state == "held" else "archived"
    return outcome if outcome in ("other", "stale", "held") else "failed"  # type: ignore[return-value]
