"""Who is asked, and what is missing: pure."""

import pytest

from complaints.models import Item, Service, Topic
from complaints.reception_rules import Colleague, Rule, nearest, rule_for
from complaints.service_items import NEEDED, TOPICS, gaps

EVERYWHERE = Rule(role="direction_specialist")
MONEY = Rule("money", staff=1)
NORTH = Rule(path="/1/2/", staff=2)
MONEY_NORTH = Rule("money", "/1/2/", staff=3)
RULES = [EVERYWHERE, MONEY, NORTH, MONEY_NORTH]


@pytest.mark.parametrize(
    ("topic", "path", "rule"),
    [
        ("money", "/1/2/9/", MONEY_NORTH),
        ("money", "/1/3/", MONEY),
        ("money", "", MONEY),
        ("safety", "/1/2/9/", NORTH),
        ("safety", "/1/3/", EVERYWHERE),
    ],
)
def test_the_topic_beats_the_place_and_the_smaller_place_the_larger(topic, path, rule):
    assert rule_for(RULES, topic=topic, path=path) == rule
    assert rule_for(reversed(RULES), topic=topic, path=path) == rule


def test_where_no_rule_fits_there_is_none():
    assert rule_for([MONEY_NORTH], topic="safety", path="/1/2/") is None


def test_who_is_near_and_here_is_asked_before_who_has_less_to_do():
    far, near, away = Colleague(1, "1", hall=7), Colleague(2, "2", hall=8, load=9), Colleague(3, "3", hall=8, is_away=True)
    assert nearest([far, near, away], path="/1/2/", hall=8) == 2
    assert nearest([far, near, away], path="/1/2/", hall=8, but=[2]) == 1
    assert nearest([], path="/1/2/", hall=8) is None


def test_of_equals_the_one_with_the_fewest_is_asked_and_then_the_lowest_number():
    people = [Colleague(1, "9", load=2), Colleague(2, "8", load=1), Colleague(3, "7", load=1)]
    assert nearest(people, path="", hall=None) == 3


def test_own_ground_beats_everything():
    people = [Colleague(1, "1", hall=8), Colleague(2, "2", grounds=("/1/2/",)), Colleague(3, "3", grounds=("/1/9/",))]
    assert nearest(people, path="/1/2/5/", hall=8) == 2
    assert nearest(people[2:], path="/1/2/5/", hall=8) == 3


def test_every_service_says_what_it_needs_and_who_answers_for_it():
    assert set(NEEDED) == set(TOPICS) == set(Service.values)
    assert {item for items in NEEDED.values() for item in items} == set(Item.values)
    assert set(TOPICS.values()) <= set(Topic.values)


def test_gaps_are_what_nobody_said_and_a_file_stands_for_a_paper():
    assert gaps("appliance", {"place": "12", "appliance": "  "}) == ["appliance", "passport"]
    assert gaps("appliance", {"place": "12", "appliance": "Vaillant"}, files=1) == []
