"""Terms in scripts without spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.matching.lexicon import Lexicon
from monitor.matching.reading import Reading
from monitor.matching.vocabulary import Vocabulary
from monitor.matching.wide import SubstringIndex, substring
from tests.monitor.matching.verdicts import spans, topic


@pytest.mark.parametrize(
    ("phrase", "text", "evidence"),
    [
        ("移民政策", "政府今天宣布新的移民政策。", "移民政策"),
        ("サンクチュアリ", "カリフォルニアのサンクチュアリ・シティ", "サンクチュアリ"),
        ("ผู้อพยพ", "นโยบายผู้อพยพใหม่", "ผู้อพยพ"),
        ("移民政策", "新的移民\n政策", "移民\n政策"),
        ("ガス料金", "新ｶﾞｽ料金です", "ｶﾞｽ料金"),
        ("パン祭り", "ハ\u309aン祭り", "ハ\u309aン祭り"),
        ("ガス料金", "カス料金", ""),
        ("A股", "今天A股上涨", "A股"),
        ("A股", "今天NBA股东大会", ""),
        ("东京2020", "东京2020年", "东京2020"),
        ("东京202", "东京2020年", ""),
    ],
)
def test_scripts_without_spaces_are_matched_by_substring(phrase: str, text: str, evidence: str) -> None:
    assert spans(topic(phrases=(phrase,)), text) == ([(evidence, "exact")] if evidence else [])


some = st.text(alphabet="移民政策", min_size=1, max_size=4)


@given(terms=st.sets(some), text=st.text(alphabet="移民政策 ", max_size=30))
def test_all_terms_that_stand_in_a_text_are_found_each_once(terms: set[str], text: str) -> None:
    index = SubstringIndex()
    for term in sorted(terms):
        index.add(substring(term))  # type: ignore[arg-type]
    found = [term.text for term in index.find(Reading("text", text, Vocabulary(Lexicon.shipped())))]
    assert sorted(found) == sorted(term for term in terms if term in text.replace(" ", ""))
