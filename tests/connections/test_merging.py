"""Gas was applied for twice: what came with the one goes on in the other, both are told, and no paid contract ends that way."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import billing.operations.charges
import casework.operations
from billing.models import Book, Charge
from casework.operations import move_case
from connections.models import Application, Mandate, Stage
from connections.operations import mandates, merging, offers, papers
from connections.operations.applying import Outside
from connections.operations.merging import NoApplication, Paid
from connections.queries.fingerprints import digest_of
from connections.quote_lines import NewLine, NewQuote
from fieldwork.models import Visit
from notices.models import Message
from sla.models import Clock
from tests.api.conftest import device_of
from tests.connections.conftest import BY, verbs
from tests.connections.test_mandates import drawn
from tests.connections.test_papers import picture
from tests.factories.casework import GeneralRequestFactory
from tests.factories.fieldwork import VisitFactory

pytestmark = pytest.mark.usefixtures("book")


@pytest.fixture
def both(applied, steward, olive, now):
    """The one from the city's platform with a paper, a mandate and a visit; the other by phone."""
    outside = Outside("aishandong", "LY-77", now + timedelta(days=7))
    return applied(asker=olive, outside=outside), applied(name="周敏")


def merge(both, by, now):
    one, other = (Application.objects.select_related("case").get(pk=row.pk) for row in both)
    merging.merge(application=one, into=other, by=by, at=now)
    return [Application.objects.select_related("case").get(pk=row.pk) for row in both]


def test_what_was_sent_and_signed_goes_over(both, steward, now, drained):
    paper = both[0].papers.get(key="identity")
    papers.hand_in(paper=paper, file=SimpleUploadedFile("id.jpg", picture()), by=BY, at=now)
    papers.accept(paper=paper, seen=paper.version, by=steward.user, at=now)
    mandates.give(application=both[0], signing=drawn(), by=BY, at=now)
    visit = VisitFactory(case=both[0].case, timeline=both[0].case.timeline, purpose="survey", skill="indoor")
    one, other = merge(both, steward.user, now)
    carried = other.papers.get(key="identity")
    assert (carried.status, carried.files.get().attachment.case, other.processing_from is not None) == ("accepted", other.case, True)
    assert (Mandate.objects.get().application, Mandate.objects.get().signature.case) == (other, other.case)
    assert (Visit.objects.get(pk=visit.pk).case, other.outside_number, one.outside_number) == (other.case, "LY-77", "")
    assert (one.case.status, one.case.merged_into, other.case.asker) == ("merged", other.case, both[0].case.asker)
    drained()
    assert Visit.objects.get(pk=visit.pk).is_open
    assert {"connection.carried_over", "case.merged_here"} <= set(verbs(other.case))
    assert Message.objects.filter(kind="connection_merged").exists()


def test_no_stage_of_the_one_runs_on_in_the_other(both, steward, now, drained):
    merge(both, steward.user, now)
    drained()
    assert not Stage.objects.filter(application=both[0], status="running").exists()
    assert not Clock.objects.open().filter(timeline=both[0].case.timeline).exists()
    running = both[1].stages.filter(status="running").count()
    assert Clock.objects.open().filter(timeline=both[1].case.timeline).exclude(about="").count() == running


def test_the_better_known_paper_stays(both, steward, now):
    for one in both:
        paper = one.papers.get(key="identity")
        papers.show_at_counter(paper=paper, by=steward.user, at=now)
    _one, other = merge(both, steward.user, now)
    assert (other.papers.get(key="identity").files.count(), both[0].papers.get(key="identity").files.count()) == (1, 1)


def test_the_api_answers_where_it_goes_on(both, steward, now, time_machine):
    time_machine.move_to(now, tick=False)
    one, other = (row.case.reference for row in both)
    client = device_of(steward.user)

    def send(reference, key):
        url, headers = f"/api/v1/connections/{reference}/merge/", {"Idempotency-Key": key}
        return client.post(url, {"into": other}, format="json", headers=headers)

    answer, again = send(one, "1"), send(other, "2")
    assert (answer.status_code, answer.json()["reference"], answer.json()["outside"]["number"]) == (200, other, "LY-77")
    assert (again.status_code, again.json()["code"]) == (409, "same_case")


def test_it_goes_on_in_an_application_and_nowhere_else(both, steward, now):
    with pytest.raises(NoApplication):
        casework.operations.merge(case=both[0].case, into=GeneralRequestFactory().case, by=steward.user, at=now)


@pytest.fixture
def offered(steward, shift, now):
    """``offered(application, is_paid=True)``: designed, quoted, accepted, and paid."""

    def make(application, *, is_paid):
        application.processing_from = now
        application.save(update_fields=["processing_from"])
        move_case(case=application.case, verb="design", by=BY, at=now)
        quote = offers.draft_quote(application=application, wanted=NewQuote(lines=[NewLine(words="All", price=100)]), by=BY, at=now)
        contract = offers.send_quote(quote=quote, by=BY, at=now)
        offers.accept_contract(application=application, digest=digest_of(contract), how="paper", by=BY, at=now)
        if is_paid:
            came = billing.operations.charges.CameIn(method="cash", book=Book.CASH, shift=shift)
            charge = Charge.objects.get(case=application.case)
            billing.operations.charges.pay_charge(charge=charge, amount=100, came=came, by=BY, at=now)

    return make


def test_an_offer_that_was_not_paid_ends(both, offered, steward, now):
    offered(both[0], is_paid=False)
    merge(both, steward.user, now)
    assert Charge.objects.get().status == "withdrawn"


@pytest.mark.parametrize(("paid", "words"), [((0,), "Merge the other one"), ((0, 1), "Both applications")])
def test_what_is_paid_is_not_merged_away(both, offered, steward, now, paid, words):
    for place in paid:
        offered(both[place], is_paid=True)
    with pytest.raises(Paid, match=words):
        merge(both, steward.user, now)
    assert Application.objects.get(pk=both[0].pk).case.status == "contract"
