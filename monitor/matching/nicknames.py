"""Nicknames: the short and long forms of first names, those of the package `nicknames` and some of other languages."""

from functools import cache

from monitor.matching.sound import sound

NAMES_OF_THEIR_OWN = {
    "eric": ("derrick", "derek", "frederick"), "robert": ("bill", "billy", "rupert"),
    "john": ("ian", "ivan", "jonathan"), "susan": ("hannah",), "michael": ("micah", "miguel"),
    "alexander": ("alexandria",), "bill": ("fred", "willis"), "billy": ("fred",), "willie": ("fred",),
    "helen": ("eileen", "elaine", "elena", "ella", "ellen"), "amelia": ("emily",), "virginia": ("jane",),
    "roger": ("bobby",), "orlando": ("roland",), "gilbert": ("wilber",), "gretchen": ("margaret",),
    "agnes": ("inez",), "moses": ("amos",), "jasper": ("casper",), "hannah": ("joanna", "anna"), "mike": ("miguel",),
    "charles": ("carl", "karl"), "patrick": ("peter",), "emma": ("emily",), "lewis": ("louis",), "lloyd": ("floyd",),
    "ann": ("nancy",), "lee": ("ashley", "shirley"), "jane": ("jean",), "jill": ("julia",), "alice": ("elsie", "lisa"),
    "lawrence": ("lori",), "eleanor": ("ellen",), "joe": ("joshua",), "nathan": ("jonathan",), "paul": ("polly",),
    "randy": ("andrew",), "bobby": ("barbara", "bert"), "tracy": ("theresa",), "marie": ("molly", "polly"),
}  # fmt: skip
"""Pairs in the table of nicknames, which is from old registers, that are the names of two people today."""
ABROAD = {
    "alexander": "sasha", "alexandra": "sasha", "aleksandr": "sasha shura", "oleksandr": "sasha sashko",
    "alejandro": "jandro ale", "alessandro": "sandro ale", "alberto": "beto", "andras": "bandi", "antonio": "tono toni",
    "avraham": "avi", "barbara": "barbel", "benjamin": "bibi benny", "binyamin": "bibi", "boris": "borya",
    "concepcion": "concha", "consuelo": "chelo", "cornelis": "kees", "dariusz": "darek", "dmitri": "dima mitya",
    "dolores": "lola", "eduardo": "lalo edu", "ekaterina": "katya", "yekaterina": "katya", "elena": "lena",
    "enrique": "quique kike", "evgeny": "zhenya", "ferenc": "feri", "fernando": "nando", "filippo": "pippo",
    "francisco": "paco pancho kiko curro", "friedrich": "fritz", "gerhard": "gerd", "giovanni": "gianni nanni",
    "giuseppe": "beppe peppe", "guadalupe": "lupe", "guillermo": "memo guille", "gyorgy": "gyuri", "heinrich": "heinz",
    "hendrik": "henk", "ignacio": "nacho", "istvan": "pista pisti", "ivan": "vanya", "jan": "honza janek",
    "janos": "jancsi", "jaroslaw": "jarek", "jerzy": "jurek", "jesus": "chuy", "jiri": "jirka", "johannes": "hans joop",
    "jorge": "coque", "jose": "pepe", "josef": "sepp pepa jupp", "krzysztof": "krzysiek", "laszlo": "laci",
    "luigi": "gigi", "malgorzata": "gosia", "manuel": "manolo manu", "maria": "masha", "mikhail": "misha",
    "mordechai": "motti", "natalia": "natasha", "nikolai": "kolya", "patrick": "paddy", "pieter": "piet",
    "radoslaw": "radek", "rafael": "rafa rafi", "ricardo": "richi", "roberto": "beto", "rosario": "charo",
    "rudolf": "rudi", "santiago": "santi", "sergei": "seryozha", "sergio": "checo", "slawomir": "slawek",
    "stanislaw": "staszek", "stefanie": "steffi", "svetlana": "sveta", "tatiana": "tanya", "tomasz": "tomek",
    "ulrich": "uli", "ursula": "uschi", "vaclav": "vasek", "vladimir": "vova volodya", "volodymyr": "vova",
    "willem": "wim", "wojciech": "wojtek", "yosef": "yossi", "yuri": "yura", "zbigniew": "zbyszek",
    "katarzyna": "kasia", "bartosz": "bartek", "bartlomiej": "bartek", "luciano": "lucho", "luis": "lucho",
}  # fmt: skip
"""What the press calls people elsewhere, folded: Bibi for Benjamin, Pepe for José."""


@cache
def _table() -> dict[str, frozenset[str]]:
    from nicknames import NickNamer

    pairs = [(long, short) for long, others in NickNamer().nickname_lookup.items() for short in others]
    pairs += [(long, short) for long, others in ABROAD.items() for short in others.split()]
    table: dict[str, set[str]] = {}
    for one, other in pairs:
        if one in NAMES_OF_THEIR_OWN.get(other, ()) or other in NAMES_OF_THEIR_OWN.get(one, ()):
            continue
        table.setdefault(sound(one), set()).add(other)
        table.setdefault(sound(other), set()).add(one)
    return {heard: frozenset(others) for heard, others in table.items()}


def nicknames(first: str) -> frozenset[str]:
    """The short or long forms of a folded first name, however spelled: mike for michael, and back."""
    found = _table().get(sound(first), frozenset()) - {first}
    strangers = {sound(other) for other in NAMES_OF_THEIR_OWN.get(first, ())}
    return frozenset(name for name in found if sound(name) not in strangers) if strangers else found
