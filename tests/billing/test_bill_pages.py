"""Readings and bills on pages, on paper, over the counter and by text message."""

import json
import time
from datetime import date

import pypdfium2
import pytest

import billing.queries.ledger_proof
from billing.models import Bill, BillPayment, Reading
from billing.operations.billing_runs import bill_last_month
from billing.queries.shifts import expected_cash, takings
from notices import signing
from notices.models import Message
from notices.stand_in.reports import Reporter
from tests.factories.accounts import BindingFactory, PhoneFactory
from tests.factories.bills import ReadingFactory

pytestmark = pytest.mark.django_db
KEY = "the key of these tests"


@pytest.fixture(autouse=True)
def morning(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def meter(tariff):
    first = ReadingFactory(meter__account__customer__language="en")
    ReadingFactory(meter=first.meter, day=date(2026, 10, 22), litres=130_000)
    return first.meter


@pytest.fixture
def bill(meter, now):
    bill_last_month(at=now)
    return Bill.objects.select_related("account").get()


@pytest.fixture
def tenant(meter):
    return BindingFactory(account=meter.account, user__username="tenant").user


def text(answer):
    return " ".join(answer.content.decode().split())


def words_of(pdf):
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


class TestCabinet:
    def test_a_reading_is_sent_and_thanked_for(self, client, signed_in, tenant):
        answer = signed_in(client, tenant).post("/cabinet/readings/", {"litres": "００158", "day": "2026-11-20"}, follow=True)
        assert "the next bill goes by your reading" in text(answer)
        assert Reading.objects.get(source="cabinet").litres == 158_000

    def test_a_slip_is_said_at_once_and_what_was_typed_stays(self, client, signed_in, tenant):
        page = signed_in(client, tenant)
        assert "Somebody will look" not in text(page.get("/cabinet/readings/"))
        doubted = page.post("/cabinet/readings/", {"litres": "120", "day": "2026-11-20"}, follow=True)
        assert "somebody will look at it: It lies below the last reading" in text(doubted)
        refused = page.post("/cabinet/readings/", {"litres": "158", "day": "2026-11-21"})
        assert (refused.status_code, 'value="158"' in text(refused)) == (422, True)

    def test_a_bill_says_which_cubic_metres_cost_what(self, client, signed_in, tenant, bill):
        page = signed_in(client, tenant)
        assert bill.number in text(page.get("/cabinet/bills/"))
        shown = text(page.get(f"/cabinet/bills/{bill.number}/"))
        assert all(part in shown for part in ("¥82.50", "30 m³", "¥2.75", "100 m³ →", "to be paid"))
        assert "¥82.50" in text(page.get("/cabinet/"))

    def test_the_code_on_the_paper_leads_to_the_payment_whichever_account_was_chosen(self, client, signed_in, olive, bill):
        BindingFactory(user=olive, account=bill.account, role="payer")
        page = signed_in(client, olive)
        assert f"/cabinet/bills/{bill.number}/" in text(client.get(f"/bills/{bill.number}/pay/"))
        assert f"/cabinet/bills/{bill.number}/pay/" in text(page.get(f"/cabinet/bills/{bill.number}/"))
        assert page.get(f"/cabinet/bills/{bill.number}/pay/").status_code == 200

    def test_somebody_elses_bill_does_not_exist(self, client, signed_in, olive, bill):
        page = signed_in(client, olive)
        assert [page.get(f"/cabinet/bills/{bill.number}/").status_code, page.get(f"/bills/{bill.number}.pdf").status_code] == [404, 404]
        assert "This account has no bills" in text(page.get("/cabinet/bills/"))


class TestPaper:
    @pytest.mark.parametrize(("language", "title"), [("en", "Bill and receipt"), ("", "Bill and receipt"), ("xx", "Bill and receipt")])
    def test_the_bill_is_one_page_with_its_code(self, client, signed_in, fang, bill, language, title):
        answer = signed_in(client, fang).get(f"/bills/{bill.number}.pdf?language={language}")
        words = words_of(answer.content)
        assert (answer["Content-Type"], len(pypdfium2.PdfDocument(answer.content))) == ("application/pdf", 1)
        assert all(part in words for part in (title, bill.number, "¥82.50", "To be paid by", f"/bills/{bill.number}/pay/"))

    def test_who_only_pays_learns_no_name(self, client, signed_in, bill):
        payer = BindingFactory(account=bill.account, role="payer").user
        assert bill.account.customer.name not in words_of(signed_in(client, payer).get(f"/bills/{bill.number}.pdf").content)

    def test_the_code_leads_to_what_is_to_be_paid_and_to_nobodys_name(self, client, bill):
        shown = text(client.get(f"/bills/{bill.number}/pay/"))
        assert ("¥82.50" in shown, bill.account.number in shown, bill.account.customer.name in shown) == (True, False, False)
        assert client.get("/bills/B23456789ABC/pay/").status_code == 404


class TestCounter:
    def pay(self, page, bill, **typed):
        return page.post(f"/staff/bills/{bill.number}/take-payment/", {"method": "cash", "key": "k1", **typed}, follow=True)

    def test_cash_goes_into_the_till_and_a_number_on_the_paper(self, client, signed_in, fang, shift, bill):
        page = signed_in(client, fang)
        assert "17.50 are missing" not in text(page.get(f"/staff/bills/{bill.number}/"))
        for _ in range(2):
            answer = self.pay(page, bill, tendered="100")
        assert "Paid, no. LL01-2026-B00001" in text(answer)
        assert (expected_cash(shift), takings(shift).net, BillPayment.objects.get().change) == (58_250, 8_250, 1_750)
        assert "receipt no. LL01-2026-B00001" in words_of(page.get(f"/bills/{bill.number}.pdf").content).replace("\r\n", " ")
        assert [finding.wrong for finding in billing.queries.ledger_proof.prove() if not finding.is_right] == []

    def test_what_is_missing_is_said_and_nothing_taken(self, client, signed_in, fang, shift, bill):
        page = signed_in(client, fang)
        assert "are missing" in text(self.pay(page, bill, tendered="50"))
        assert "slip" in text(self.pay(page, bill, method="bank_card"))
        assert not BillPayment.objects.exists()

    def test_without_a_till_nobody_takes_money(self, client, signed_in, qiang, bill):
        assert "open shift" in text(self.pay(signed_in(client, qiang), bill))

    def test_a_bill_is_withdrawn_with_a_reason(self, client, signed_in, qiang, bill):
        page = signed_in(client, qiang)
        assert page.post(f"/staff/bills/{bill.number}/withdraw/", {"reason": ""}).status_code == 422
        page.post(f"/staff/bills/{bill.number}/withdraw/", {"reason": "read at another door"})
        assert Bill.objects.get().status == "withdrawn"


class TestHotline:
    def test_a_reading_told_on_the_phone_is_kept(self, client, signed_in, fang, meter):
        page, address = signed_in(client, fang), f"/staff/accounts/{meter.account.number}"
        assert "No bills yet" in text(page.get(f"{address}/bills/"))
        page.post(f"{address}/readings/take/", {"litres": "158", "day": "2026-11-19", "source": "hotline"})
        assert Reading.objects.get(source="hotline").standing == "accepted"
        assert page.post(f"{address}/readings/take/", {"litres": "x", "day": "2026-11-19"}).status_code == 422

    def test_doubtful_ones_wait_in_a_list_until_somebody_looked(self, client, signed_in, fang, meter):
        doubtful = ReadingFactory(meter=meter, day=date(2026, 11, 19), litres=999_000, standing="doubtful", doubt="far_above")
        page = signed_in(client, fang)
        assert "far above what is usual" in text(page.get("/staff/readings/"))
        page.post(f"/staff/readings/{doubtful.pk}/confirm/")
        doubtful.refresh_from_db()
        assert (doubtful.standing, "Nothing to check" in text(page.get("/staff/readings/"))) == ("accepted", True)


class TestCalculator:
    TYPED = {"price_class": "resident", "first": "2026-11-01", "last": "2026-11-30"}

    def ask(self, client, **typed):
        return client.get("/calculator/", {**self.TYPED, **typed})

    def test_everybody_reckons(self, client, tariff):
        assert client.get("/calculator/").status_code == 200
        assert "50 m³ cost ¥151.25" in text(self.ask(client, volume="50", used="375"))
        assert "28 m³ cost ¥77.00" in text(self.ask(client, before="130", after="158"))
        assert "45 m³ cost ¥123.75" in text(self.ask(client, equipment="stove", persons="3"))

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({}, "Enter a volume, two readings, or what burns gas."),
            ({"before": "2", "after": "1"}, "It lies below the reading before."),
            ({"volume": "1", "last": "2026-10-01"}, "The last day must not lie before the first."),
            ({"volume": "1", "price_class": "industrial"}, "No price is in force"),
        ],
    )
    def test_what_cannot_be_reckoned_is_said(self, client, tariff, typed, said):
        answer = self.ask(client, **typed)
        assert (answer.status_code, said in text(answer)) == (422, True)


class TestIncomingText:
    def hand_on(self, client, *, key=KEY, body=None, **said):
        body = json.dumps({"id": "g1", **said}).encode() if body is None else body
        stamp = str(int(time.time()))
        headers = {"Pilotlight-Timestamp": stamp, "Pilotlight-Nonce": "n", "Pilotlight-Signature": signing.sign(key, stamp, "n", body)}
        return client.post("/gateways/sms/incoming/", body, content_type="application/json", headers=headers).status_code

    @pytest.fixture(autouse=True)
    def key(self, settings):
        settings.SMS_GATEWAY_KEY = KEY

    def test_a_reading_by_text_message_is_taken_and_answered(self, client, meter):
        phone = str(PhoneFactory(customer=meter.account.customer).number)
        said = {"from": phone, "text": f"{meter.account.number} 158"}
        assert [self.hand_on(client, **said), self.hand_on(client, **said)] == [204, 204]
        assert (Reading.objects.get(source="sms").litres, Message.objects.get().kind) == (158_000, "reading_taken")

    def test_only_the_gateway_is_believed(self, client, meter):
        assert self.hand_on(client, key="another", **{"from": "+8613800138000", "text": "1"}) == 403
        assert self.hand_on(client, body=b'{"id": "g1", "from": "me", "text": "1"}') == 400
        assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_demo_phone_writes_to_us_as_a_gateway_does(live_server, settings, tariff, time_machine, now):
    """Signed by the stand-in over HTTP, believed, and answered to the same phone."""
    settings.SMS_GATEWAY_KEY = KEY
    meter = ReadingFactory().meter
    phone = str(PhoneFactory(customer=meter.account.customer).number)
    status = Reporter(url=f"{live_server.url}/gateways/", key=KEY).hand_on(phone, f"{meter.account.number} 158")
    assert (status, Message.objects.get().address) == (204, phone)
