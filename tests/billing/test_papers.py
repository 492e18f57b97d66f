"""PDFs: the same bytes each time, one font, no network, kept once; and what happens while none can be made."""

import ctypes

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.utils import translation
from pypdfium2 import raw

import casework.operations
from billing import glyphs, papers
from billing.models import Paper
from billing.operations.papers import PaperFollows, make_paper, read_paper, render_receipt
from billing.operations.receipts import issue_red_letter
from billing.operations.reports import shift_report
from casework.models import Effect, Event
from notices.models import Message
from tests.factories import accounts as people
from tests.factories.tills import CLERK, pay

pytestmark = pytest.mark.django_db


def fonts_of(pdf):
    names, room = set(), ctypes.create_string_buffer(100)
    for page in pypdfium2.PdfDocument(pdf):
        for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(text.raw), room, 100)
            names.add(room.value.decode().rpartition("+")[2])
    return names


def text_of(pdf):
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


@pytest.fixture
def receipt(account, shift, now):
    return pay(account, shift, at=now, tendered=20_000)


@pytest.fixture
def broken(monkeypatch):
    """A renderer that fails."""

    def fail(*args, **kwargs):
        raise OSError("no space left on device")

    monkeypatch.setattr(papers, "render_pdf", fail)


class TestReceipt:
    @pytest.mark.parametrize(
        ("language", "holder", "words"),
        [
            ("zh-hans", "李娜", "壹佰陆拾伍元整"),
            ("ru", "Иванова Анна Петровна", "Сто шестьдесят пять юаней 00 фэней"),
            ("en", "Zoë O’Neill", "One hundred and sixty-five yuan"),
        ],
    )
    def test_says_everything_in_one_font_in_each_language(self, receipt, language, holder, words):
        receipt.facts |= {"language": language, "holder": holder}
        pdf = render_receipt(receipt)
        said = text_of(pdf)
        assert all(part in said for part in (holder, words, receipt.full_number, receipt.facts["address"]))
        assert fonts_of(pdf) == {"Pilotlight-Paper"}

    def test_keeps_rare_characters(self, receipt):
        receipt.facts["holder"] = "㛃龘䶮𫚖"
        pdf = render_receipt(receipt)
        assert "㛃龘䶮𫚖" in text_of(pdf)
        assert fonts_of(pdf) == {"Pilotlight-Paper"}

    def test_borrows_letters_that_its_font_lacks(self, receipt):
        receipt.facts["holder"] = "Łukasz Dvořák"
        pdf = render_receipt(receipt)
        assert "Łukasz Dvořák" in text_of(pdf)
        assert fonts_of(pdf) == {"Pilotlight-Paper", "DejaVu-Sans"}

    @pytest.mark.parametrize(("char", "code"), [("\U00020bb7", "〔U+20BB7〕"), ("\ue863", "〔U+E863〕"), ("\U00032000", "〔U+32000〕")])
    def test_names_a_character_that_no_font_has_by_its_code(self, receipt, char, code, monkeypatch):
        monkeypatch.setattr(glyphs, "_has_glyph", lambda one: one != char)
        receipt.facts["holder"] = f"{char}田 ě"
        pdf = render_receipt(receipt)
        assert f"{code}田 ě" in text_of(pdf)
        assert fonts_of(pdf) == {"Pilotlight-Paper"}

    @pytest.mark.parametrize("holder", ["李娜", "𠮷田", "Łukasz"])
    def test_is_the_same_bytes_each_time(self, receipt, holder):
        receipt.facts["holder"] = holder
        assert render_receipt(receipt) == render_receipt(receipt)

    def test_is_one_page_even_for_long_names_and_many_lines(self, receipt):
        receipt.facts |= {"holder": "兰陵县" * 20, "address": "山东省临沂市兰陵县卞庄街道" * 8, "lines": receipt.facts["lines"] * 4}
        assert len(pypdfium2.PdfDocument(render_receipt(receipt))) == 1

    def test_fetches_nothing_that_a_name_asks_for(self, receipt):
        receipt.facts["holder"] = '<img src="http://127.0.0.1:1/x.png">'
        assert '<img src="http://127.0.0.1:1/x.png">' in text_of(render_receipt(receipt)).replace("\r\n", "")

    def test_in_red_says_what_it_takes_back(self, receipt, now):
        red = issue_red_letter(receipt=receipt, by=CLERK, at=now)
        said = text_of(render_receipt(red))
        assert "LL01-2026-000001" in said
        assert "负壹佰陆拾伍元整" in said


class TestKeeping:
    def test_renders_once_and_reads_the_file_afterwards(self, receipt, now, monkeypatch):
        first = read_paper(receipt=receipt, at=now)
        monkeypatch.setattr(papers, "render_pdf", lambda *args, **kwargs: pytest.fail("rendered again"))
        assert read_paper(receipt=receipt, at=now) == first

    def test_renders_again_when_the_file_is_gone(self, receipt, now):
        first = read_paper(receipt=receipt, at=now)
        default_storage.delete(Paper.objects.get().path)
        assert read_paper(receipt=receipt, at=now) == first
        assert Paper.objects.count() == 1

    def test_made_twice_is_one_file(self, receipt, now):
        for _ in range(2):
            make_paper(receipt=receipt, at=now)
        assert Paper.objects.get().path == "receipts/LL01/2026/LL01-2026-000001.pdf"
        assert default_storage.listdir("receipts/LL01/2026")[1] == ["LL01-2026-000001.pdf"]

    def test_a_broken_renderer_is_said_in_a_sentence(self, receipt, now, broken):
        with pytest.raises(PaperFollows, match="The payment stands"):
            read_paper(receipt=receipt, at=now)
        assert not Paper.objects.exists()


class TestReaction:
    @pytest.fixture
    def sold(self, order_of, reader, account, fang, now):
        people.PhoneFactory(customer=account.customer, number="+8613800138000")
        return casework_sale(order_of(), fang, now)

    def test_the_drain_makes_the_paper_and_writes_to_the_customer(self, sold, now):
        casework.operations.drain(now)
        assert Paper.objects.get().receipt.top_up == sold
        message = Message.objects.get()
        assert (message.kind, message.channel, message.address) == ("receipt", "sms", "+8613800138000")
        assert sold.receipts.get().full_number in message.text

    def test_a_broken_renderer_leaves_the_payment_and_tries_again(self, sold, now, broken, monkeypatch):
        casework.operations.drain(now)
        effect = Effect.objects.get(topic="billing.reactions.make_papers")
        assert (effect.done_at, effect.attempts, effect.dead_at) == (None, 1, None)
        assert sold.receipts.count() == 1
        assert Message.objects.count() == 1
        monkeypatch.undo()
        casework.operations.drain(effect.next_attempt_at)
        assert Paper.objects.count() == 1

    def test_the_letter_is_in_the_customers_language_and_owed_once(self, sold, account, now):
        from billing.reactions import write_to_customer

        for _ in range(2):
            write_to_customer(Event.objects.get(verb="top_up.paid"), now)
        assert Message.objects.get().language == account.customer.language

    def test_nobody_is_written_to_without_a_phone(self, order_of, reader, account, fang, now):
        casework_sale(order_of(), fang, now)
        casework.operations.drain(now)
        assert not Message.objects.exists()

    def test_the_cabinet_or_e_mail_is_used_where_it_was_chosen(self, order_of, reader, account, fang, now):
        account.customer.channel, account.customer.email, account.customer.language = "email", "li.na@example.org", "en"
        account.customer.save()
        casework_sale(order_of(), fang, now)
        casework.operations.drain(now)
        assert (Message.objects.get().channel, Message.objects.get().subject[:7]) == ("email", "Receipt")


def casework_sale(order, fang, now):
    import billing.operations

    return billing.operations.sell(order=order, by=fang.user, at=now)


def test_a_shift_report_names_the_ways_of_paying_in_the_halls_language(shift, receipt, fang, now):
    with translation.override("en"):
        words = text_of(shift_report(user=fang.user, number=shift.pk, at=now))
    assert ("现金" in words, "银行卡" in words, "cash" in words) == (True, True, False)
