"""Places a household follows, and announcements it does not want."""

import pytest

from notices.models import FollowedPlace, Refusal
from notices.operations import following
from tests.conftest import NOW
from tests.factories import accounts as people

pytestmark = pytest.mark.django_db
HERE = "/cabinet/messages/places/"


@pytest.fixture
def page(client, signed_in, olive, time_machine):
    time_machine.move_to(NOW, tick=False)
    return signed_in(client, olive)


def test_a_place_is_found_by_its_name_followed_and_left(page):
    place = people.TerritoryFactory(name="阳光花园", level="compound")
    assert "You follow no place" in page.get(HERE).content.decode()
    assert "阳光花园" in page.post(HERE, {"sought": "阳光", "look": "1"}).content.decode()
    page.post(HERE, {"follow": place.pk})
    assert [one.territory for one in FollowedPlace.objects.all()] == [place]
    page.post(HERE, {"stop": place.pk})
    assert not FollowedPlace.objects.exists()


def test_a_place_that_is_none_is_not_followed(page):
    assert page.post(HERE, {"follow": "x"}).status_code == 404


def test_nobody_follows_everything(monkeypatch):
    monkeypatch.setattr(following, "MOST", 1)
    customer = people.CustomerFactory()
    following.follow(people=[customer], place=people.TerritoryFactory(), at=NOW)
    with pytest.raises(following.TooManyPlaces):
        following.follow(people=[customer], place=people.TerritoryFactory(), at=NOW)


def test_a_tick_that_is_taken_away_stops_a_topic_by_that_way(page):
    everything = ["sms", "voice", "email", "cabinet"]
    page.post("/cabinet/messages/wanted/", {"news": ["email", "cabinet"], "surveys": everything, "places": everything})
    assert sorted(Refusal.objects.values_list("topic", "channel")) == [("news", "sms"), ("news", "voice")]
