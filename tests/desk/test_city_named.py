"""The demo shows who comes first, what was put forward, and an order that an agent only has to find."""

from callbacks.models import FollowUp
from casework.models import Case
from desk.city.named import bring_named
from desk.queries.call_orders import orders_wanted
from tests.factories.accounts import AccountFactory, StaffFactory

ROLES = {"xia": "hotline_agent", "fang": "clerk", "qiang": "hall_head", "ping": "hall_head", "guo": "branch_manager"}


def test_the_demo_shows_named_persons_letters_to_write_and_a_strangers_order(db, now):
    people = {username: StaffFactory(user__username=username, roles=[role]) for username, role in ROLES.items()}
    for _ in range(3):
        AccountFactory(customer__segment="vip")
    bring_named(now)
    assert {case.named.user.username for case in Case.objects.filter(segment="vip")} <= {"qiang", "ping", "fang"}
    assert sorted(FollowUp.objects.values_list("way", flat=True)) == ["letter", "phone", "phone"]
    assert [len(wanted.likely) for wanted in orders_wanted(people["xia"], at=now)] == [1]
