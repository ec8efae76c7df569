"""What a source's parts say together."""

from monitor.health.pages import PagesHealth, after
from monitor.health.troubles import ALL, Trouble, hint
from monitor.health.verdict import Health, judge, parts
from monitor.health.ways import WayHealth

GOOD = WayHealth(kind="feeds", looked=9.0, good=9.0)
GONE = WayHealth(kind="feeds", looked=9.0, bad=2, trouble="not_found", reason="HTTP 404", first=5.0, failing=6.0)
SILENT = WayHealth(kind="sitemaps", looked=9.0, bad=1, trouble="silent", reason="nothing new", first=7.0, failing=8.0)


def test_a_source_fails_when_all_its_ways_do_since_the_last_of_them_did() -> None:
    verdict = judge(Health(ways={"/a": GONE, "/b": SILENT}))
    assert (verdict.state, verdict.trouble, verdict.since) == ("failing", "silent", 7.0)
    assert verdict.reason == "HTTP 404; nothing new"


def test_a_source_of_which_one_way_fails_is_watched_in_part() -> None:
    health = Health(ways={"/a": GONE, "/b": GOOD})
    assert judge(health).state == "partial"
    assert [(part.url, part.trouble, part.since) for part in parts(health)] == [("/a", "not_found", 5.0)]


def test_ways_that_show_nothing_new_since_another_fell_silent_are_silent_with_it() -> None:
    silent = WayHealth(kind="feeds", looked=9.0, bad=1, trouble="silent", news=5.0, first=5.0, failing=8.0)
    rarer = WayHealth(kind="sections", looked=9.0, good=9.0, news=5.5, still=4.5)
    static = WayHealth(kind="sections", looked=9.0, good=9.0, still=1.0)
    lively = WayHealth(kind="sections", looked=9.0, good=9.0, news=8.5, still=7.5)
    verdict = judge(Health(ways={"/a": silent, "/b": rarer, "/c": static, "/d": GONE}))
    assert (verdict.state, verdict.trouble, verdict.since, verdict.url) == ("failing", "silent", 5.0, "/a")
    assert judge(Health(ways={"/a": silent, "/b": rarer, "/c": lively})).state == "partial"
    assert judge(Health(ways={"/a": silent, "/b": GOOD})).state == "partial"  # nothing is known of its news
    assert judge(Health(ways={"/b": rarer, "/d": GONE})).state == "partial"


def test_a_list_that_never_held_anything_is_told_only_where_there_is_no_other() -> None:
    nothing = WayHealth(kind="sections", looked=9.0, bad=2, trouble="empty", first=5.0, failing=6.0)
    assert judge(Health(ways={"/a": nothing})).state == "failing"
    assert judge(Health(ways={"/a": nothing, "/b": GOOD})).state == "ok"


def test_pages_that_stop_to_have_text_make_a_source_fail_and_teasers_make_it_partial() -> None:
    pages: dict[Trouble, PagesHealth] = {}
    for trouble in ("no_text", "paywall"):
        known = PagesHealth()
        for run in range(30):
            known = after(known, {"": 3}, float(run))
        assert judge(Health(ways={"/a": GOOD}, pages=known)).state == "ok"
        pages[trouble] = after(known, {trouble: 4}, 100.0)
    assert judge(Health(ways={"/a": GOOD}, pages=pages["no_text"])).state == "failing"
    assert judge(Health(ways={"/a": GOOD}, pages=pages["paywall"])).state == "partial"
    assert judge(Health(ways={"/a": GOOD}, pages=after(pages["no_text"], {"": 1}, 101.0))).state == "ok"


def test_one_run_in_which_the_server_was_down_is_no_trouble_of_the_pages() -> None:
    known = after(PagesHealth(whole=0.95), {"server_error": 12}, 1.0)
    assert known.trouble == ""
    assert after(known, {"server_error": 1}, 2.0).trouble == "server_error"


def test_where_other_pages_are_often_among_the_links_more_of_them_are_no_news() -> None:
    assert after(PagesHealth(whole=0.5), {"no_text": 6}, 1.0).trouble == ""
    assert after(PagesHealth(whole=0.5), {"no_text": 12}, 1.0).trouble == "no_text"


def test_health_comes_back_as_it_was_kept() -> None:
    health = Health(ways={"/a": GONE}, pages=after(PagesHealth(), {"paywall": 12}, 1.0))
    assert Health.of(health.plain()) == health


def test_every_trouble_has_a_hint_that_names_a_command_or_a_key() -> None:
    for trouble in ALL:
        text = hint(trouble, name="The Record", home="http://r.test/", url="http://r.test/rss", key="feeds")
        assert "newswatch" in text or "sources.yaml" in text or "browser" in text, trouble
        assert "{" not in text
