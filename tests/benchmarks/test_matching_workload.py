from collections import Counter

import pytest

pytest.importorskip("ahocorasick")

from benchmarks import data
from benchmarks.matching import Text as PlantedText
from benchmarks.matching import in_order, natural_finder, tally
from benchmarks.matching_people import CONTRADICTED, by_the_table, f1
from benchmarks.peers import exact_search, partial_ratio_loop
from benchmarks.planting import Planted, Planter
from benchmarks.ways import inverted, middle, plural, sound, stem
from benchmarks.workload import Vocabulary, typo_budget
from monitor.matching import Lexicon
from monitor.records import Topic

words = Vocabulary(
    frequency=Counter({"police": 900, "policy": 800, "harbor": 50, "budget": 70}),
    firsts=("Eric", "Erica", "Wanda"),
    lasts=("Jones", "Silva"),
    towns=("Stockton",),
    unshipped=("Stocktom",),
    slips={"policy": ("polciy",), "sanctuary": ("sanctuery",)},
)
topics = [
    Topic(id="0", name="sanctuary policy", phrases=("sanctuary policy",)),
    Topic(id="1", name="Eric Jones", person="Eric Jones"),
    Topic(id="2", name="Stockton", place="Stockton"),
    Topic(id="3", name="Bayview Transit Board", organization="Bayview Transit Board"),
]
BODY = "The bridge was closed. Nobody knew for how long. The ferry ran until midnight."


def planter() -> Planter:
    return Planter(topics, words, Lexicon.shipped(), seed=3)


def test_a_planted_span_is_where_it_says() -> None:
    writing = planter()
    for mention in (True, False) * 50:
        text, planted = writing.planted(BODY, mention=mention)
        assert planted.positive is mention
        assert text[: planted.start].strip()
        if planted.variant == "exact":
            assert text[planted.start : planted.end] == topics[planted.topic].name
        assert "The bridge was closed." in text


def test_half_of_the_typos_are_from_lists() -> None:
    writing = planter()
    kinds = Counter(writing.planted(BODY, mention=True)[1].variant for _ in range(600))
    assert 0.6 < kinds["listed typo"] / kinds["made typo"] < 1.6


@pytest.mark.parametrize(("word", "edits"), [("ice", 0), ("jones", 1), ("stockton", 1), ("sanctuary", 2)])
def test_a_typo_stays_within_what_a_word_of_its_length_may_have(word: str, edits: int) -> None:
    assert typo_budget(word) == edits


def test_the_ways_to_write_a_name() -> None:
    writing = planter()
    assert plural(writing, "sanctuary policy") == "sanctuary policies"
    assert inverted(writing, "Eric Jones") == "Jones, Eric"
    assert middle(writing, "Eric Jones").endswith(". Jones")
    assert sound("Erik") == sound("Eric") != sound("Erica")
    assert stem("policies") == stem("policy") != stem("police")


def test_what_stands_in_the_article_of_itself_is_found_in_any_form() -> None:
    find = natural_finder(topics, Lexicon.shipped())
    assert find("They spoke of sanctuary and wider policies.") == {0}
    assert find("Eric T. Jones left Stockton.") == {1, 2}
    assert find("The police sought sanctuary.") == frozenset()
    assert in_order(("a", "c"), ["a", "b", "c"])


def test_a_searcher_is_judged_by_what_was_planted() -> None:
    texts = [
        PlantedText(
            text="by Eric Jones", planted=Planted(topic=1, variant="exact", start=3, end=13), natural=frozenset()
        ),
        PlantedText(
            text="Eric Jones Park", planted=Planted(topic=1, variant="not x", start=0, end=15), natural=frozenset()
        ),
        PlantedText(text="Erik Jones", planted=Planted(topic=1, variant="typo", start=0, end=10), natural=frozenset()),
    ]
    counts = tally(texts, exact_search(topics))
    assert (counts.found, counts.missed, counts.false, counts.overlapping) == (1, 1, 1, 1)
    assert partial_ratio_loop(topics)("by Eric Jones").keys() == {1}


def test_a_contradicted_label_is_turned() -> None:
    row = str(CONTRADICTED["a part of the name alone is not the person"][0])
    assert by_the_table([(row, "a", "b", True), ("0", "c", "d", True)]) == [
        (row, "a", "b", False),
        ("0", "c", "d", True),
    ]
    assert f1([True, True, False], [True, False, False]) == (0.5, 1.0, pytest.approx(2 / 3))


@pytest.mark.slow
@pytest.mark.skipif(not data.ROOT.exists(), reason="no data: set NEWSWATCH_DATA")
@pytest.mark.parametrize("name", ["matching_seed", "matching_lexicon"])
def test_a_quick_benchmark_runs(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from importlib import import_module

    monkeypatch.setattr("sys.argv", [name, "--quick"])
    assert import_module(f"benchmarks.{name}").main() in (0, 1)
    assert capsys.readouterr().out
