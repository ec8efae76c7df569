"""Whether the dates that a way in gives were set by a machine in one go, rather than as its stories came out."""

from collections.abc import Collection
from datetime import datetime, timedelta

from monitor.records import Lead

_DAY = timedelta(days=1)
_ONE_STAMP = timedelta(minutes=10)
"""Within such a span nobody publishes a whole feed."""
_SHARE = 0.8
"""Of a way in's dates, so many in one such span are a stamp."""
_FEW = 3
"""Known stories that have to be dated anew before the others' dates are doubted."""


def are_stamped(leads: Collection[Lead], least: int) -> bool:
    """Whether at least `least` leads are dated, nearly all within minutes: by a machine, and not as they came out."""
    instants = sorted(
        lead.published for lead in leads if lead.published and lead.precision != "day" and not lead.doubtful
    )
    if len(instants) < least:
        return False
    most = round(len(instants) * _SHARE)
    return any(last - first <= _ONE_STAMP for first, last in zip(instants, instants[most - 1 :], strict=False))


def are_dated_anew(known: Collection[tuple[Lead, datetime]]) -> bool:
    """Whether a way in gives stories of which it is known when they were first seen a day that came after it."""
    dated = [(lead.published, seen) for lead, seen in known if lead.published and not lead.doubtful]
    anew = sum(published > seen + _DAY for published, seen in dated)
    return anew >= _FEW and anew * 2 >= len(dated)
