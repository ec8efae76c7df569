"""Where the known truth of a saved page is wrong: judged by hand, each with its reason, and with words that prove it.

A line of replay_verdicts.tsv is `what` (a topic, or "published"), `id` (of the page), `place`, `where` (an XPath),
`words` (a regular expression) and `reason`. `place` says what `where` is:

- aside: no part of the story, though the known text has it
- story: a part of the story, though the known text leaves it out
- time: the page's own time of publication, which the known one is not

A verdict holds as long as it can be seen in what was served; it changes no figure that is printed beside it.
"""

import csv
import gzip
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import html

_TABLE = Path(__file__).with_name("replay_verdicts.tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was said of one page."""

    what: str
    id: str
    place: str
    where: str
    words: str
    reason: str

    def is_seen(self, source: bytes, text: str = "", topic: re.Pattern[str] | None = None) -> bool:
        """Whether the page's `source` has the words there, and all that `text` has of `topic` stands there as well.

        `text` is the known one for an aside, the archived one for a story.
        """
        places = [_squeezed(place) for place in _tree(source).xpath(self.where)]
        if not any(re.search(self.words, place) for place in places):
            return False
        mentions = topic.finditer(text) if topic else ()
        return all(any(_with_the_word_before(text, mention) in place for place in places) for mention in mentions)


def read(table: Path = _TABLE) -> dict[tuple[str, str, str], Verdict]:
    """The verdicts, by what was judged, the page's id and the kind of place."""
    with table.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["what"], row["id"], row["place"]): Verdict(**row) for row in rows}


def page(folder: Path, article: str) -> bytes:
    """The saved page as it is served."""
    return gzip.decompress((folder / f"{article}.html.gz").read_bytes())


def _tree(source: bytes) -> Any:
    return html.document_fromstring(source, parser=html.HTMLParser(encoding="utf-8"))


def _squeezed(place: Any) -> str:
    return " ".join((place if isinstance(place, str) else " ".join(place.itertext())).split())


def _with_the_word_before(text: str, mention: re.Match[str]) -> str:
    return " ".join(text[: mention.end()].split()[-2:])
