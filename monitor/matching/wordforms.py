"""The other forms of a word of English: plurals, verb endings, and British and American spellings."""

from collections.abc import Callable, Iterator

from monitor.matching.wordlists import NOUNS_IN_ING

_IRREGULAR = (
    "man men|woman women|child children|foot feet|tooth teeth|goose geese|mouse mice|wife wives|"
    "knife knives|life lives|wolf wolves|leaf leaves|thief thieves|half halves|shelf shelves|loaf loaves|"
    "calf calves|self selves|ox oxen|crisis crises|analysis analyses|thesis theses|basis bases|axis axes|"
    "diagnosis diagnoses|criterion criteria|phenomenon phenomena|medium media mediums|bacterium bacteria|datum data|"
    "index indices indexes|appendix appendices appendixes|matrix matrices|alumnus alumni|fungus fungi|stimulus stimuli|"
    "syllabus syllabi syllabuses|cactus cacti cactuses|nucleus nuclei|veto vetoes|hero heroes|person people persons|"
    "gas gases|bus buses|"
    "lens lenses|moratorium moratoria moratoriums|referendum referenda referendums|memorandum memoranda memorandums|"
    "stadium stadia stadiums|curriculum curricula curriculums|symposium symposia symposiums|forum fora forums|"
    "aquarium aquaria aquariums|spectrum spectra spectrums|millennium millennia millenniums|"
    "honorarium honoraria honorariums|crematorium crematoria crematoriums|sanatorium sanatoria sanatoriums"
)
_IRREGULAR_VERBS = (
    "buy bought|bring brought|build built|catch caught|choose chose chosen|come came|deal dealt|draw drew drawn|"
    "drive drove driven|fall fell fallen|feel felt|fight fought|find found|fly flew flown|get got|"
    "give gave given|go went gone|grow grew grown|hide hid hidden|hold held|keep kept|know knew known|"
    "lead led|leave left|lend lent|lose lost|make made|mean meant|meet met|pay paid|ride rode ridden|"
    "rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send sent|shoot shot|"
    "speak spoke spoken|spend spent|stand stood|steal stole stolen|strike struck|swear swore sworn|"
    "take took taken|teach taught|tell told|think thought|throw threw thrown|wear wore worn|win won|"
    "write wrote written|withdraw withdrew withdrawn|overthrow overthrew overthrown|mislead misled|"
    "shrink shrank shrunk|sink sank sunk|sing sang sung|swim swam swum|begin began begun|break broke broken|"
    "hear heard|read|cut|shut|hit|hurt|put|set|spread|split|bet|cost|bid|quit|freeze froze frozen|"
    "spin spun|stick stuck|sweep swept|weave wove woven|eat ate eaten|drink drank drunk|sleep slept"
)
_UNCHANGED = (
    "police news series species means politics economics ethics physics athletics mathematics headquarters us "
    "is was has his its this thus plus as yes less"
)
"""Words that have no other form, or none that is safe to make."""
_FAMILIES = {form: frozenset(family.split()) for family in _IRREGULAR.split("|") for form in family.split()}
_VERBS = {form: family.split() for family in _IRREGULAR_VERBS.split("|") for form in family.split()}
"""The base and the other forms that no rule makes, by each of them."""
_FAMILIES |= {word: frozenset({word}) for word in _UNCHANGED.split()}
_SPELLINGS = (
    ("isation", "ization"),
    ("isations", "izations"),
    ("ise", "ize"),
    ("ised", "ized"),
    ("ising", "izing"),
    ("our", "or"),
    ("ours", "ors"),
    ("centre", "center"),
    ("centres", "centers"),
    ("theatre", "theater"),
    ("theatres", "theaters"),
    ("defence", "defense"),
    ("defences", "defenses"),
    ("licence", "license"),
    ("licences", "licenses"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("cheque", "check"),
    ("cheques", "checks"),
    ("grey", "gray"),
    ("tyre", "tire"),
    ("tyres", "tires"),
)
"""British and American endings."""
_GERMAN_NOUNS = ("ung", "heit", "keit", "schaft", "tat", "age", "ege", "hme", "tte", "sse", "rde")
"""Folded endings of German nouns with a plural in -n or -en."""
_VOWELS = "aeiou"

Known = Callable[[str], bool]
"""Tells whether a string is a word of English."""


def plurals(word: str, known: Known) -> frozenset[str]:
    """The singular and plural forms of a word, the word itself left out."""
    if not word.isascii() or not word.isalpha() or len(word) < 3:
        return frozenset()
    family = _FAMILIES.get(word)
    if family is not None:
        return family - {word}
    singular = _singular(word, known)
    plural = _plural(singular or word)
    found = {singular} if singular else set()
    if known(plural) or not word.endswith(("ed", "ing")):
        found.add(plural)
    return frozenset(found - {word})


def forms(word: str, known: Known) -> frozenset[str]:
    """All forms of a word, the word itself left out: plurals, verb endings, British and American spellings."""
    found = set(plurals(word, known))
    if word.isascii() and word.isalpha() and len(word) >= 3 and word not in _FAMILIES:
        base = _base(word, known)
        irregular = set(_VERBS.get(base, ()))
        regular = {form for form in _verb_forms(base) if known(form) and not _is_noun(form, known)}
        found |= irregular | {form for form in regular if not (irregular and form.endswith("ed"))}
        found |= {base} if known(base) else set()
    found |= {other for one in (word, *found) for other in _across_the_ocean(one) if known(other)}
    found |= _german(word) if not known(word) else set()
    return frozenset(found - {word})


def _german(word: str) -> set[str]:
    """The plural of a German noun of which the ending tells it, or its singular: Anlagen, Wohnungen."""
    if len(word) < 7:
        return set()
    if word.endswith(_GERMAN_NOUNS):
        return {word + ("n" if word.endswith("e") else "en")}
    for ending in _GERMAN_NOUNS:
        plural = ending + ("n" if ending.endswith("e") else "en")
        if word.endswith(plural) and len(word) > 7:
            return {word[: len(word) - len(plural)] + ending}
    return set()


def spellings(word: str, known: Known) -> Iterator[str]:
    """How a word is spelled on the other side of the ocean: organisation for organization."""
    return (other for other in _across_the_ocean(word) if known(other))


def _singular(word: str, known: Known) -> str:
    """The word that this is the plural of, or nothing."""
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return ""
    if word.endswith("ies") and len(word) > 4 and known(word[:-3] + "y"):
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")) and known(word[:-2]) and not known(word[:-1]):
        return word[:-2]
    return word[:-1] if known(word[:-1]) else ""


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"


def _base(word: str, known: Known) -> str:
    """The verb of which this is the form in -ed or -ing, or the word itself. Nouns in -ing (housing) stay."""
    if word in _VERBS:
        return _VERBS[word][0]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3 or _is_noun(word, known):
            continue
        if ending == "ed" and stem.endswith("i") and known(stem[:-1] + "y"):
            return stem[:-1] + "y"
        if stem[-1] == stem[-2] and stem[-1] not in "lsz" and known(stem[:-1]):
            return stem[:-1]
        for candidate in (stem, stem + "e"):
            if known(candidate):
                return candidate
    return _singular(word, known) or word


def _is_noun(word: str, known: Known) -> bool:
    """Whether a word in -ing is a noun of its own: housing, ruling, parking."""
    return word.endswith("ing") and (word in NOUNS_IN_ING or known(word + "s"))


def _verb_forms(base: str) -> Iterator[str]:
    if base.endswith("e"):
        yield from (base + "d", base[:-1] + "ing", base + "s")
    elif base.endswith("y") and base[-2] not in _VOWELS:
        yield from (base[:-1] + "ied", base + "ing", base[:-1] + "ies")
    else:
        yield from (base + "ed", base + "ing", _plural(base))
        if base[-1] not in "aeiouwxy" and base[-2] in _VOWELS:
            yield from (base + base[-1] + "ed", base + base[-1] + "ing")


def _across_the_ocean(word: str) -> Iterator[str]:
    for british, american in _SPELLINGS:
        for here, there in ((british, american), (american, british)):
            if word.endswith(here) and (word == here or len(word) - len(here) >= 3):
                yield word.removesuffix(here) + there
