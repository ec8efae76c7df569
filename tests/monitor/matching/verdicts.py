"""How the tests ask for a verdict: one topic, one article."""

from monitor.matching import Lexicon, Matcher
from monitor.records import Article, Match, Refusal, Topic

LEXICON = Lexicon.shipped()


def topic(**fields: object) -> Topic:
    """A topic with a name of its own."""
    return Topic(id="t", name="t", **fields)  # type: ignore[arg-type]


def verdict(sought: Topic, text: str, title: str = "", **article: object) -> Match | Refusal:
    """The match of a topic in a text, or why there is none."""
    matches, refused = Matcher([sought], LEXICON).explain(Article(title=title, body=text, **article))  # type: ignore[arg-type]
    return matches[0] if matches else refused[0]


def spans(sought: Topic, text: str, title: str = "", **article: object) -> list[tuple[str, str]]:
    """Evidence as (text, how), in order; empty where there is no match."""
    found = verdict(sought, text, title, **article)
    return [(one.text, one.how) for one in found.evidence] if isinstance(found, Match) else []
