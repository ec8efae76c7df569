"""Nicknames: the short and long forms of first names, those of the package `nicknames` and some of other languages."""

import re
from functools import cache

from monitor.matching.sound import sound

NAMES_OF_THEIR_OWN = {
    "aaron": "erin ron ronnie", "agnes": "inez", "alexandra": "sandra", "alexandria": "sandra", "alice": "elsie lisa",
    "alicia": "elsie lisa", "amelia": "emily", "angelica": "angel", "ann": "anna nancy", "anna": "anne hannah",
    "annette": "anna", "ashley": "leah", "belinda": "linda", "benjamin": "jamie", "beth": "betty",
    "bill": "fred willis", "billy": "fred", "bobby": "barbara bert", "brenda": "brandy", "brianna": "anna",
    "carol": "carrie casey cassie kara kari lynn", "caroline": "carey carole carrie casey cassie lynn",
    "carolyn": "cassie lynn", "carrie": "cassie", "cassandra": "sandra", "catherine": "casey cassie lena",
    "charles": "carl karl", "charlotte": "sherry", "chris": "crystal", "clarence": "clare", "danielle": "ellie",
    "derek": "rick", "derrick": "rick", "eleanor": "ellen", "elizabeth": "lisa", "emily": "mell", "emma": "emily",
    "eric": "derek derrick frederick", "fred": "will", "gareth": "gary", "garrett": "gary jerry", "geraldine": "jerry",
    "helen": "ella ellie lena", "jacqueline": "jack", "jane": "jean jeanne jenny", "janet": "jeanette jessie",
    "jean": "jeanette", "jill": "julia", "joan": "joanna johanna", "joanna": "jodi", "joe": "joshua",
    "john": "ian ivan jonathan", "joseph": "jody", "josephine": "jody", "joyce": "joy", "julia": "julie",
    "kathleen": "cassie", "kathy": "katie", "kent": "ken", "kristen": "chris", "kristin": "chris", "lauren": "laurie",
    "lawrence": "lonnie lori", "leanne": "annie", "lee": "ashley leroy levi shirley", "leonard": "leon",
    "linda": "lynn", "lyndon": "lynn", "mae": "marie", "marcus": "mark", "margaret": "daisy rita",
    "maria": "mariah mary", "marian": "marion", "marie": "marsha molly polly", "martha": "marty patty",
    "mary": "mariah marie marilyn marion maureen", "melinda": "linda lynn", "melissa": "lisa", "michael": "micah",
    "mike": "miguel", "miranda": "randy", "moses": "amos", "nathan": "jonathan", "nicole": "cole", "patrick": "peter",
    "paul": "polly", "rachel": "shelly", "randy": "andrew", "robert": "bill billy", "roger": "bobby",
    "rosemary": "marie mary", "roy": "leroy", "savannah": "anna", "sherry": "sheryl shirley", "stephanie": "annie",
    "theresa": "tracy", "toni": "antonio", "tracy": "theresa", "veronica": "ronnie", "virginia": "jane",
    "william": "wilma", "willie": "fred",
}  # fmt: skip
"""Pairs in the table of nicknames, which is from old registers, that are the names of two people today, though one is
short or ends as nicknames do."""
ABROAD = {
    "alexander": "sasha", "alexandra": "sasha", "aleksandr": "sasha shura",
    "oleksandr": "sasha sashko alexander aleksandr", "alejandro": "jandro ale", "alessandro": "sandro ale",
    "alberto": "beto", "andras": "bandi", "andriy": "andrei andrey", "antonio": "tono toni", "avraham": "avi",
    "barbara": "barbel", "benjamin": "bibi benny", "binyamin": "bibi", "boris": "borya", "concepcion": "concha",
    "consuelo": "chelo", "cornelis": "kees", "dariusz": "darek", "dmitri": "dima mitya",
    "dmytro": "dima dmitri dmitry", "dolores": "lola", "eduardo": "lalo edu", "ekaterina": "katya",
    "yekaterina": "katya", "elena": "lena", "enrique": "quique kike", "evgeny": "zhenya", "ferenc": "feri",
    "fernando": "nando", "filippo": "pippo", "francisco": "paco pancho kiko curro", "friedrich": "fritz",
    "gerhard": "gerd", "giovanni": "gianni nanni", "giuseppe": "beppe peppe", "guadalupe": "lupe",
    "guillermo": "memo guille", "gyorgy": "gyuri", "heinrich": "heinz", "hendrik": "henk", "ignacio": "nacho",
    "istvan": "pista pisti", "ivan": "vanya", "jan": "honza janek", "janos": "jancsi", "jaroslaw": "jarek",
    "jerzy": "jurek", "jesus": "chuy", "jiri": "jirka", "johannes": "hans joop", "jorge": "coque", "jose": "pepe",
    "josef": "sepp pepa jupp", "krzysztof": "krzysiek", "laszlo": "laci", "luigi": "gigi", "malgorzata": "gosia",
    "manuel": "manolo manu", "maria": "masha", "mikhail": "misha", "mordechai": "motti", "mykhailo": "misha mikhail",
    "mykola": "kolya nikolai nikolay", "natalia": "natasha", "nikolai": "kolya", "patrick": "paddy", "pieter": "piet",
    "radoslaw": "radek", "rafael": "rafa rafi", "ricardo": "richi", "roberto": "beto", "rosario": "charo",
    "rudolf": "rudi", "santiago": "santi", "serhiy": "sergei sergey", "sergei": "seryozha", "sergio": "checo",
    "slawomir": "slawek", "stanislaw": "staszek", "stefanie": "steffi", "svetlana": "sveta", "tatiana": "tanya",
    "tomasz": "tomek", "ulrich": "uli", "ursula": "uschi", "vaclav": "vasek", "vladimir": "vova volodya",
    "volodymyr": "vova vladimir", "willem": "wim", "wojciech": "wojtek", "yosef": "yossi", "yuri": "yura",
    "zbigniew": "zbyszek", "katarzyna": "kasia", "bartosz": "bartek", "bartlomiej": "bartek", "luciano": "lucho",
    "luis": "lucho",
}  # fmt: skip
"""What the press calls people elsewhere, folded: Bibi for Benjamin, Pepe for José, Vladimir for Volodymyr."""


_ENDEARING = re.compile(r"(y|ie|ey|i)$").search
_skeleton = re.compile(r"(?<!^)[aeiouy]|(.)(?=\1)").sub


def are_full(one: str, other: str) -> bool:
    """Whether two folded names are both full ones, as Andrew and Andrea: of five letters and more, about as long, with
    no ending of endearment, and neither a part of the other (Steve) nor another spelling of it (Debora, Debra)."""
    short, long = sorted((one, other), key=len)
    if len(short) < 5 or len(long) > len(short) + 1 or _ENDEARING(one) or _ENDEARING(other):
        return False
    if long.endswith(short) or (long.startswith(short) and long[-1] not in "ae"):
        return False
    return one[-1] != other[-1] or _skeleton("", one) != _skeleton("", other)


@cache
def _table() -> dict[str, frozenset[str]]:
    from nicknames import NickNamer

    register = NickNamer().nickname_lookup
    pairs = [(long, short) for long, others in register.items() for short in others if not are_full(long, short)]
    pairs += [(long, short) for long, others in ABROAD.items() for short in others.split()]
    table: dict[str, set[str]] = {}
    for one, other in pairs:
        table.setdefault(sound(one), set()).add(other)
        table.setdefault(sound(other), set()).add(one)
    return {heard: frozenset(others) for heard, others in table.items()}


def nicknames(first: str) -> frozenset[str]:
    """The short or long forms of a folded first name, however spelled: mike for michael, and back."""
    found = _table().get(sound(first), frozenset()) - {first}
    return frozenset(other for other in found if not _are_strangers(first, other))


def _are_strangers(one: str, other: str) -> bool:
    """Whether two names are those of two people, however spelled; but Jon, of which John is another spelling, begins
    Jonathan."""
    if other in NAMES_OF_THEIR_OWN.get(one, "").split() or one in NAMES_OF_THEIR_OWN.get(other, "").split():
        return True
    begins = one.startswith(other) or other.startswith(one)
    return not begins and frozenset((sound(one), sound(other))) in _strangers()


@cache
def _strangers() -> frozenset[frozenset[str]]:
    """The sounds of the pairs of names of their own."""
    pairs = [(one, other) for one, others in NAMES_OF_THEIR_OWN.items() for other in others.split()]
    return frozenset(frozenset((sound(one), sound(other))) for one, other in pairs)
