"""The sample's sanctuary topic on 16,939 articles: every hit and every near miss, beside what a reader said of it.

    python -m benchmarks.matching_sanctuary [--list] [--quick]

The verdicts are kept by article id in sanctuary_verdicts.tsv: `mention` where one of the topic's phrases is meant,
`subject` where cities that shelter immigrants are spoken of in other words (sanctuary state, a sanctuary for
immigrants), `other` for churches, birds, guns and guerrillas.
"""

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

from benchmarks import data
from config.topics import load_topics
from monitor.matching import Lexicon, Matcher
from monitor.records import Article

HERE = Path(__file__).parent
FLOOR = 0.99
near_miss = re.compile(r"san[ck]t[a-z]*r|santuar", re.IGNORECASE)


def verdicts() -> dict[str, str]:
    """What a reader said of each article, by id."""
    lines = (HERE / "sanctuary_verdicts.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def around(text: str, start: int, end: int) -> str:
    """The sentence, or what there is of it nearby."""
    return " ".join(text[max(0, start - 90) : end + 90].split())


def main() -> int:
    """Prints precision and recall, and the list if asked; 1 below the floor, or where a hit was not read yet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true", help="print every hit and near miss with its sentence")
    parser.add_argument("--quick", action="store_true", help="the first 3,000 articles")
    options = parser.parse_args()
    topics = [topic for topic in load_topics(HERE.parent / "config" / "topics.yaml") if topic.id == "sanctuary-policy"]
    matcher, said, counts = Matcher(topics, Lexicon.shipped()), verdicts(), Counter[tuple[str, str]]()
    for entry in data.articles(3_000 if options.quick else None):
        article = Article(title=entry["title"], body=entry["text"])
        matches = matcher.match(article)
        whole = f"{article.title}\n{article.body}"
        close = None if matches else near_miss.search(whole)
        if not matches and not close:
            continue
        verdict = said.get(entry["id"], "unread")
        counts["hit" if matches else "near miss", verdict] += 1
        if options.list or verdict == "unread":
            evidence = matches[0].evidence[0] if matches else None
            field = article.title if evidence and evidence.field == "title" else article.body
            shown = around(field, evidence.start, evidence.end) if evidence else around(whole, *close.span())
            print(f"{'hit      ' if matches else 'near miss'} {verdict:8} {entry['id']} …{shown}…")
    hits = {verdict: counts["hit", verdict] for verdict in ("mention", "subject", "other", "unread")}
    missed, wider = counts["near miss", "mention"], counts["near miss", "subject"]
    precision = hits["mention"] / max(1, sum(hits.values()))
    recall = hits["mention"] / max(1, hits["mention"] + missed)
    print(f"{sum(hits.values())} hits: {hits}; near misses: {missed} mentions, {wider} of the subject in other words")
    print(f"P {precision:.3f} R {recall:.3f}; of the subject, in whatever words: R", end=" ")
    print(f"{hits['mention'] / max(1, hits['mention'] + missed + wider):.3f}")
    return int(precision < FLOOR or recall < FLOOR or bool(hits["unread"]))


if __name__ == "__main__":
    sys.exit(main())
