"""First names that sound alike though they are spelled apart: Erik and Eric, Sara and Sarah, but not Erica or Erin."""

import re

_STEPS = tuple(
    (signs, re.compile(pattern).sub, letters)
    for signs, pattern, letters in (
        ("geo", r"^geof", "jef"),
        ("m", r"^m[aeou]h?[aeou]m+[aeou][dt]h?$", "mohamed"),
        ("hm", r"^ahm[ae]d$", "ahmed"),
        ("abd", r"^abd[aeu]l$", "abdul"),
        ("xand", r"x", "ks"),
        ("ksand", r"^aleksand[aeo]?r$", "aleksander"),
        ("ath", r"^[ck]ath?[ae]?r[iy]n+e?$", "katerin"),
        ("steph", r"^steph([ae])n$", r"stev\1n"),
        ("chr", r"chr", "kr"),
        ("ichol", r"ichol", "ikol"),
        ("micheal", r"^micheal$", "michael"),
        ("thon", r"nathon$", "nathan"),
        ("shaun", r"^shaun", "shawn"),
        ("eresa", r"^theresa$", "teresa"),
        ("nathali", r"^nathali", "natali"),
        ("odger", r"odger", "oger"),
        ("lynne", r"lynne$", "lynn"),
        ("ann", r"(?<=[eiou])anne?$", "aN"),
        ("ph", r"ph", "f"),
        ("c", r"ck|c(?![eihy])", "k"),
        ("q", r"q(?!u)", "k"),
        ("h", r"(?<=[aeioulnrt])h(?![aeiouy])(?<!iah)|(?<=[aeiou])h(?=n)|(?<=r)h", ""),
        ("e", r"ie$|ey$|ee$|(?<=g)ei$", "i"),
        ("y", r"y", "i"),
        ("z", r"(?<!^)z", "s"),
        ("", r"(.)\1+", r"\1"),
    )
)
"""What a name must hold for a step to change anything, the change, and what is put in place."""

_ARABIC = (
    "osama usama oussama ousama|yusuf youssef yousef yusef yousuf youssouf yousif yusif|omar umar oumar|"
    "muammar moammar muamar moamer muammer moamar|hussein hussain husayn hossein hussien husain hosein|"
    "khaled khalid khaleed|hamid hamed hameed|saeed saiid sayeed|tariq tarek tarik tareq|karim kareem|"
    "rashid rasheed rachid|jamal gamal djamal jamaal|mustafa mostafa moustafa moustapha mustapha|"
    "nasser nasir naser nassir|yasser yasir yaser yassir|noureddine nureddin nooruddin nuruddin noureddin|"
    "suleiman sulaiman soleiman suleyman solaiman souleymane|ismail ismael esmail|ibrahim ebrahim ibraheem brahim|"
    "abdullah abdallah abdulla|bashir basheer bachir|samir sameer|salim saleem|amir ameer|"
    "zaid zayd zayed zaied|leila layla laila leyla|fatima fatimah fatma fatema|aisha ayesha aicha aysha|"
    "qasem qassem kassem qasim qassim kasim|hosni husni|saddam sadam|bilal belal|idris idriss idrees|"
    "mahmoud mahmud mahmood|masoud massoud masood masud|faisal faysal feisal|walid waleed|hasan hassan|"
    "anwar anouar|munir mounir muneer|nabil nabeel|jalal djalal|taha tahha|ziad ziyad zeyad|ayman aiman"
)
_SLAVIC = (
    "dmitri dmitry dimitri dmitriy dmitrii dimitry|sergei sergey serguei sergej|alexei aleksei alexey aleksey alexej|"
    "yevgeny evgeny evgeni yevgeni evgenii yevgeniy evgeniy|yuri yury iouri yuriy jurij|nikolai nikolay nikolaj|"
    "mikhail michail mihail|andrei andrey andrej|yekaterina ekaterina|tatiana tatyana tatjana|natalia natalya nataliya|"
    "ksenia xenia kseniya|serhiy serhii sergiy|oleksiy oleksii|andriy andrii|yulia yuliya|vasily vasiliy vassily|"
    "vitaly vitali vitaliy vitalii|valery valeri valeriy|gennady gennadi gennadiy|anatoly anatoli anatoliy|"
    "grigory grigori grigoriy|arkady arkadi arkadiy|vyacheslav viacheslav|yaroslav jaroslav|"
    "vladimir wladimir|piotr pyotr|stanislaw stanislav"
)
"""First names of other scripts, a family the spellings of one, that no step makes alike."""
_APART = (
    "marie|joey|joni|toni|dani danni|andi|bobbi|randi|ricki|henri|edie|abbe|terri teri terrie|geri gerri jeri jerri|"
    "gareth|casey kasey|eli|kai|noa|anh|linh|joon|mari|kari|mai|jai|liza|elisa|alyssa alissa|renee|"
    "gerhard|rhian|yan"
)
"""First names that the steps would take for those of others (Mary, Joy, Jerry, Garrett); in capitals no sound."""
_SPELLED = {name: family.split()[0].upper() for family in _APART.split("|") for name in family.split()}
_SPELLED |= {
    name: family.split()[0]
    for families in (_ARABIC, _SLAVIC)
    for family in families.split("|")
    for name in family.split()
}
_ARABIC_SOUNDS = frozenset({"mohamed", "ahmed", "abdul", "ali", *(family.split()[0] for family in _ARABIC.split("|"))})


def sound(name: str) -> str:
    """A key that folded spellings of one first name share; final vowels tell names apart and are kept."""
    spelled = _SPELLED.get(name)
    if spelled is not None:
        return spelled
    for sign, put, letters in _STEPS:
        if sign in name:
            name = put(letters, name)
    return name


def is_arabic(name: str) -> bool:
    """Whether a folded first name is one of those that most Arabs bear."""
    return sound(name) in _ARABIC_SOUNDS
