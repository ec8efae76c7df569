from monitor.leads import sections
from monitor.records import Response, Source

HOME = "https://record.example/"
SOURCE = Source(name="The Record", home=HOME)


def links(page: str, source: Source = SOURCE, url: str = HOME) -> dict[str | None, str]:
    found = sections.links(Response(url=url, body=page.encode(), content_type="text/html; charset=utf-8"), source)
    return {lead.url: lead.title for lead in found}


def test_stories_are_kept_and_the_furniture_is_left() -> None:
    page = """
    <nav><a href="/news/">News</a><a href="/about">About us</a><a href="/subscribe">Subscribe</a></nav>
    <h2><a href="/news/council-votes-on-sanctuary-policy">Council votes on sanctuary policy</a></h2>
    <a href="/2026/11/24/police-chief-speaks/">Police chief speaks</a>
    <a href="/story?id=4711">A story by number</a>
    <a href="/tag/police">police</a> <a href="/author/ana-lopez/">Ana Lopez</a> <a href="/login?next=/">Log in</a>
    <a href="/news/page/2/">Older</a> <a href="/2026/11/">November 2026</a> <a href="/files/budget.docx">Budget</a>
    <a href="/photos/one.jpg">Photo</a> <a href="mailto:ana@record.example">Mail</a> <a href="#top">Top</a>
    <footer><a href="/privacy-policy">Privacy</a></footer>
    """
    assert list(links(page)) == [
        "https://record.example/news/council-votes-on-sanctuary-policy",
        "https://record.example/2026/11/24/police-chief-speaks/",
        "https://record.example/story?id=4711",
    ]


def test_another_sites_stories_are_not_this_ones() -> None:
    page = """<a href="https://other.example/2026/11/24/council-votes-on-budget">Council votes on the budget</a>
    <a href="https://sports.record.example/2026/11/24/ports-win-the-final">Ports win the final</a>"""
    assert list(links(page)) == ["https://sports.record.example/2026/11/24/ports-win-the-final"]


def test_a_story_linked_three_times_is_one_lead_with_its_headline() -> None:
    page = """<div><a href="/news/a-bird-sanctuary-opens"><img src=x alt=""></a>
    <a href="/news/a-bird-sanctuary-opens?utm_source=home">A bird sanctuary opens on the river</a>
    <a href="/news/a-bird-sanctuary-opens#comments">12 comments</a></div>"""
    assert links(page) == {"https://record.example/news/a-bird-sanctuary-opens": "A bird sanctuary opens on the river"}


def test_read_more_takes_the_heading_of_its_card() -> None:
    page = """<div><article><h3>Mayor Tubbs resigns</h3><p>…</p>
    <a href="/news/2026/11/mayor-tubbs-resigns-today">Read more</a></article>
    <article><h3>Rain</h3></article></div>"""
    assert list(links(page).values()) == ["Mayor Tubbs resigns"]


def test_the_sources_patterns_decide() -> None:
    page = """<a href="/x1">One</a><a href="/news/a-long-headline-of-a-real-story">A long headline of a real story</a>
    <a href="/x2/sponsored">Two</a>"""
    source = Source(name="r", home=HOME, allow=(r"/x\d",), deny=("sponsored",))
    assert list(links(page, source)) == ["https://record.example/x1"]


def test_a_base_element_moves_relative_links() -> None:
    page = '<base href="/stories/"><a href="2026-11-24-a-fire-in-the-old-mill">A fire in the old mill</a>'
    assert list(links(page)) == ["https://record.example/stories/2026-11-24-a-fire-in-the-old-mill"]


def test_a_host_without_a_domain_is_its_own_site() -> None:
    page = '<a href="http://127.0.1.4/news/a-fire-in-the-old-mill">A fire in the old mill</a>'
    assert not links(page, Source(name="r", home="http://127.0.1.3/"), "http://127.0.1.3/")


def test_pages_that_are_hardly_pages_have_no_links() -> None:
    for page in ("", "\x00", "plain words", "<html>", "<a href>", "<a href='http://[::1'>x</a>"):
        assert links(page) == {}


def test_a_flood_of_links_is_cut() -> None:
    page = "".join(f'<a href="/news/story-number-{n}-of-many-today">Story {n} of many</a>' for n in range(3_000))
    assert len(links(page)) == sections.MOST
