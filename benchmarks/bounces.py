"""Reads real bounces and complaints, and prints how many are taken for what they are.

    python benchmarks/bounces.py            # dsn/ of the adversarial data; -v names every mistake

The data folder is NEWSWATCH_DATA, else ../shared/data. Exits with 1 when a bar is missed.
"""

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

DATA = Path(os.environ.get("NEWSWATCH_DATA") or ROOT.parent / "shared" / "data") / "adversarial"
KINDS = ("hard", "soft", "complaint", "not_bounce")


def main() -> int:
    """Print the table; 1 when a bar is missed."""
    from alerts.reports import read

    manifest = DATA / "MANIFEST.jsonl"
    if not manifest.exists():
        print(f"skipped: {manifest} is not there; set NEWSWATCH_DATA")
        return 0
    counts: Counter[tuple[str, str]] = Counter()
    slowest = 0.0
    for line in manifest.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        truth = str(entry.get("must", "")).partition(":")[0].partition(" ")[0]
        if not str(entry.get("file", "")).startswith("dsn/"):
            continue
        started = time.perf_counter()
        report = read((DATA / entry["file"]).read_bytes())
        slowest = max(slowest, time.perf_counter() - started)
        if truth not in KINDS:
            continue
        counts[truth, report.kind] += 1
        if "-v" in sys.argv and truth != report.kind:
            print(f"{entry['file']}: {truth} {entry.get('expected')} read as {report.kind}: {report.reason}")
    return 0 if _told(counts, slowest) else 1


def _told(counts: Counter[tuple[str, str]], slowest: float) -> bool:
    def share(truths: tuple[str, ...], kind: str) -> tuple[int, int, float]:
        hits = sum(counts[truth, kind] for truth in truths)
        total = sum(number for (truth, _), number in counts.items() if truth in truths)
        return hits, total, 100 * hits / max(total, 1)

    hard, wrong = share(("hard",), "hard"), share(("soft", "complaint", "not_bounce"), "hard")
    complaints = share(("complaint",), "complaint")
    print(f"hard found {hard[0]} of {hard[1]}: {hard[2]:.1f} % (bar 75, goal 90)")
    print(f"others called hard {wrong[0]} of {wrong[1]}: {wrong[2]:.1f} % (bar 2, goal 1)")
    print(f"complaints found {complaints[0]} of {complaints[1]}: {complaints[2]:.1f} % (bar 95)")
    print(f"slowest message {1000 * slowest:.0f} ms")
    return hard[2] >= 75 and wrong[2] <= 2 and complaints[2] >= 95


if __name__ == "__main__":
    sys.exit(main())
