"""What a matcher costs a new process: its memory, and the time until it stands."""

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from monitor.records import Topic

MEMORY = """
import pickle, sys
from pathlib import Path
from monitor.matching import Lexicon, Matcher
from monitor.records import Article
topics, bodies = pickle.loads(open(sys.argv[1], "rb").read())
matcher = Matcher(topics, Lexicon.shipped())
for body in bodies:
    matcher.match(Article(body=body))
status = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
print(int(status["VmHWM"].split()[0]) / 1024)
"""
LOAD = """
import pickle, sys, time
from pathlib import Path
topics, bodies = pickle.loads(open(sys.argv[1], "rb").read())
from monitor.records import Article
cache = Path(sys.argv[2])
start = time.perf_counter()
from monitor.matching import Lexicon, Matcher
matcher = Matcher(topics, Lexicon.shipped(), cache)
matcher.match(Article(body=bodies[0]))
print(time.perf_counter() - start)
for body in bodies:
    matcher.match(Article(body=body))
matcher.save()
"""


def held_memory(topics: Sequence[Topic], bodies: Sequence[str]) -> float:
    """Megabytes a new process holds at most with a matcher that has read `bodies`, as Linux tells it.

    (`ru_maxrss` would be that of the benchmark itself, from which the process is forked, where that is more.)
    """
    with tempfile.TemporaryDirectory() as folder:
        return _run(MEMORY, folder, topics, bodies)


def load_seconds(topics: Sequence[Topic], bodies: Sequence[str]) -> float:
    """Seconds until a matcher with a kept cache has answered for one article, imports counted; the best of three."""
    with tempfile.TemporaryDirectory() as folder:
        _run(LOAD, folder, topics, bodies)
        return min(_run(LOAD, folder, topics, bodies) for _ in range(3))


def _run(code: str, folder: str, topics: Sequence[Topic], bodies: Sequence[str]) -> float:
    given = Path(folder) / "given"
    given.write_bytes(pickle.dumps((list(topics), list(bodies))))
    command = [sys.executable, "-c", code, str(given), str(Path(folder) / "cache")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])
