"""When each host was last asked, from one run to the next: the delay holds between runs as well."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta


def monotonic(instants: Mapping[str, datetime]) -> dict[str, float]:
    """Instants of real time on this process' monotonic clock; one in the future counts as now."""
    now, here = datetime.now(UTC), time.monotonic()
    return {host: here - max(0.0, (now - instant).total_seconds()) for host, instant in instants.items()}


def instants(last_asked: Mapping[str, float], longest: float) -> dict[str, datetime]:
    """The hosts asked within `longest` seconds, as instants of real time."""
    now, here = datetime.now(UTC), time.monotonic()
    return {host: now - timedelta(seconds=here - at) for host, at in last_asked.items() if here - at < longest}
