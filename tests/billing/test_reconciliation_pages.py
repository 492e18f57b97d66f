"""Finance's pages about reconciliation."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from billing.models import Break, Payout, Statement, TopUp
from tests.billing.bills_of_day import as_there, bill, ordered, paid_here, there
from tests.factories.accounts import StaffFactory
from tests.factories.checkouts import HeldPaymentFactory
from tests.factories.statements import BreakFactory

START = "/staff/reconciliation/"


def upload(client, content):
    return client.post(f"{START}bills/upload/", {"file": SimpleUploadedFile("bill.csv", content)}, follow=True)


def test_a_bill_is_handed_in_looked_at_and_what_is_wrong_settled_by_two(client, signed_in, account, mei):
    page = upload(signed_in(client, mei), bill(there("T1", ordered(account).reference)))
    assert "The bill is taken over and compared. 1 new row." in page.text
    found = Break.objects.get()
    assert "Paid there, not here" in client.get(START).text
    client.post(f"{START}{found.reference}/take-on/")
    asked = client.post(f"{START}{found.reference}/act/", {"action": "deliver"}, follow=True)
    assert "You asked for this yourself" in asked.text
    jun = StaffFactory(user__username="jun", roles=[Role.BRANCH_MANAGER])
    done = signed_in(client, jun).post(f"{START}{found.reference}/approve/", follow=True)
    assert "Approved, and done." in done.text
    assert str(mei) in done.text
    assert TopUp.objects.get().status == "paid"
    assert "Everything agrees" in client.get(START).text


def test_the_same_bill_again_says_so(client, signed_in, account, mei):
    content = bill(*as_there(paid_here(account)))
    upload(signed_in(client, mei), content)
    assert "We had this bill already" in upload(client, content).text
    assert Statement.objects.count() == 1


def test_rows_that_cannot_be_read_are_shown_with_their_line(client, signed_in, account, mei):
    content = bill(*as_there(paid_here(account)), there("T2", "PX")).replace(b"`PX,", b"`,")
    page = upload(signed_in(client, mei), content)
    assert "Line 3:" in page.text
    assert "商户订单号" in page.text


@pytest.mark.parametrize(("content", "says"), [(b"a,b\n1,2\n", "This is no bill"), (b"PK\x03\x04x", "damaged")])
def test_what_is_no_bill_is_refused_on_its_form(client, signed_in, mei, content, says):
    answer = upload(signed_in(client, mei), content)
    assert answer.status_code == 422
    assert says in answer.text


def test_a_day_that_is_not_over_cannot_be_fetched(client, signed_in, mei):
    answer = signed_in(client, mei).post(f"{START}bills/fetch/", {"provider": "wechat", "day": "2099-01-01"})
    assert (answer.status_code, "not over yet" in answer.text) == (422, True)


def test_a_payout_is_noted_and_too_large_a_one_refused(client, signed_in, account, mei):
    upload(signed_in(client, mei), bill(*as_there(paid_here(account))))
    given = {"provider": "wechat", "amount": "100", "day": "2026-11-20", "slip": "B1"}
    refused = client.post(f"{START}payouts/", given)
    assert (refused.status_code, "only ¥54.67" in refused.text) == (422, True)
    client.post(f"{START}payouts/", given | {"amount": "54.67"})
    assert Payout.objects.get().amount == 5_467


def test_a_loss_without_a_reason_keeps_what_was_chosen(client, signed_in, mei):
    found = BreakFactory(kind="missing_there", line=None, key="x", there=None, here=5_500)
    answer = signed_in(client, mei).post(f"{START}{found.reference}/act/", {"action": "write_off"})
    assert (answer.status_code, "Say why" in answer.text) == (422, True)
    assert "checked" in answer.text


def test_money_is_not_used_without_saying_how_we_know_whose_it_is(client, signed_in, account, mei):
    found = BreakFactory(payment=HeldPaymentFactory(provider="wechat"))
    answer = signed_in(client, mei).post(f"{START}{found.reference}/act/", {"action": "assign", "target": account.number})
    assert (answer.status_code, "how we know" in answer.text) == (422, True)


def test_whoever_only_reads_sees_no_forms(client, signed_in, db):
    found = BreakFactory()
    ying = StaffFactory(user__username="ying", roles=[Role.HEAD_OFFICE])
    page = signed_in(client, ying).get(f"{START}{found.reference}/").text
    assert "Settle it" not in page
    assert "Hand in a bill" not in client.get(f"{START}bills/").text


def test_nothing_at_all_is_an_answer_too(client, signed_in, mei):
    page = signed_in(client, mei).get(START).text
    assert ("No bill yet" in page, "Everything agrees" in page) == (True, False)
    assert "No bill yet" in client.get(f"{START}bills/").text
    assert client.get(f"{START}KNONE/").status_code == 404
    assert client.get(f"{START}bills/9/").status_code == 404
