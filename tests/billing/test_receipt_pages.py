"""Receipts on screen: for staff and the household only; the public check says nothing about the customer."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.models import Binding
from billing import papers
from billing.operations.receipts import issue_red_letter
from tests.factories import accounts as people
from tests.factories.tills import CLERK, pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(account, shift, now):
    return pay(account, shift, at=now, tendered=20_000)


@pytest.fixture(autouse=True)
def fresh_throttle(db):
    cache.clear()


def pages(receipt):
    return [f"/receipts/{receipt.full_number}/", f"/receipts/{receipt.full_number}.pdf"]


class TestWhoMaySee:
    @pytest.mark.parametrize("who", ["fang", "qiang", "mei", "olive"])
    def test_staff_and_the_household_see_page_and_pdf(self, client, signed_in, receipt, request, who):
        signed_in(client, request.getfixturevalue(who))
        assert [client.get(url).status_code for url in pages(receipt)] == [200, 200]

    def test_a_stranger_learns_nothing(self, client, signed_in, receipt):
        signed_in(client, people.UserFactory(phone="+8613800138999", is_phone_verified=True))
        assert [client.get(url).status_code for url in pages(receipt)] == [404, 404]

    def test_somebody_who_only_pays_does_not_see_the_households_papers(self, client, signed_in, receipt, account, now):
        payer = people.UserFactory(phone="+8613800138999", is_phone_verified=True)
        Binding.objects.create(user=payer, account=account, role="payer", bound_at=now)
        assert signed_in(client, payer).get(pages(receipt)[0]).status_code == 404

    def test_after_unbinding_it_is_gone(self, client, signed_in, receipt, olive, now):
        olive.bindings.update(unbound_at=now)
        assert signed_in(client, olive).get(pages(receipt)[0]).status_code == 404

    def test_a_visitor_is_asked_to_sign_in(self, client, receipt):
        assert [client.get(url).status_code for url in pages(receipt)] == [302, 302]

    @pytest.mark.parametrize("number", ["LL01-2026-000009", "XX-2026-000001", "LL01-2025-000001", "LL01-2026-0000001"])
    def test_a_number_never_given_out_is_not_found(self, client, signed_in, receipt, fang, number):
        assert signed_in(client, fang).get(f"/receipts/{number}/").status_code == 404

    def test_looking_changes_nothing_and_only_looking_is_possible(self, client, signed_in, receipt, fang):
        assert [signed_in(client, fang).post(url).status_code for url in pages(receipt)] == [405, 405]


class TestPages:
    def test_the_print_page_carries_the_paper_in_the_halls_language(self, client, signed_in, receipt, fang):
        page = signed_in(client, fang).get(pages(receipt)[0], headers={"accept-language": "ru"}).content.decode()
        assert '<article class="sheet" lang="zh-hans">' in page
        assert "壹佰陆拾伍元整" in page
        assert "<svg" in page

    def test_the_pdf_is_private_and_named_by_its_number(self, client, signed_in, receipt, fang):
        answer = signed_in(client, fang).get(pages(receipt)[1])
        assert answer.content.startswith(b"%PDF")
        assert answer["Content-Disposition"] == 'inline; filename="LL01-2026-000001.pdf"'
        assert "no-store" in answer["Cache-Control"]

    def test_no_page_breaks_the_content_policy(self, client, signed_in, receipt, fang):
        page = signed_in(client, fang).get(pages(receipt)[0]).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick=" not in page

    def test_a_broken_renderer_leads_to_the_print_page(self, client, signed_in, receipt, fang, monkeypatch):
        monkeypatch.setattr(papers, "render_pdf", lambda *args, **kwargs: 1 / 0)
        answer = signed_in(client, fang).get(pages(receipt)[1])
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert pages(receipt)[0] in answer.content.decode()


class TestVerification:
    def test_of_a_genuine_receipt_names_no_person(self, client, receipt, account):
        page = client.get(f"/verify/{receipt.code}/").content.decode()
        assert all(word in page for word in ("LL01-2026-000001", "¥165.00", "Genuine", account.number[-3:]))
        assert not any(word in page for word in (account.number, account.customer.name, account.premises.address))

    def test_of_a_corrected_one_names_the_correction(self, client, receipt, now):
        red = issue_red_letter(receipt=receipt, by=CLERK, at=now)
        assert f"red-letter receipt {red.full_number}" in client.get(f"/verify/{receipt.code}/").content.decode()
        assert "It takes back receipt LL01-2026-000001" in client.get(f"/verify/{red.code}/").content.decode()

    def test_of_an_unknown_code_has_the_same_shape(self, client, receipt):
        known, unknown = client.get(f"/verify/{receipt.code}/"), client.get("/verify/00000000000000000000/")
        assert (known.status_code, unknown.status_code) == (200, 200)
        assert known.content.count(b"<dt>") == unknown.content.count(b"<dt>") == 5

    def test_reads_a_code_as_people_type_it(self, client, receipt):
        typed = "-".join(receipt.code[i : i + 5] for i in range(0, 20, 5)).lower()
        answer = client.get("/verify/", {"code": typed}, follow=True)
        assert "LL01-2026-000001" in answer.content.decode()

    @pytest.mark.parametrize("typed", ["abc", "李", "x" * 60, "../..", "%", "<b>"])
    def test_of_what_is_no_code_at_all_says_so(self, client, receipt, typed):
        page = client.get(reverse("billing:verify_start"), {"code": typed})
        assert (page.status_code, page.context["found"].is_genuine) == (200, False)

    def test_is_not_asked_without_end(self, client, receipt):
        codes = [client.get("/verify/00000000000000000000/").status_code for _ in range(31)]
        assert (codes[0], codes[-1]) == (200, 429)

    def test_costs_few_questions(self, client, receipt, django_assert_max_num_queries):
        with django_assert_max_num_queries(7):
            client.get(f"/verify/{receipt.code}/")

    def test_survives_a_database_code_that_is_no_code(self, client, db):
        assert client.get("/verify/----/").status_code == 200


class TestInTheCustomersLanguage:
    @pytest.fixture
    def russian(self, receipt):
        """The customer reads Russian; the hall prints Chinese."""
        type(receipt.top_up.account.customer).objects.update(language="ru")
        return receipt

    def test_the_hall_s_language_comes_first_with_a_way_to_the_other(self, client, signed_in, fang, russian):
        page = signed_in(client, fang).get(pages(russian)[0]).text
        assert 'class="sheet" lang="zh-hans"' in page
        assert "?for=customer" in page

    def test_it_is_the_same_receipt_in_other_words(self, client, signed_in, fang, russian):
        page = signed_in(client, fang).get(pages(russian)[0], {"for": "customer"}).text
        assert 'class="sheet" lang="ru"' in page
        assert "Сто шестьдесят пять юаней" in page
        assert russian.code[:5] in page

    def test_its_pdf_is_made_anew_and_the_kept_one_stays(self, client, signed_in, fang, russian):
        signed_in(client, fang)
        kept, other = client.get(pages(russian)[1]).content, client.get(pages(russian)[1], {"for": "customer"}).content
        assert other.startswith(b"%PDF")
        assert client.get(pages(russian)[1]).content == kept != other

    def test_who_reads_the_hall_s_language_is_offered_no_other(self, client, signed_in, fang, receipt):
        type(receipt.top_up.account.customer).objects.update(language="zh-hans")
        assert "?for=customer" not in signed_in(client, fang).get(pages(receipt)[0]).text

    def test_while_it_cannot_be_made_it_follows(self, client, signed_in, fang, russian, monkeypatch):
        def broken(*args):
            raise RuntimeError

        monkeypatch.setattr(papers, "render_pdf", broken)
        assert signed_in(client, fang).get(pages(russian)[1], {"for": "customer"}).status_code == 503
