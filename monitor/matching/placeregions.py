"""Whether a place counts in an article that does not say beside its name where it lies."""

from monitor.matching.bearers import TOWN, inhabitants, is_rather_a_city, rival
from monitor.matching.compiling import Watched
from monitor.matching.dossier import Dossier
from monitor.matching.folding import fold
from monitor.matching.mentions import Mention, Outcome, Refused
from monitor.matching.places import Place


def in_region(watched: Watched, mentions: list[Mention], refused: list[Refused], dossier: Dossier) -> Outcome:
    """A place without its region beside it counts in an article, or a source, of its region."""
    judge = watched.terms[0].seeker if watched.terms else None
    if not isinstance(judge, Place):
        return mentions
    persons = [one for one in refused if one.standing == "surname"]
    if persons:
        mentions = [one for one in mentions if one.standing == "here" or one.remark or _located(judge, one, dossier)]
        if not mentions:
            return Refused(text=persons[0].text, reason="the article names a person so", nearness=80)
    if not judge.region or any(one.standing == "here" for one in mentions):
        return mentions
    elsewhere = [one for one in refused if one.standing == "elsewhere"]
    if elsewhere:
        return elsewhere[0]
    own = judge.own
    told = any(one.standing == "near" for one in mentions)
    near = told or dossier.is_local(own)
    if not told and all(one.term == judge.text for one in mentions):
        doubt = _doubt(judge, mentions, dossier)
        if doubt:
            return Refused(text=mentions[0].text, reason=doubt, nearness=80)
    if not near and dossier.surroundings.speaks_of_another(own, judge.name):
        return Refused(text=mentions[0].text, reason="the article speaks of another region that has one", nearness=80)
    if (
        near
        or _is_region_named(watched, judge, dossier)
        or dossier.is_home(judge.region)
        or dossier.surroundings.speaks_of(own, judge.name)
        or dossier.surroundings.is_famous(own, judge.name)
    ):
        return mentions
    return Refused(text=mentions[0].text, reason="the article speaks of no region of it: " + ", ".join(judge.region))


def _doubt(judge: Place, mentions: list[Mention], dossier: Dossier) -> str:
    """Why another is rather meant than a place whose region no sentence of it names, or nothing."""
    own, other = judge.own, rival(dossier.geography, judge.name, judge.own)
    local, marked = dossier.is_local(own), any(one.standing == "full" for one in mentions)
    if other == "wide" and not (local and marked) and not dossier.surroundings.is_in_county(own, judge.name):
        return "a country or a state is called so, and its own region is not beside it"
    if local:
        return ""
    bare = all(one.standing == "bare" for one in mentions)
    village = inhabitants(dossier.geography, judge.name, own) < TOWN
    happens = dossier.surroundings.happens_in(own, judge.name, surely=other == "city" or (bare and village))
    if bare and not happens:
        return "nothing there tells that it is a place of that region"
    return "a far larger place is called so" if other and not happens else ""


def _is_region_named(watched: Watched, judge: Place, dossier: Dossier) -> bool:
    """Whether the article speaks of a region of the topic, but for where a member of parliament is from: (R-Ohio).

    Washington alone is rather the city; where the state is meant, its towns are named too.
    """
    texts = {reading.field: reading.text for reading in dossier.readings}
    return any(
        texts[one.field][max(0, one.start - 2) : one.start] not in ("R-", "D-", "I-")
        for term in watched.region
        if not is_rather_a_city(dossier.geography, fold(term.text), judge.own)
        for one in dossier.mentions(term)
    )


def _located(judge: Place, mention: Mention, dossier: Dossier) -> bool:
    reading = next(reading for reading in dossier.readings if reading.field == mention.field)
    return judge.after_preposition(reading, mention)
