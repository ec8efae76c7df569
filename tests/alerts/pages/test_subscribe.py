import re
import statistics
import time

import pytest
import sqlalchemy as sa

from alerts.pages.limits import Limiter
from monitor.store import consents
from monitor.store.tables import consents as consents_table
from monitor.store.tables import outbox

both = pytest.mark.parametrize("store_url", ["sqlite", "postgresql"], indirect=True)
WEEKLY = {"scope": "chosen", "topics": ["stockton", "eric-jones"], "every": "weekly", "day": "friday", "at": "06:15",
          "time_zone": "Europe/Berlin", "empty": "note"}  # fmt: skip


@both
def test_a_person_subscribes_by_the_form_the_mail_and_the_button(site, newsroom):
    form = site.get("/subscribe")
    assert form.status == 200
    assert '<form method="post" action="/subscribe"' in form.text
    confirm = site.ask("ben@example.org", **WEEKLY)
    assert site.subscriber("ben@example.org") is None
    page = site.get(confirm)
    assert page.status == 200
    assert "every Friday at 06:15 (Europe/Berlin time), about Chief Eric Jones and Stockton, California" in page.text
    assert site.subscriber("ben@example.org") is None
    newsroom.clock.pass_(hours=1)
    assert site.post(confirm, {"confirm": "yes"}).heading == "You are subscribed"
    subscriber = site.subscriber("ben@example.org")
    assert (subscriber.state, subscriber.changed) == ("active", True)
    wishes = subscriber.subscription
    assert set(wishes.topics) == {"stockton", "eric-jones"}
    assert (wishes.every, wishes.day, wishes.at, wishes.time_zone, wishes.empty) == (
        "weekly", "friday", "06:15", "Europe/Berlin", "note",
    )  # fmt: skip
    assert wishes.created == newsroom.clock.now()


@both
def test_time_and_wording_of_the_agreement_are_kept(site, newsroom):
    asked = newsroom.clock.now()
    confirm = site.ask("ben@example.org")
    agreed = newsroom.clock.pass_(hours=2)
    site.post(confirm, {"confirm": "yes"})
    with newsroom.engine.connect() as connection:
        (kept,) = consents.of(connection, "ben@example.org")
    assert (kept["requested"], kept["confirmed"]) == (asked, agreed)
    assert kept["wording"] == (
        "Yes, send me mails from Valley Watch, daily at 07:30 (America/Los Angeles time), about all of its topics. "
        "I can leave at any time by a link in each mail."
    )
    assert kept["wording"] in site.get(confirm).text


def test_an_address_alone_is_wish_enough(site):
    confirm = site.ask("ben@EXAMPLE.org")
    site.post(confirm, {"confirm": "yes"})
    wishes = site.subscriber("ben@example.org").subscription
    assert (wishes.topics, wishes.every, wishes.time_zone) == ("all", "daily", "America/Los_Angeles")


def test_topics_without_a_scope_are_a_choice(site):
    site.post(site.ask("ben@example.org", topics=["stockton", "Sanctuary policy"]), {"confirm": "yes"})
    assert set(site.subscriber("ben@example.org").subscription.topics) == {"stockton", "sanctuary-policy"}


def test_the_confirmation_mail_is_one_that_a_mailbox_trusts(site):
    site.ask("ben@example.org")
    (mail,) = site.mails(1)
    assert (mail["To"], mail["Auto-Submitted"]) == ("ben@example.org", "auto-generated")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = mail.get_body(("plain",)).get_content()
    assert "/confirm/" in text
    assert "/confirm/" in mail.get_body(("html",)).get_content()
    assert "None" not in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": ""}, "not a mail address"),
        ({"email": "ana"}, "not a mail address"),
        ({"email": "ana@example.org\r\nBcc: eve@example.org"}, "not a mail address"),
        ({"email": "Ana <ana@example.org>"}, "not a mail address"),
        ({"email": "ana@example.org, eve@example.org"}, "not a mail address"),
        ({"email": "ana@[127.0.0.1]"}, "not a mail address"),
        ({"email": "a" * 400 + "@example.org"}, "not a mail address"),
        ({"email": "b@example.org", "scope": "chosen"}, "Choose one topic"),
        ({"email": "b@example.org", "scope": "chosen", "topics": "no-such-topic"}, "Choose one topic"),
        ({"email": "b@example.org", "every": "yearly"}, "Choose how often"),
        ({"email": "b@example.org", "at": "25:00"}, "Write a time"),
        ({"email": "b@example.org", "at": "7"}, "Write a time"),
        ({"email": "b@example.org", "day": "someday"}, "Choose a day"),
        ({"email": "b@example.org", "time_zone": "../../etc/passwd"}, "Choose a time zone"),
        ({"email": "b@example.org", "time_zone": "Mars/Olympus"}, "Choose a time zone"),
    ],
)
def test_a_wish_that_cannot_be_had_comes_back_with_what_is_wrong(site, fields, said):
    answer = site.post("/subscribe", fields)
    assert answer.status == 422
    assert said in answer.text
    assert 'role="alert"' in answer.text
    site.mails(0)


def test_what_was_typed_is_shown_again_and_is_only_text(site):
    hostile = '"><script>alert(1)</script>'
    answer = site.post("/subscribe", {"email": hostile, "at": hostile, "time_zone": hostile})
    assert "<script" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text


def test_known_and_unknown_addresses_get_the_same_page_and_the_same_mail(site, newsroom):
    newsroom.subscribe("ana@example.org")
    pages, mails = [], []
    for number, email in enumerate(["ana@example.org", "ben@example.org"], 1):
        answer = site.post("/subscribe", {"email": email})
        pages.append((answer.status, answer.text.replace(email, "X"), sorted(answer.headers)))
        mail = site.mails(number)[-1]
        mails.append(re.sub(r"/(confirm|unsubscribe)/\S+", "", mail.get_body(("plain",)).get_content()))
    assert pages[0] == pages[1]
    assert mails[0] == mails[1]
    assert site.subscriber("ana@example.org").changed is False


def test_known_and_unknown_addresses_take_the_same_time(site, newsroom):
    for number in range(40):
        newsroom.subscribe(f"known{number}@example.org")
    took = {"known": [], "other": []}
    for number in range(40):
        for kind in took:
            began = time.perf_counter()
            assert site.post("/subscribe", {"email": f"{kind}{number}@example.org"}).status == 200
            took[kind].append(time.perf_counter() - began)
    known, other = (statistics.median(times) for times in took.values())
    assert abs(known - other) < 0.4 * max(known, other)


def test_confirming_again_says_so_and_changes_nothing(site, newsroom):
    confirm = site.ask("ben@example.org", every="hourly")
    site.post(confirm, {"confirm": "yes"})
    site.post(site.preferences("ben@example.org"), {"save": "yes", "every": "weekly"})
    assert site.post(confirm, {"confirm": "yes"}).heading == "You are subscribed"
    assert site.subscriber("ben@example.org").subscription.every == "weekly"


def test_an_old_link_does_not_bring_back_who_left(site):
    confirm = site.ask("ben@example.org")
    site.post(confirm, {"confirm": "yes"})
    site.post(site.leave("ben@example.org"), {"List-Unsubscribe": "One-Click"})
    assert site.post(confirm, {"confirm": "yes"}).status == 410
    assert site.subscriber("ben@example.org").state == "unsubscribed"
    site.post(site.ask("ben@example.org"), {"confirm": "yes"})
    assert site.subscriber("ben@example.org").state == "active"


def test_a_link_to_confirm_expires(site, newsroom):
    confirm = site.ask("ben@example.org")
    newsroom.clock.pass_(days=3, seconds=1)
    assert site.get(confirm).status == 410
    assert site.post(confirm, {"confirm": "yes"}).status == 410
    assert site.subscriber("ben@example.org") is None


@pytest.mark.parametrize("body", [{}, {"confirm": "no"}, {"List-Unsubscribe": "One-Click"}])
def test_only_the_button_confirms(site, body):
    confirm = site.ask("ben@example.org")
    assert site.post(confirm, body).status == 400
    assert site.get(confirm + "?confirm=yes").status == 200
    assert site.subscriber("ben@example.org") is None


def test_a_changed_link_confirms_nothing(site):
    confirm = site.ask("ben@example.org")
    start = confirm.rindex("/") + 1
    for place in range(start, len(confirm)):
        changed = confirm[:place] + ("A" if confirm[place] != "A" else "B") + confirm[place + 1 :]
        assert site.post(changed, {"confirm": "yes"}).status == 404
    assert site.subscriber("ben@example.org") is None


@both
def test_a_subscriber_who_confirms_a_new_wish_gets_that(site, newsroom):
    newsroom.subscribe("ana@example.org", every="daily")
    before = site.subscriber()
    site.post(site.ask("ana@example.org", every="hourly"), {"confirm": "yes"})
    after = site.subscriber()
    assert (after.id, after.state, after.subscription.every) == (before.id, "active", "hourly")


def test_somebody_who_was_suppressed_comes_back_by_confirming(site, newsroom):
    from monitor.store import subscribers

    newsroom.subscribe("ana@example.org")
    known = site.subscriber()
    with newsroom.engine.begin() as connection:
        subscribers.set_state(connection, known.id, "suppressed")
    site.post(site.ask("ana@example.org"), {"confirm": "yes"})
    assert site.subscriber().state == "active"


@both
def test_it_was_not_me_stops_the_questions_for_a_while(site, newsroom):
    site.ask("ben@example.org")
    (mail,) = site.mails(1)
    link = mail["List-Unsubscribe"].strip("<>")
    assert site.get(link).heading == "It was not you?"
    assert site.post(link, {"List-Unsubscribe": "One-Click"}).heading == "You are left alone"
    assert site.post("/subscribe", {"email": "ben+news@example.org", "every": "hourly"}).status == 200
    site.mails(1)
    newsroom.clock.pass_(days=31)
    site.ask("ben@example.org")


def test_the_way_to_leave_in_the_first_mail_ends_what_it_began(site):
    confirm = site.ask("ben@example.org")
    site.post(confirm, {"confirm": "yes"})
    link = site.mails(1)[0]["List-Unsubscribe"].strip("<>")
    assert site.get(link).heading == "No more mails?"
    assert site.post(link, {"List-Unsubscribe": "One-Click"}).status == 200
    assert site.subscriber("ben@example.org").state == "unsubscribed"


def test_a_mailbox_gets_three_mails_a_day_and_a_second_click_none(site, newsroom):
    for every in ("daily", "daily", "hourly", "weekly", "immediately"):
        assert site.post("/subscribe", {"email": "ben@example.org", "every": every}).status == 200
    assert site.post("/subscribe", {"email": "BEN+x@example.org"}).status == 200
    site.mails(3)
    newsroom.clock.pass_(hours=25)
    site.ask("ben@example.org")


def test_a_client_that_asks_too_often_has_to_wait(site):
    site.service.clients.__init__(burst=3, every=60)
    answers = [site.post("/subscribe", {"email": f"b{n}@example.org"}) for n in range(5)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429, 429]
    assert 1 <= int(answers[3].headers["retry-after"]) <= 60
    site.mails(3)
    forged = site.post("/subscribe", {"email": "b9@example.org"}, **{"X-Forwarded-For": "192.0.2.7"})
    assert forged.status == 429


def test_all_clients_together_cannot_make_us_write_to_the_world(site):
    site.service.everyone.__init__(burst=2, every=60)
    answers = [site.post("/subscribe", {"email": f"b{n}@example.org"}) for n in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 503]
    assert "retry-after" in answers[2].headers


@both
def test_what_nobody_confirmed_is_forgotten_with_its_mail(site, newsroom):
    site.ask("ben@example.org")
    site.post(site.ask("cleo@example.org"), {"confirm": "yes"})
    now = newsroom.clock.pass_(days=5)
    with newsroom.engine.begin() as connection:
        assert consents.forget(connection, now, now) == 1
        assert list(connection.scalars(sa.select(consents_table.c.email))) == ["cleo@example.org"]
        assert list(connection.scalars(sa.select(outbox.c.recipient))) == ["cleo@example.org"]


def test_a_forgotten_wish_lends_its_number_to_no_other(site, newsroom):
    old = site.ask("ben@example.org")
    now = newsroom.clock.pass_(days=5)
    with newsroom.engine.begin() as connection:
        consents.forget(connection, now, now)
    site.ask("cleo@example.org")
    assert site.post(old, {"confirm": "yes"}).status == 404
    assert site.subscriber("cleo@example.org") is None


def test_limits_fill_up_again_and_forget_the_longest_unseen():
    now = [0.0]
    limiter = Limiter(burst=2, every=10, most=2, clock=lambda: now[0])
    assert [limiter.wait("a") for _ in range(3)] == [0, 0, 10]
    now[0] = 4.0
    assert limiter.wait("a") == pytest.approx(6)
    now[0] = 10.0
    assert [limiter.wait("a"), limiter.wait("a")] == [0, 10]
    assert [limiter.wait("b"), limiter.wait("c"), limiter.wait("a")] == [0, 0, 0]


@pytest.mark.parametrize(
    ("host", "key"),
    [("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
     ("fe80::1%eth0", "fe80::/64"), (None, ""), ("unix:", "unix:")],
)  # fmt: skip
def test_a_client_is_its_address_or_its_network(host, key):
    from alerts.pages.limits import client

    assert client(host) == key


def test_the_wish_of_another_mailbox_is_no_second_click():
    assert consents.mailbox("Ben+News@Example.org") == consents.mailbox("ben@example.org")
    assert consents.mailbox("+ben@example.org") != consents.mailbox("+cleo@example.org")
