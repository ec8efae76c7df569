"""Topics in other languages: what Unicode and a few rules of writing find, and what they do not."""
# ruff: noqa: RUF001

import pytest

from tests.monitor.matching.verdicts import spans, topic


@pytest.mark.parametrize(
    ("phrase", "text", "evidence", "how"),
    [
        ("Käthe Schröder", "So kam Kaethe Schroeder an.", "Kaethe Schroeder", "exact"),
        ("Windkraftanlage", "Neue Windkraftanlagen stehen.", "Windkraftanlagen", "word_form"),
        ("Windkraftanlagen", "Eine Windkraftanlage steht.", "Windkraftanlage", "word_form"),
        ("Sozialwohnung", "Neue Sozialwohnungen entstehen.", "Sozialwohnungen", "word_form"),
        ("기본소득", "기본소득을 논의했다", "기본소득을", "word_form"),
        ("주택 정책", "새 주택정책을 발표했다", "주택정책을", "word_form"),
        ("주택 정책", "새 주택 정책이 나왔다", "주택 정책이", "word_form"),
        ("immigration", "C'est l'immigration qui", "immigration", "exact"),
        ("ONU reforma", "dell'O.N.U. reforma", "O.N.U. reforma", "exact"),
        ("acqua pubblica", "il costo dell'acqua pubblica", "acqua pubblica", "exact"),
        ("acqua pubblica", "il costo dell’acqua pubblica", "acqua pubblica", "exact"),
        ("حرية الصحافة", "عن حريـة الصحافة", "حريـة الصحافة", "exact"),
        ("حرية الصحافة", "حُرِّيَّة الصَّحافة", "حُرِّيَّة الصَّحافة", "exact"),
        ("سياسة الهجرة", "وسياسة الهجرة", "وسياسة الهجرة", "word_form"),
        ("الهجرة", "قانون للهجرة", "للهجرة", "word_form"),
        ("سياسة هجرة", "بالسياسة والهجرة", "بالسياسة والهجرة", "word_form"),
        ("הגירה", "חוק ההגירה החדש", "ההגירה", "word_form"),
        ("הגירה", "הוועדה להגירה", "להגירה", "word_form"),
        ("מדיניות הגירה", "ובמדיניות ההגירה", "ובמדיניות ההגירה", "word_form"),
        ("শিক্ষা নীতি", "নতুন শিক্ষা নীতি", "শিক্ষা নীতি", "exact"),
        ("μεταναστευτική πολιτική", "ΜΕΤΑΝΑΣΤΕΥΤΙΚΗ ΠΟΛΙΤΙΚΗ", "ΜΕΤΑΝΑΣΤΕΥΤΙΚΗ ΠΟΛΙΤΙΚΗ", "exact"),
        ("ışık vergisi", "IŞIK VERGİSİ", "IŞIK VERGİSİ", "exact"),
    ],
)
def test_other_languages_have_forms_of_their_own(phrase: str, text: str, evidence: str, how: str) -> None:
    assert spans(topic(phrases=(phrase,)), text) == [(evidence, how)]


ALIKE = [
    ("Korean", "기후 변화", "기후변화"),
    ("Korean", "기후 변화", "기후변화는"),
    ("Korean", "기후 변화", "기후 변화를"),
    ("Korean", "기후변화", "기후 변화에서도"),
    ("Korean", "기후변화", "기후변화로부터"),
    ("Korean", "주택 정책 개편", "주택정책 개편을"),
    ("Korean", "주택정책개편", "주택 정책 개편"),
    ("Japanese", "スマート・シティ", "スマートシティ"),
    ("Japanese", "スマートシティ", "スマート・シティ"),
    ("Japanese", "スマートシティ", "スマート･シティ"),
    ("Japanese", "スマートシティ", "スマート＝シティ"),
    ("Japanese", "スマートシティ", "スマート シティ"),
    ("Japanese", "スマートシティ", "スマ\nートシティ"),
    ("Japanese", "スマートシティ", "ｽﾏｰﾄｼﾃｨ"),
    ("Japanese", "G7会合", "Ｇ７会合"),
    ("Chinese", "气候变化", "气候 变化"),
    ("Chinese", "气候变化", "气候\n变化"),
    ("Chinese", "气候变化", "气候\u3000变化"),
    ("Thai", "นโยบายน้ำ", "นโยบาย น้ำ"),
    ("Thai", "นโยบายน้ำ", "นโยบายนํ้า"),
    ("full width", "climate policy 42", "ＣＬＩＭＡＴＥ　ｐｏｌｉｃｙ　４２"),
    ("Arabic", "تغير المناخ", "تغيُّر المُناخ"),
    ("Arabic", "تغير المناخ", "تغـيـر المنـاخ"),
    ("Arabic", "سياسة المناخ", "السياسة المناخ"),
    ("Arabic", "المناخ", "مناخ"),
    ("Arabic", "المناخ", "وللمناخ"),
    ("Arabic", "إصلاح المعاشات", "اصلاح المعاشات"),
    ("Persian", "کتاب خانه", "كتاب خانه"),
    ("Persian", "سیاست‌گذاری", "سیاست گذاری"),
    ("Persian", "سیاست‌گذاری", "سیاستگذاری"),
    ("Hebrew", "רפורמה משפטית", "שהרפורמה המשפטית"),
    ("Hebrew", "דיור ציבורי", "ובדיור הציבורי"),
    ("Hebrew", "ארה״ב", 'ארה"ב'),
    ("Russian", "объединённый совет", "ОБЪЕДИНЕННЫЙ СОВЕТ"),
    ("Russian", "закон", "закона"),
    ("Polish", "łódzki budżet", "lodzki budzet"),
    ("German", "Straßenbahn", "STRASSENBAHN"),
    ("German", "Straßenbahn", "STRAẞENBAHN"),
    ("German", "Strassenbahn", "Straßenbahn"),
    ("German", "Müllabfuhr", "Muellabfuhr"),
    ("German", "Müllabfuhr", "Mu\u0308llabfuhr"),
    ("Turkish", "ışıklı sokak", "IŞIKLI SOKAK"),
    ("Turkish", "izmir metrosu", "İZMİR METROSU"),
    ("Greek", "κλιματικός νόμος", "ΚΛΙΜΑΤΙΚΟΣ ΝΟΜΟΣ"),
    ("Greek", "κλιματικός νόμος", "κλιματικοσ νομοσ"),
    ("Greek", "προϋπολογισμός", "ΠΡΟΫΠΟΛΟΓΙΣΜΟΣ"),
    ("Hindi", "जलवायु परिवर्तन", "जलवायु-परिवर्तन"),
    ("Vietnamese", "chính sách nhà ở", "CHÍNH SÁCH NHÀ Ở"),
]


@pytest.mark.parametrize(("phrase", "text"), [case[1:] for case in ALIKE], ids=[case[0] for case in ALIKE])
def test_a_phrase_is_found_as_its_language_writes_it(phrase: str, text: str) -> None:
    assert [found for found, _ in spans(topic(phrases=(phrase,)), text)] == [text]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Dün İzmir Metrosu'nda", "İzmir Metrosu"),
        ("İzmir Metrosu’nun", "İzmir Metrosu"),
        ("İZMİR METROSU'NDAN", "İZMİR METROSU"),
        ("İzmir'den metrosu", "İzmir'den metrosu"),
    ],
)
def test_a_turkish_name_has_its_endings_behind_an_apostrophe(text: str, evidence: str) -> None:
    assert [found for found, _ in spans(topic(phrases=("izmir metrosu",)), text)] == [evidence]


OTHER = [
    ("Korean, another compound", "기후변화", "기후변화대응"),
    ("Chinese, the other writing", "气候变化", "氣候變化"),
    ("Chinese, two paragraphs", "气候变化", "今天的气候\n\n变化很大"),
    ("Chinese, a comma", "气候变化", "气候，变化"),
    ("Japanese, a list", "安全保障", "安全・保障"),
    ("Hebrew, a short noun", "מים", "המים"),
    ("Russian, an ending in each word", "миграционная политика", "миграционной политики"),
    ("Ukrainian, an ending in each word", "міграційна політика", "міграційної політики"),
    ("Polish, an ending in each word", "polityka migracyjna", "polityki migracyjnej"),
    ("Turkish, an ending without an apostrophe", "izmir metrosu", "İzmir metrosunda"),
]


@pytest.mark.parametrize(("phrase", "text"), [case[1:] for case in OTHER], ids=[case[0] for case in OTHER])
def test_what_wants_a_phrase_of_its_own(phrase: str, text: str) -> None:
    assert not spans(topic(phrases=(phrase,)), text)


def test_an_apostrophe_of_another_language_is_part_of_the_word() -> None:
    for name in ("Hawai'i", "Sana'a", "Shi'a"):
        assert [found for found, _ in spans(topic(phrases=(name,)), f"In {name} today")] == [name]


def test_a_query_leaves_case_endings_open() -> None:
    assert spans(topic(query="миграционн* AND политик*"), "О новой миграционной политике говорили.")
