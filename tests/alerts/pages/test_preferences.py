import pytest
import sqlalchemy as sa

from alerts import schedule
from monitor.store.tables import subscription_topics


@pytest.fixture(autouse=True)
def ana(newsroom):
    newsroom.subscribe("ana@example.org", topics=("stockton",), at="07:30")


def test_the_page_shows_the_settings_as_they_are_and_the_address_masked(site):
    answer = site.get(site.preferences())
    assert answer.status == 200
    assert 'value="stockton" checked' in answer.text
    assert 'value="eric-jones">' in answer.text
    assert 'value="07:30"' in answer.text
    assert '<option value="America/Los_Angeles" selected>' in answer.text
    assert "a…@example.org" in answer.text
    assert "ana@example.org" not in answer.text


def test_new_settings_count_at_once_and_win_over_the_file(site, newsroom):
    now = newsroom.clock.pass_(hours=1)
    answer = site.post(
        site.preferences(),
        {"save": "yes", "scope": "chosen", "topics": ["stockton", "eric-jones"], "every": "weekly", "day": "sunday",
         "at": "18:45", "time_zone": "Asia/Kathmandu", "empty": "note"},
    )  # fmt: skip
    assert answer.heading == "Saved"
    assert "every Sunday at 18:45 (Asia/Kathmandu time), about Chief Eric Jones and Stockton, California" in answer.text
    newsroom.subscribe("ana@example.org", topics=("stockton",), at="07:30")
    subscriber = site.subscriber()
    assert subscriber.changed
    wishes = subscriber.subscription
    assert (wishes.every, wishes.at, wishes.time_zone, wishes.empty) == ("weekly", "18:45", "Asia/Kathmandu", "note")
    assert schedule.following(wishes, now).isoformat() == "2026-11-29T13:00:00+00:00"
    with newsroom.engine.connect() as connection:
        columns = subscription_topics.c.topic_id, subscription_topics.c.since
        since = dict(connection.execute(sa.select(*columns)).all())
    assert since["eric-jones"] == now
    assert since["stockton"] < now


def test_an_unticked_box_is_a_no(site):
    link = site.preferences()
    site.post(link, {"save": "yes", "empty": "note"})
    assert site.subscriber().subscription.empty == "note"
    site.post(link, {"save": "yes"})
    assert site.subscriber().subscription.empty == "nothing"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"every": "weekly"}, 400),
        ({"save": "yes", "at": "99:99"}, 422),
        ({"save": "yes", "scope": "chosen"}, 422),
        ({"save": "yes", "time_zone": "Nowhere"}, 422),
    ],
)
def test_settings_that_cannot_be_are_refused_and_change_nothing(site, fields, status):
    before = site.subscriber()
    assert site.post(site.preferences(), fields).status == status
    assert site.subscriber() == before


def test_nobody_moves_a_subscription_to_another_address(site):
    site.post(site.preferences(), {"save": "yes", "email": "eve@example.org", "every": "hourly"})
    assert site.subscriber("ana@example.org").subscription.every == "hourly"
    assert site.subscriber("eve@example.org") is None


def test_who_left_sees_so_and_does_not_come_back_by_saving(site):
    link = site.preferences()
    site.post(site.leave(), {"unsubscribe": "yes"})
    assert site.get(link).heading == "There is no subscription now"
    assert site.post(link, {"save": "yes", "every": "hourly"}).heading == "There is no subscription now"
    assert site.subscriber().state == "unsubscribed"


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t + "A", lambda t: t[::-1], lambda _t: "x", lambda _t: ""]
)
def test_a_changed_link_opens_nothing(site, change):
    start, _, token = site.preferences().rpartition("/")
    assert site.get(f"{start}/{change(token)}").status == 404
    assert site.post(f"{start}/{change(token)}", {"save": "yes", "every": "hourly"}).status == 404
    assert site.subscriber().subscription.every == "daily"


def test_the_link_to_leave_does_not_open_the_settings(site):
    token = site.leave().rpartition("/")[2]
    assert site.get(f"/preferences/{token}").status == 404
