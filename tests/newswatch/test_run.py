"""One cycle of the real thing: a site over HTTP, a store, mails in a folder."""

from datetime import UTC, datetime, timedelta

from filelock import FileLock

from tests.newswatch.conftest import Newsroom, Site


def test_a_story_goes_from_the_feed_into_one_mail(newsroom: Newsroom, site: Site) -> None:
    site.publish("/a", "County drops its sanctuary policy", "The county dropped its sanctuary policy on Monday.")
    site.publish("/b", "Library hours", "The library will open at nine.")
    report = newsroom.report("run")
    assert report["sources"] == {"checked": 1, "unchanged": 0, "failed": [], "partial": []}
    assert report["articles"] == {"new": 2, "revised": 0, "held": 0, "other": 0}
    assert report["matches"] == 1
    assert report["digests"] == {"queued": 1, "sent": 1, "deferred": 0, "failed": 0, "cancelled": 0}
    (mail,) = newsroom.mails()
    assert "County drops its sanctuary policy" in mail
    assert f"{site.url}/a" in mail
    assert f"{site.url}/b" not in mail


def test_the_second_run_fetches_nothing_twice_and_mails_nothing_again(newsroom: Newsroom, site: Site) -> None:
    site.publish("/a", "County drops its sanctuary policy", "The county dropped its sanctuary policy on Monday.")
    newsroom.run("run")
    site.publish("/c", "More on the sanctuary policy", "The sanctuary policy came up again.")
    report = newsroom.report("run", "--all", at=datetime.now(UTC) + timedelta(minutes=50))
    assert report["articles"]["new"] == 1
    assert report["digests"]["sent"] == 1
    assert site.hits["/a"] == site.hits["/c"] == 1
    assert len(newsroom.mails()) == 2


def test_a_good_run_prints_nothing_without_a_terminal(newsroom: Newsroom, site: Site) -> None:
    site.publish("/a", "County drops its sanctuary policy", "The county dropped its sanctuary policy on Monday.")
    done = newsroom.run("run")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_source_that_newly_fails_is_named_and_exits_with_1_and_is_no_news_the_next_time(
    newsroom: Newsroom, site: Site
) -> None:
    site.status = 503
    done = newsroom.run("run")
    assert done.returncode == 1
    assert "The Record: HTTP 503" in done.stderr
    second = newsroom.run("run", "--all", at=datetime.now(UTC) + timedelta(hours=2))
    assert (second.returncode, second.stderr) == (0, "")
    (failed,) = newsroom.report("run", "--all", at=datetime.now(UTC) + timedelta(hours=3))["sources"]["failed"]
    assert failed["name"] == "The Record"
    assert datetime.fromisoformat(failed["since"]) - datetime.now(UTC) < timedelta(hours=1)


def test_a_way_in_that_fails_beside_one_that_answers_is_named(newsroom: Newsroom, site: Site) -> None:
    sources = newsroom.directory / "sources.yaml"
    sources.write_text(sources.read_text().replace('/rss"]', f'/rss", "{site.url}/gone"]'))
    report = newsroom.report("run")["sources"]
    assert (report["checked"], report["failed"]) == (1, [])
    (part,) = report["partial"]
    assert (part["name"], part["way"], part["reason"]) == ("The Record", f"{site.url}/gone", "HTTP 404 Not Found")
    assert (part["kind"], "`feeds` of 'The Record' in sources.yaml" in part["hint"]) == ("not_found", True)
    done = newsroom.run("run", "--all", "-v", at=datetime.now(UTC) + timedelta(hours=1))
    assert f"The Record: answers, but not at {site.url}/gone: HTTP 404 Not Found" in done.stderr


def test_a_mail_server_that_is_down_is_named_once(newsroom: Newsroom, site: Site) -> None:
    down = {"NEWSWATCH_MAIL__TRANSPORT": "smtp://127.0.0.1:1"}
    site.publish("/a", "County drops its sanctuary policy", "The county dropped its sanctuary policy on Monday.")
    done = newsroom.run("run", **down)
    assert done.returncode == 1
    assert "no mail could be handed over: 127.0.0.1:1: [Errno 111] Connection refused" in done.stderr
    nothing_due = newsroom.run("run", at=datetime.now(UTC) + timedelta(minutes=2), **down)
    assert (nothing_due.returncode, nothing_due.stderr) == (0, "")
    again = newsroom.run("run", at=datetime.now(UTC) + timedelta(hours=1), **down)
    assert (again.returncode, again.stderr) == (0, "")
    report = newsroom.report("run", at=datetime.now(UTC) + timedelta(hours=3))
    assert (report["transport"], report["digests"]["sent"]) == (None, 1)


def test_a_source_that_is_not_due_is_left_alone_unless_all_are_asked_for(newsroom: Newsroom, site: Site) -> None:
    newsroom.run("run")
    assert newsroom.report("run", at=datetime.now(UTC) + timedelta(minutes=2))["sources"]["checked"] == 0
    assert newsroom.report("run", "--all", at=datetime.now(UTC) + timedelta(minutes=2))["sources"]["checked"] == 1
    assert newsroom.report("run", at=datetime.now(UTC) + timedelta(hours=2))["sources"]["checked"] == 1


def test_a_second_run_at_the_same_time_exits_with_75(newsroom: Newsroom) -> None:
    path = newsroom.directory / "var" / "run.lock"
    path.parent.mkdir()
    with FileLock(path):
        done = newsroom.run("run")
    assert done.returncode == 75
    assert "another run holds the lock" in done.stderr


def test_a_bad_configuration_exits_with_2_and_names_the_place(newsroom: Newsroom) -> None:
    (newsroom.directory / "topics.yaml").write_text("topics:\n  - name: A\n    phrase: [x]\n")
    done = newsroom.run("run")
    assert done.returncode == 2
    assert "topics.yaml:3:5: topics.0.phrase: unknown key; did you mean 'phrases'?" in done.stderr


def test_a_run_under_a_made_up_name_is_refused(newsroom: Newsroom, site: Site) -> None:
    sources = newsroom.directory / "sources.yaml"
    sources.write_text(sources.read_text().replace("127.0.0.1", "192.0.2.1"))
    done = newsroom.run("run")
    assert done.returncode == 2
    assert "crawl.contact: is 'bot@example.org', which reaches nobody" in done.stderr
    refused = newsroom.run(
        "run", NEWSWATCH_MAIL__TRANSPORT="smtp://mail.example.net", NEWSWATCH_CRAWL__CONTACT="b@nw.news"
    )
    assert refused.returncode == 2
    assert "mail.from: is 'Valley Watch <alerts@example.org>', which is nobody's address" in refused.stderr


def test_an_ad_hoc_crawl_stores_and_shows_and_never_mails(newsroom: Newsroom, site: Site) -> None:
    site.publish("/a", "County drops its sanctuary policy", "The county dropped its sanctuary policy on Monday.")
    newsroom.run("digest", "send")
    done = newsroom.run("crawl", "The Record")
    assert done.returncode == 0
    assert "Sanctuary policy (100): “sanctuary policy”" in done.stdout
    assert newsroom.mails() == []
    again = newsroom.report("run", "--all", at=datetime.now(UTC) + timedelta(hours=1))
    assert (again["articles"]["new"], again["digests"]["sent"]) == (0, 1)


def test_an_ad_hoc_crawl_of_an_address_reads_it_and_stores_nothing(newsroom: Newsroom, site: Site) -> None:
    site.publish("/a", "County drops its sanctuary policy", "The county dropped its sanctuary policy on Monday.")
    found = newsroom.report("crawl", f"{site.url}/a")
    assert [row["title"] for row in found["articles"]] == ["County drops its sanctuary policy"]
    assert found["articles"][0]["matches"][0]["topic"] == "Sanctuary policy"
    assert newsroom.run("export", "articles").stdout == ""


def test_a_store_that_cannot_be_read_is_told_in_a_line(newsroom: Newsroom) -> None:
    (newsroom.directory / "var").mkdir()
    (newsroom.directory / "var" / "newswatch.db").write_bytes(b"this is no database " * 100)
    done = newsroom.run("run")
    assert done.returncode == 1
    assert done.stderr.startswith("newswatch: store sqlite:///")
    assert "file is not a database" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_was_learned_of_words_is_kept_for_the_next_run(newsroom: Newsroom, site: Site) -> None:
    site.publish("/a", "County drops its sanctuary policy", "The county dropped its sanctuary policy on Monday.")
    assert newsroom.run("run").returncode == 0
    kept = newsroom.directory / "var" / "cache" / "vocabulary"
    assert kept.stat().st_size > 0
    site.publish("/b", "More on the sanctuary policy", "The sanctuary policy came up again.")
    assert newsroom.report("run", "--all", at=datetime.now(UTC) + timedelta(hours=1))["matches"] == 1
