"""Crews and visits in the back office: to look at, by whoever plans crews; parts and prices are kept there."""

import pytest

from fieldwork.models import Crew, Part
from tests.factories.fieldwork import OfferFactory, PartFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def yans(client, yan):
    return sign_in(client, yan.user)


@pytest.mark.parametrize("what", ["crew", "visit", "part"])
def test_the_dispatcher_finds_the_lists(yans, near, what):
    OfferFactory(crew=near)
    PartFactory()
    assert yans.get(f"/admin/fieldwork/{what}/").status_code == 200


def test_a_visit_shows_who_was_asked(yans, near):
    offer = OfferFactory(crew=near)
    assert "抢修一班" in yans.get(f"/admin/fieldwork/visit/{offer.visit_id}/change/").content.decode()


def test_crews_are_not_written_here(yans, near):
    assert yans.post(f"/admin/fieldwork/crew/{near.pk}/change/", {"code": "X", "name": "X"}).status_code == 403
    assert yans.get("/admin/fieldwork/crew/add/").status_code == 403
    assert Crew.objects.get().code == "K1"


def test_a_part_gets_a_price(yans):
    form = {"code": "P1", "name": "阀门", "name_en": "valve", "name_ru": "кран", "unit": "pc", "price": "4500"}
    assert yans.post("/admin/fieldwork/part/add/", form).status_code == 302
    assert Part.objects.get().price == 4_500


@pytest.mark.parametrize("what", ["crew", "visit", "part"])
def test_a_clerk_does_not_see_it(client, fang, what):
    assert sign_in(client, fang.user).get(f"/admin/fieldwork/{what}/").status_code in {302, 403}
