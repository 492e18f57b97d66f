"""The counter's pages tell when a customer is there, show by when they are to be done, and take no key more for it."""

import pytest
from django.urls import reverse

from accounts.models import Hall
from billing.models import CounterVisit, SimulatedChip, TopUp
from tests.desk.test_counter import quoted, sell
from tests.factories.accounts import HallFactory

pytestmark = pytest.mark.usefixtures("book")


def at_counter(clerk, account):
    return clerk.get(reverse("desk:counter"), {"account": account.number})


def test_a_card_that_is_read_begins_a_visit_and_shows_by_when_it_is_to_end(clerk, chip, account):
    page = clerk.post(reverse("desk:counter_read"), follow=True)
    assert page.context["screen"].stay.visit == CounterVisit.objects.get(account=account)
    assert "Card and receipt back by" in page.text


def test_who_is_found_or_chosen_is_served_and_who_is_only_looked_at_is_not(clerk, account, neighbour):
    at_counter(clerk, account)
    assert not CounterVisit.objects.exists()
    clerk.post(reverse("desk:counter_open"), {"account": neighbour.number})
    assert list(CounterVisit.objects.values_list("account", "status")) == [(neighbour.pk, "open")]


def test_the_part_that_counts_down_fetches_itself_until_the_visit_is_over(clerk, account):
    clerk.post(reverse("desk:counter_open"), {"account": account.number})
    address = reverse("desk:counter_stay") + f"?account={account.number}"
    assert f'hx-get="{address}"' in clerk.get(address).text
    clerk.post(reverse("desk:counter_leave"), {"account": account.number})
    assert "hx-get" not in clerk.get(address).text
    assert CounterVisit.objects.get().status == "left"


def test_a_sale_ends_it_and_the_same_page_sent_again_begins_none(clerk, chip, account):
    clerk.post(reverse("desk:counter_read"))
    fields = quoted(clerk, account, volume="60")
    sold = clerk.get(sell(clerk, fields).url)
    assert [(one.clock.promise_id, one.state) for one in sold.context["sold"].promises] == [("T01", "kept")]
    sell(clerk, fields)
    assert CounterVisit.objects.get().status == "handed_back"


def test_after_a_fault_it_runs_on_until_the_card_is_read_again(clerk, chip, account):
    SimulatedChip.objects.update(fault=SimulatedChip.Fault.POWER_BEFORE_READ_BACK)
    sold = clerk.get(sell(clerk, quoted(clerk, account, volume="60")).url)
    assert [one.state for one in sold.context["sold"].promises] == ["running"]
    clerk.post(reverse("desk:counter_read"), {"sale": TopUp.objects.get().reference})
    assert CounterVisit.objects.get().status == "handed_back"


def test_who_came_for_another_card_is_no_top_up(clerk, chip, account):
    clerk.post(reverse("desk:counter_read"))
    clerk.post(reverse("desk:loss", args=[account.number]))
    assert CounterVisit.objects.get().status == "left"


def test_in_a_government_hall_the_customer_is_called_before_the_papers(clerk, hall, account):
    type(hall).objects.update(kind=Hall.Kind.GOVERNMENT)
    papers = {"account": account.number, "identity_card": "on", "gas_card": "on", "book": "on", "queue_number": "A017"}
    clerk.post(reverse("desk:counter_open"), {"account": account.number})
    clerk.post(reverse("desk:counter_papers"), papers)
    verbs = CounterVisit.objects.get().timeline.events.order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["visit.called", "visit.papers_handed_in"]


@pytest.mark.parametrize(("elsewhere", "status"), [(False, 200), (True, 404)])
def test_the_head_of_the_hall_sees_who_waits(client, signed_in, clerk, qiang, account, elsewhere, status):
    clerk.post(reverse("desk:counter_open"), {"account": account.number})
    if elsewhere:
        type(qiang).objects.filter(pk=qiang.pk).update(hall=HallFactory())
    address = reverse("billing:counter_visit", args=[CounterVisit.objects.get().reference])
    page = signed_in(client, qiang).get(address)
    assert page.status_code == status
    assert elsewhere or "Top-up at a hall counter" in page.text


def test_the_customer_reads_in_the_cabinet_whether_it_was_in_time(client, signed_in, clerk, chip, account, olive):
    clerk.post(reverse("desk:counter_read"))
    sell(clerk, quoted(clerk, account, volume="60"))
    page = signed_in(client, olive).get(reverse("desk:cabinet_purchase", args=[TopUp.objects.get().reference]))
    assert "You have card, book and receipt back in your hand" in page.text
