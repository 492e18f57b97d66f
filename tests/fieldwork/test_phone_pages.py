"""The crew's pages as plain forms; what dispatchers and customers see of it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import fieldwork.operations
from accounts.actors import System
from accounts.clock import business_now
from fieldwork.models import DeviceAction, Evidence, Offer, Signature, WorkLine
from fieldwork.operations import erasing
from tests.casework.conftest import PNG
from tests.factories.fieldwork import DeviceActionFactory, EvidenceFactory, PartFactory, SignatureFactory, WorkLineFactory

DISPATCH = System("dispatch")


@pytest.fixture
def visit(asked, near):
    """A visit that Hong's crew was just asked to make."""
    at = business_now() - timedelta(minutes=30)
    visit = asked(at=at, contact_phone="+8613800138000", contact_name="李娜")
    fieldwork.operations.offer(visit=visit, crew=near, by=DISPATCH, at=at)
    return visit


@pytest.fixture
def hongs(signed_in, hong):
    return signed_in(Client(), hong)


@pytest.fixture
def press(hongs, visit):
    """``press("arrive", note="x")``: the form of a step, sent."""
    keys = iter(range(100))

    def send(step, **given):
        return hongs.post(f"/crew/visits/{visit.pk}/{step}/", {"key": f"k{next(keys)}", **given})

    return send


def text(page):
    return page.content.decode()


class TestSteps:
    def test_the_page_goes_along_with_the_visit(self, hongs, press, visit):
        page = hongs.get(f"/crew/visits/{visit.pk}/")
        assert "Accept" in text(page)
        assert press("accept").status_code == 302
        press("arrive", photos=SimpleUploadedFile("door.png", PNG), gas_ppm="12", latitude="34.8573", longitude="118.0707", accuracy="7.6")
        row = Evidence.objects.get()
        assert (row.gas_ppm, row.accuracy, row.metres_away, row.photo.name) == (12, 8, 0, "door.png")
        assert "Made safe" in text(hongs.get(f"/crew/visits/{visit.pk}/"))

    def test_a_form_sent_twice_counts_once(self, press, hongs, visit):
        for _time in "12":
            hongs.post(f"/crew/visits/{visit.pk}/accept/", {"key": "same"})
        assert DeviceAction.objects.count() == 1

    def test_what_is_missing_is_said_and_what_was_typed_stays(self, press):
        press("accept")
        press("arrive")
        page = press("finish", note="valve was open")
        assert page.status_code == 422
        assert "valve was open" in text(page)

    def test_what_is_out_of_turn_is_refused_in_words_and_can_be_tried_again(self, press):
        page = press("finish", outcome="done")
        assert (page.status_code, "cannot be done now" in text(page)) == (422, True)
        press("accept")
        press("arrive")
        assert press("finish", outcome="done").status_code == 302

    def test_twenty_photos_are_too_many_for_one_step(self, press):
        press("accept")
        photos = [SimpleUploadedFile(f"{n}.png", PNG) for n in range(20)]
        assert press("arrive", photos=photos).status_code == 422
        assert not Evidence.objects.exists()

    def test_a_step_that_nobody_knows_is_not_there(self, press):
        assert press("fly").status_code == 404


class TestWork:
    def test_parts_have_the_price_of_their_day(self, press, settings):
        settings.LABOUR_HOUR_PRICE = 12_000
        part = PartFactory(code="HOSE", price=1_999)
        press("accept")
        press("arrive")
        press("work", part="HOSE", quantity="0.5")
        press("work", minutes="20")
        part.price = 5
        part.save()
        page = text(press("made-safe")) or ""
        assert [(line.price, line.quantity_milli, line.minutes) for line in WorkLine.objects.order_by("pk")] == [
            (1_999, 500, 0),
            (12_000, 0, 20),
        ]
        assert page == ""

    def test_a_line_written_by_mistake_is_struck(self, press, hongs, visit):
        press("accept")
        press("arrive")
        press("work", minutes="200")
        hongs.post(f"/crew/visits/{visit.pk}/work/{WorkLine.objects.get().pk}/strike/")
        assert not WorkLine.objects.exists()
        assert visit.timeline.events.filter(verb="visit.work_struck").exists()

    @pytest.mark.parametrize(
        "given", [{}, {"part": "HOSE"}, {"part": "NONE", "quantity": "1"}, {"part": "HOSE", "quantity": "1", "minutes": "5"}]
    )
    def test_neither_parts_nor_minutes_is_nothing(self, press, given):
        PartFactory(code="HOSE")
        press("accept")
        press("arrive")
        assert press("work", **given).status_code == 422
        assert not WorkLine.objects.exists()


class TestSigning:
    def test_the_customers_code_signs_once(self, press, visit):
        press("accept")
        press("arrive")
        assert press("sign", code="000000x").status_code == 422
        assert press("sign", code=visit.sign_code, name="李娜").status_code == 302
        assert Signature.objects.get().is_by_code
        assert "signed for already" in text(press("sign", code=visit.sign_code))

    def test_neither_drawing_nor_code_signs_nothing(self, press):
        press("accept")
        press("arrive")
        assert press("sign", name="李娜").status_code == 422

    def test_a_photo_of_the_signed_sheet_signs_too(self, press):
        press("accept")
        press("arrive")
        press("sign", name="李娜", photos=SimpleUploadedFile("sheet.png", PNG))
        assert Signature.objects.get().drawing.name == "sheet.png"


class TestWhoSeesWhat:
    def test_another_crew_has_no_such_visit(self, signed_in, kai, far, visit):
        assert signed_in(Client(), kai).get(f"/crew/visits/{visit.pk}/").status_code == 404

    def test_a_crew_that_lost_it_is_told_who_has_it(self, hongs, visit, far):
        fieldwork.operations.reassign(visit=visit, crew=far, by=DISPATCH, at=business_now())
        page = text(hongs.get(f"/crew/visits/{visit.pk}/"))
        assert "Another crew has this visit now: 抢修二班 (K2)." in page
        assert visit.visit_code not in page

    def test_a_crew_that_was_only_asked_is_shown_no_phone(self, hongs, visit, near, far):
        fieldwork.operations.reassign(visit=visit, crew=far, by=DISPATCH, at=business_now())
        page = hongs.post(f"/crew/visits/{visit.pk}/contact/", follow=True)
        assert "+8613800138000" not in text(page)

    def test_the_crew_never_sees_the_customers_code(self, hongs, press, visit):
        press("accept")
        press("arrive")
        assert visit.sign_code not in text(hongs.get(f"/crew/visits/{visit.pk}/"))

    def test_dispatchers_see_what_came_too_late_until_they_have_looked(self, signed_in, yan):
        row = DeviceActionFactory(outcome="refused", why="Another crew has it.")
        client = signed_in(Client(), yan)
        assert "Another crew has it." in text(client.get("/staff/phones/refused/"))
        client.post(f"/staff/phones/refused/{row.pk}/seen/")
        assert "Nothing came too late" in text(client.get("/staff/phones/refused/"))

    def test_the_script_that_keeps_pages_is_no_file_of_static(self, client):
        answer = client.get("/crew/worker.js")
        assert (answer["Content-Type"], "/crew/offline/" in text(answer)) == ("text/javascript; charset=utf-8", True)


def test_what_crews_wrote_is_forgotten_with_the_case(visit):
    EvidenceFactory(visit=visit, note="李娜 was angry", latitude=34.1, longitude=118.1, gas_ppm=7)
    WorkLineFactory(visit=visit, note="for 李娜")
    SignatureFactory(visit=visit, name="李娜")
    DeviceActionFactory(visit=visit, why="李娜")
    Offer.objects.update(why="李娜")
    erasing.forget_words(timeline=visit.timeline_id)
    rows = [*Evidence.objects.values(), *WorkLine.objects.values(), *Signature.objects.values(), *Offer.objects.values()]
    assert "李娜" not in str([*rows, *DeviceAction.objects.values()])
    assert (Evidence.objects.get().gas_ppm, Evidence.objects.get().latitude) == (7, None)
