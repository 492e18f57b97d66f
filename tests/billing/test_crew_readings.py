"""A crew reads the meter on its visit: from the page or the device, into the readings that are billed."""

from datetime import timedelta

import pytest
from django.test import Client

import fieldwork.operations
from accounts.actors import System
from accounts.clock import business_date, business_now
from accounts.roles import Role
from billing.models import Reading
from casework.operations import drain
from tests.factories.accounts import StaffFactory
from tests.factories.bills import ReadingFactory
from tests.factories.casework import CaseFactory
from tests.factories.fieldwork import VisitFactory, crew_out

DISPATCH = System("dispatch")


@pytest.fixture
def meter(tariff):
    """Read for the last time a month ago, at 100 m³."""
    return ReadingFactory(day=business_date(business_now()) - timedelta(days=30)).meter


@pytest.fixture
def hong(db):
    return StaffFactory(user__username="hong", number="061", roles=[Role.CREW])


@pytest.fixture
def visit_to(hong):
    """Hong's crew has arrived at this account's door."""
    crew, at = crew_out(hong, code="K1"), business_now() - timedelta(minutes=30)

    def arrive(account):
        visit = VisitFactory(case=CaseFactory(account=account, premises=account.premises), asked_at=at)
        fieldwork.operations.offer(visit=visit, crew=crew, by=DISPATCH, at=at)
        for verb in (fieldwork.operations.accept, fieldwork.operations.set_off, fieldwork.operations.arrive):
            verb(visit=visit, by=hong.user, at=at)
        return visit

    return arrive


@pytest.fixture
def read_off(signed_in, hong):
    """The form of the crew's page, sent; then all that follows from it is carried out."""
    client, keys = signed_in(Client(), hong), iter(range(9))

    def send(visit, shown):
        answer = client.post(f"/crew/visits/{visit.pk}/read-meter/", {"key": f"k{next(keys)}", "cubic_metres": shown})
        while drain(business_now()):
            pass
        return answer

    return send


def test_what_it_reads_is_a_reading_like_all_others(meter, visit_to, read_off, hong):
    visit = visit_to(meter.account)
    assert read_off(visit, "130.5").status_code == 302
    reading = Reading.objects.latest("pk")
    assert (reading.litres, reading.source, reading.standing, reading.by) == (130_500, "crew", "accepted", hong.user.actor_label)
    assert visit.timeline.events.get(verb="visit.meter_read").facts["litres"] == 130_500


def test_what_cannot_be_waits_for_somebody(meter, visit_to, read_off):
    read_off(visit_to(meter.account), "90")
    assert (Reading.objects.latest("pk").standing, Reading.objects.latest("pk").doubt) == ("doubtful", "below_last")


def test_read_twice_the_same_day_the_first_gives_way(meter, visit_to, read_off):
    visit = visit_to(meter.account)
    read_off(visit, "130")
    read_off(visit, "131")
    assert list(Reading.objects.filter(superseded_by=None, litres__gt=100_000).values_list("litres", flat=True)) == [131_000]


def test_a_card_meter_is_not_read(account, visit_to, read_off, client, signed_in, hong):
    visit = visit_to(account)
    assert "No meter that is billed by its reading" in read_off(visit, "130").text
    assert "Read the meter" not in signed_in(client, hong).get(f"/crew/visits/{visit.pk}/").text


def test_the_page_names_the_meter(meter, visit_to, client, signed_in, hong):
    assert f"Meter {meter.serial}" in signed_in(client, hong).get(f"/crew/visits/{visit_to(meter.account).pk}/").text


def test_what_comes_from_a_device_weeks_later_is_told_and_not_billed(meter, visit_to, read_off):
    visit = visit_to(meter.account)
    meter.installed_at = business_now() + timedelta(days=1)
    meter.save(update_fields=["installed_at"])
    read_off(visit, "130")
    assert visit.timeline.events.filter(verb="visit.meter_read").exists()
    assert not Reading.objects.filter(litres=130_000).exists()
