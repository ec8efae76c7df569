"""Nicknames: the short and long forms of first names, those of the package `nicknames` and some of other languages."""

import re
from functools import cache

from monitor.matching.sound import sound

NAMES_OF_THEIR_OWN = {
    "aaron": ("erin", "ron"), "agnes": ("inez",), "alice": ("elsie", "lisa"), "alicia": ("elsie", "lisa"),
    "amelia": ("emily",), "ann": ("nancy", "anna"), "anna": ("anne", "hannah"), "bill": ("fred", "willis"),
    "billy": ("fred",), "bobby": ("barbara", "bert"), "carol": ("kara", "lynn"), "charles": ("carl", "karl"),
    "chris": ("crystal",), "eleanor": ("ellen",), "emma": ("emily",), "eric": ("derrick", "derek", "frederick"),
    "helen": ("ella",), "jane": ("jean",), "jill": ("julia",), "joan": ("johanna",), "joe": ("joshua",),
    "john": ("ian", "ivan", "jonathan"), "julia": ("julie",), "lawrence": ("lori",), "lee": ("ashley", "shirley"),
    "linda": ("lynn",), "maria": ("mary",), "marian": ("marion",), "marie": ("molly", "polly", "marsha"),
    "mary": ("marie",), "michael": ("micah",), "mike": ("miguel",), "moses": ("amos",), "nathan": ("jonathan",),
    "patrick": ("peter",), "paul": ("polly",), "randy": ("andrew",), "robert": ("bill", "billy"), "roger": ("bobby",),
    "tracy": ("theresa",), "virginia": ("jane",), "willie": ("fred",),
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
    strangers = {sound(other) for other in NAMES_OF_THEIR_OWN.get(first, ())}
    return found - _strangers().get(sound(first), set()) - {name for name in found if sound(name) in strangers}


@cache
def _strangers() -> dict[str, set[str]]:
    """By the sound of the second of each pair of names of their own, the first: john for jonathan."""
    table: dict[str, set[str]] = {}
    for one, others in NAMES_OF_THEIR_OWN.items():
        for other in others:
            table.setdefault(sound(other), set()).add(one)
    return table
