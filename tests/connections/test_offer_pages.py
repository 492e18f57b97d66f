"""The offer on pages: made by staff, read and accepted by the applicant with reference and code, ended by either."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import billing.operations.charges
from accounts.actors import System
from billing.models import Book, Charge
from billing.operations import charge_returns
from casework.operations import move_case
from connections.models import Quote
from connections.operations import offers
from connections.operations.designs import add_design
from connections.queries.fingerprints import digest_of
from connections.queries.refunds import outlook
from connections.quote_lines import NewLine, NewQuote

BY = System("tests")


@pytest.fixture
def designed(application, now, time_machine):
    time_machine.move_to(now, tick=False)
    application.processing_from = now
    application.save(update_fields=["processing_from"])
    application.papers.update(status="accepted")
    move_case(case=application.case, verb="design", by=BY, at=now)
    return application


@pytest.fixture
def contract(designed, steward, now):
    lines = [NewLine(fee=designed.policy.fees.get(), price=260_000), NewLine(words="Pipe", price=4_599, hundredths=1_250)]
    return offers.send_quote(
        quote=offers.draft_quote(application=designed, wanted=NewQuote(lines=lines), by=steward.user, at=now), by=steward.user, at=now
    )


@pytest.fixture
def looked_up(client, designed):
    """With reference and code, as somebody without a cabinet."""
    client.post("/track/", {"reference": designed.case.reference, "code": designed.case.tracking_code})
    return client


def page_of(application):
    return f"/staff/connections/{application.case.reference}/offer/"


def test_a_steward_draws_quotes_and_sends_on_one_page(client, signed_in, designed, steward):
    signed_in(client, steward)
    page, fee = page_of(designed), designed.policy.fees.get()
    assert b"No offer stands" in client.get(page).content
    client.post(f"{page}design/", {"file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan"), "note": "first"})
    lines = {
        f"fee_{fee.pk}_count": "１",
        f"fee_{fee.pk}_price": "2600",
        "free_0_words": "Pipe",
        "free_0_count": "12,5",
        "free_0_price": "45.99",
    }
    client.post(f"{page}quote/", {**lines, "design": designed.designs.get().pk, "note": ""})
    quote = Quote.objects.get()
    assert (quote.total, quote.design) == (317_488, designed.designs.get().attachment)
    unseen = client.post(f"{page}send/", {"valid_until": "2026-12-20"})
    assert (unseen.status_code, Quote.objects.get().sent_at) == (422, None)
    client.post(f"{page}send/", {"valid_until": "2026-12-20", "seen": quote.mark})
    assert b"K2026-00001" in client.get(page).content
    assert client.get(f"{page}contract.pdf?language=ru").content[:5] == b"%PDF-"


def test_what_was_typed_wrong_stays_and_is_named(client, signed_in, designed, steward):
    signed_in(client, steward)
    answer = client.post(f"{page_of(designed)}quote/", {"free_0_words": "Wall", "free_0_count": "x"})
    assert (answer.status_code, b'value="Wall"' in answer.content, b"Write a number" in answer.content) == (422, True, True)
    empty = client.post(f"{page_of(designed)}quote/", {})
    assert (empty.status_code, b"at least one line" in empty.content, Quote.objects.count()) == (422, True, 0)
    assert client.post(f"{page_of(designed)}send/", {"valid_until": "2020-01-01"}).status_code == 422


def test_who_has_the_code_reads_accepts_and_is_shown_where_to_pay(looked_up, contract, designed):
    assert b"Read and accept the contract" in looked_up.get("/track/case/").content
    page = looked_up.get("/track/connection/offer/")
    digest = page.context["sheet"].digest
    assert looked_up.get("/track/connection/contract.pdf").content[:5] == b"%PDF-"
    wrong = looked_up.post("/track/connection/offer/", {"digest": "f" * 64})
    assert (wrong.status_code, Charge.objects.count()) == (422, 0)
    looked_up.post("/track/connection/offer/", {"digest": digest})
    charge = Charge.objects.get()
    assert f"/pay/charges/{charge.reference}/" in looked_up.get("/track/connection/offer/").content.decode()


def test_who_has_no_code_sees_nothing(client, contract):
    for page in ("offer", "withdraw", "contract.pdf", "design"):
        answer = client.get(f"/track/connection/{page}{'' if page.endswith('.pdf') else '/'}")
        assert answer.headers["Location"] == "/track/"


def test_the_drawing_is_shown_to_the_applicant_only_with_the_offer(looked_up, designed, steward, now):
    assert looked_up.get("/track/connection/design/").status_code == 404
    pdf = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan")
    drawing = add_design(application=designed, file=pdf, by=steward.user, at=now)
    quote = offers.draft_quote(
        application=designed, wanted=NewQuote(lines=[NewLine(words="A", price=1)], design=drawing), by=steward.user, at=now
    )
    offers.send_quote(quote=quote, by=steward.user, at=now)
    answer = looked_up.get("/track/connection/design/")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"%PDF-1.7 plan")


def test_the_applicant_withdraws_and_says_why(looked_up, contract, designed):
    assert b"What this means" in looked_up.get("/track/connection/withdraw/").content
    assert looked_up.post("/track/connection/withdraw/", {"reason": ""}).status_code == 422
    looked_up.post("/track/connection/withdraw/", {"reason": "moved away"})
    designed.case.refresh_from_db()
    assert (designed.case.status, designed.case.end_reason) == ("cancelled", "moved away")
    assert looked_up.get("/track/connection/withdraw/").status_code == 302


def test_a_steward_takes_back_what_was_not_paid(client, signed_in, contract, designed, steward):
    signed_in(client, steward)
    client.post(f"{page_of(designed)}take-back/")
    designed.case.refresh_from_db()
    assert (designed.case.status, Quote.objects.get().withdrawn_at is not None) == ("design", True)


def test_a_colleague_notes_a_signature_on_paper_and_ends_the_application(client, signed_in, contract, designed, steward):
    signed_in(client, steward)
    digest = client.get(page_of(designed)).context["offer"].digest
    client.post(f"{page_of(designed)}accept/", {"digest": digest})
    contract.refresh_from_db()
    assert (contract.accepted_how, contract.digest) == ("paper", digest)
    client.post(f"{page_of(designed)}withdraw/", {"reason": "too dear"})
    assert Charge.objects.get().status == "withdrawn"


def test_what_goes_back_is_said_line_by_line_before_anybody_withdraws(looked_up, contract, designed, shift, now):
    assert b"goes back until: contract and payment" in looked_up.get("/track/connection/offer/").content
    assert outlook(designed) is None
    offers.accept_contract(application=designed, digest=digest_of(contract), how="paper", by=BY, at=now)
    came = billing.operations.charges.CameIn(method="cash", book=Book.CASH, shift=shift)
    billing.operations.charges.pay_charge(charge=Charge.objects.get(), amount=317_488, came=came, by=BY, at=now)
    sure = outlook(designed)
    assert (sure.back, sure.kept, sure.is_sure) == (317_488, 0, True)
    designed.case.status = "construction"
    designed.case.save(update_fields=["status"])
    later = looked_up.get("/track/connection/withdraw/")
    assert [line.back for line in later.context["outlook"].lines] == [0, 57_488]
    assert b"Goes back at most" in later.content


def test_what_was_refused_to_go_back_is_proposed_again(client, signed_in, contract, designed, steward, shift, now):
    offers.accept_contract(application=designed, digest=digest_of(contract), how="paper", by=steward.user, at=now)
    charge = Charge.objects.get()
    came = billing.operations.charges.CameIn(method="cash", book=Book.CASH, shift=shift)
    billing.operations.charges.pay_charge(charge=charge, amount=charge.amount, came=came, by=BY, at=now)
    signed_in(client, steward)
    client.post(f"{page_of(designed)}withdraw/", {"reason": "too dear"})
    charge_returns.decide_charge_return(asked=charge.returns.get(), approve=False, by=BY, at=now)
    assert client.get(page_of(designed)).context["done_form"] is not None
    client.post(f"{page_of(designed)}refund/")
    assert [one.status for one in charge.returns.order_by("pk")] == ["refused", "asked"]
