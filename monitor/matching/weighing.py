"""From the verdicts on a topic's terms to a match, or to the reason why there is none."""

from collections.abc import Iterable

from monitor.matching.compiling import Watched
from monitor.matching.dossier import Dossier
from monitor.matching.mentions import Mention, Outcome, Refused, Verdict
from monitor.matching.placeregions import in_region
from monitor.matching.queries import evaluate
from monitor.matching.surnames import with_surnames
from monitor.records import Match, Refusal

MOST_EVIDENCE = 50
"""Spans kept for one topic in one article: the first, and the first of the best."""

NOTHING = Refused(text="", reason="nothing like it stands in the article", nearness=0)


def weigh(watched: Watched, verdicts: Iterable[Verdict], dossier: Dossier) -> Match | Refusal:
    """A match with its evidence, or the rule that refused the nearest candidate.

    Of a query that is not true, the first of the verdicts that refuses tells why: none is made here, as most queries
    of a watchlist are not true and nobody asks why.
    """
    if watched.query is not None:
        found = evaluate(watched.query.root, watched.leaves, dossier)
        if found is None:
            return _refusal(watched, next((one for one in verdicts if isinstance(one, Refused)), NOTHING))
        verdicts = found
    verdicts = tuple(verdicts)
    mentions = [verdict for verdict in verdicts if isinstance(verdict, Mention)]
    refused = [verdict for verdict in verdicts if isinstance(verdict, Refused)]
    outcome = _counted(watched, mentions, refused, dossier)
    return _refusal(watched, outcome) if isinstance(outcome, Refused) else _match(watched, outcome)


def _refusal(watched: Watched, refused: Refused) -> Refusal:
    return Refusal(topic=watched.topic.name, reason=refused.reason, nearest=" ".join(refused.text.split()))


def _counted(watched: Watched, mentions: list[Mention], refused: list[Refused], dossier: Dossier) -> Outcome:
    """The mentions that count, or what refused the nearest."""
    if watched.query is not None and not mentions and not refused:
        return mentions
    if not mentions:
        return max(refused, key=lambda one: one.nearness, default=NOTHING)
    for rule in (in_region, _acronyms, _excluded, _good_enough, _required, _in_context):
        outcome = rule(watched, mentions, refused, dossier)
        if isinstance(outcome, Refused):
            return outcome
        mentions = outcome
    return with_surnames(watched.terms, mentions, dossier, most=2 * MOST_EVIDENCE)


def _acronyms(watched: Watched, mentions: list[Mention], refused: list[Refused], dossier: Dossier) -> Outcome:
    """An acronym counts where the article defines it or names the body in full, or where the topic's context is."""
    if not any(one.how == "acronym" for one in mentions):
        return mentions
    if any(one.standing == "elsewhere" for one in refused) and all(one.standing == "acronym" for one in mentions):
        return next(one for one in refused if one.standing == "elsewhere")
    if any(one.standing != "acronym" for one in mentions):
        return mentions
    if _has_context(watched, dossier):
        return mentions
    reason = "the acronym is not defined in the article" + (", nor is its context there" if watched.context else "")
    return Refused(text=mentions[0].text, reason=reason)


def _excluded(watched: Watched, mentions: list[Mention], refused: list[Refused], dossier: Dossier) -> Outcome:
    """A mention inside of an excluded phrase does not count."""
    spans = [(span, term.text) for term in watched.exclude for span in dossier.mentions(term)]
    if not spans:
        return mentions
    taken = {(span.field, place): text for span, text in spans for place in range(span.start, span.end)}
    left, around = [], ""
    for one in mentions:
        inside = taken.get((one.field, one.start)) or taken.get((one.field, one.end - 1))
        if inside is None:
            left.append(one)
        around = around or inside or ""
    return left or Refused(text=mentions[0].text, reason=f"excluded by {around}", nearness=90)


def _good_enough(watched: Watched, mentions: list[Mention], refused: list[Refused], dossier: Dossier) -> Outcome:
    least = watched.topic.min_score
    left = [one for one in mentions if one.score >= least]
    if left:
        return left
    best = max(mentions, key=lambda one: one.score)
    remark = f" ({best.remark})" if best.remark else ""
    return Refused(text=best.text, reason=f"its score of {best.score:g} is below {least:g}{remark}", nearness=90)


def _required(watched: Watched, mentions: list[Mention], refused: list[Refused], dossier: Dossier) -> Outcome:
    """One of the phrases that the topic requires must stand in the article too."""
    if not watched.require or any(map(dossier.mentions, watched.require)):
        return mentions
    reason = "none of what it requires is in the article: " + ", ".join(watched.topic.require)
    return Refused(text=mentions[0].text, reason=reason)


def _in_context(watched: Watched, mentions: list[Mention], refused: list[Refused], dossier: Dossier) -> Outcome:
    """A part of the context must stand in the article or be where its source is local; acronyms alone ask for it where
    the topic is an organization."""
    if watched.topic.organization or not watched.context or _has_context(watched, dossier):
        return mentions
    reason = "no context in the article: " + ", ".join(watched.topic.context)
    return Refused(text=mentions[0].text, reason=reason)


def _has_context(watched: Watched, dossier: Dossier) -> bool:
    return any(map(dossier.mentions, watched.context)) or dossier.is_home(watched.topic.context)


def _match(watched: Watched, mentions: list[Mention]) -> Match:
    spans: dict[tuple[str, int, int], Mention] = {}
    for one in sorted(mentions, key=lambda one: (one.field != "title", one.start, -one.score)):
        spans.setdefault((one.field, one.start, one.end), one)
    told = list(spans.values())[:MOST_EVIDENCE]
    best = max(spans.values(), key=lambda one: one.score, default=None)
    if best is not None and best not in told:
        told[-1] = best
    evidence = tuple(one.evidence() for one in told)
    topic, score = watched.topic, best.score if best is not None else 100.0
    return Match(topic=topic.name, topic_id=topic.id, score=round(score, 1), evidence=evidence)
