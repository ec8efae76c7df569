"""The sample watchlist on the article that it was written for, and the names that only resemble its own.

python -m benchmarks.matching_seed
"""

import argparse
import sys
from pathlib import Path

from benchmarks import data
from config.topics import load_topics
from monitor.matching import Lexicon, Matcher
from monitor.records import Article, Topic

SAMPLE = Path(__file__).parents[1] / "config" / "topics.yaml"
TRAPS = (
    Topic(id="1", name="Erica Jones", person="Erica Jones"),
    Topic(id="2", name="Joe Tubbs", person="Joe Tubbs"),
    Topic(id="3", name="Michael Silva", person="Michael Silva"),
    Topic(id="4", name="Stockholm", place="Stockholm"),
    Topic(id="5", name="Fort Stockton", place="Fort Stockton"),
    Topic(id="6", name="Public Safety Committee", organization="Public Safety Committee"),
)


def main() -> int:
    """Prints what matches; 1 where a sample topic does not, or a trap does."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="no difference: it takes a second")
    parser.parse_args()
    title, _, body = data.need("seed_article.txt").read_text(encoding="utf-8").partition("\n")
    topics, lexicon = load_topics(SAMPLE), Lexicon.shipped()
    article = Article(title=title, body=body, region=("Stockton", "San Joaquin County", "California"))
    matches, refusals = Matcher(topics, lexicon).explain(article)
    for match in matches:
        shown = "; ".join(f"{evidence.text!r} ({evidence.how})" for evidence in match.evidence[:4])
        print(f"{match.score:5.1f} {match.topic}: {shown}")
    for refusal in refusals:
        print(f"    – {refusal.topic}: {refusal.reason} {refusal.nearest!r}")
    trapped, spared = Matcher(TRAPS, lexicon).explain(article)
    for refusal in spared:
        print(f"  trap {refusal.topic}: {refusal.reason} {refusal.nearest!r}")
    for match in trapped:
        print(f"TRAPPED {match.topic}: {match.evidence[0].text!r}")
    print(f"{len(matches)} of {len(topics)} sample topics match, {len(trapped)} of {len(TRAPS)} look-alikes")
    return int(bool(trapped) or bool({topic.name for topic in topics} - {match.topic for match in matches}))


if __name__ == "__main__":
    sys.exit(main())
