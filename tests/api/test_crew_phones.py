"""A crew's device over HTTP."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

import fieldwork.operations
from accounts.actors import System
from accounts.clock import business_now
from accounts.roles import Role
from casework.models import Attachment
from fieldwork.models import CrewPosition, DeviceAction, Evidence, Signature, Visit, WorkLine
from tests.casework.conftest import PNG
from tests.factories.accounts import StaffFactory
from tests.factories.bills import ReadMeterFactory
from tests.factories.casework import CaseFactory
from tests.factories.fieldwork import LATITUDE, LONGITUDE, PartFactory, VisitFactory, crew_out

from .conftest import device_of
from .test_problems import check_problem

DISPATCH = System("dispatch")
HERE = {"latitude": LATITUDE + 0.001, "longitude": LONGITUDE, "accuracy": 9}


@pytest.fixture
def wei(db):
    return StaffFactory(user__username="wei", name="魏强", number="301", roles=[Role.CREW])


@pytest.fixture
def crew(wei):
    return crew_out(wei, code="K1")


@pytest.fixture
def weis(wei, crew):
    return device_of(wei.user)


@pytest.fixture
def visit(crew):
    """Offered to Wei's crew an hour ago, by the real clock."""
    at = business_now() - timedelta(hours=1)
    visit = VisitFactory(asked_at=at)
    fieldwork.operations.offer(visit=visit, crew=crew, by=DISPATCH, at=at)
    return visit


def step(client, visit, word, body=None, key=None):
    headers = {"Idempotency-Key": key or f"{word}-{visit.pk}"}
    return client.post(f"/api/v1/crew/visits/{visit.pk}/{word}/", body or {}, headers=headers)


def photo(client, visit, key="p1", content=PNG, name="hose.png"):
    body = {"key": key, "visit": visit.pk, "file": SimpleUploadedFile(name, content)}
    return client.post("/api/v1/crew/photos/", body, format="multipart")


def sync(client, *actions, ahead=timedelta()):
    """Each action: key, visit, verb, minutes ago, and what goes with it."""
    now = business_now() + ahead
    told = [
        {"key": key, "visit": visit.pk, "verb": verb, "device_at": (now - timedelta(minutes=ago)).isoformat(), **more}
        for key, visit, verb, ago, more in actions
    ]
    return client.post("/api/v1/crew/sync/", {"device_now": now.isoformat(), "round_trip_ms": 40, "actions": told})


class TestSteps:
    def test_a_visit_is_made_step_by_step(self, weis, visit):
        PartFactory(code="HOSE", price=2_001)
        for word, body in [
            ("accept", {}),
            ("set-off", HERE),
            ("arrive", {**HERE, "gas_ppm": 40}),
            ("made-safe", {"gas_ppm": 0}),
            ("work", {"part": "hose", "quantity_milli": 1_500}),
            ("work", {"minutes": 30}),
            ("sign", {"name": "李娜", "code": f"{visit.sign_code[:3]} {visit.sign_code[3:]}"}),
            ("finish", {"outcome": "done"}),
        ]:
            answer = step(weis, visit, word, body, key=f"{word}{len(body)}{body.get('minutes')}")
            assert answer.status_code == 200, answer.content
        assert (answer.json()["status"], answer.json()["outcome"]) == ("done", "done")
        assert Signature.objects.get().is_by_code
        assert Evidence.objects.filter(step="arrive", metres_away=111, gas_ppm=40).exists()
        assert [(line.kind, line.price) for line in WorkLine.objects.order_by("pk")] == [("part", 2_001), ("labour", 0)]

    def test_a_meter_is_read_where_there_is_one_to_read(self, weis, visit):
        check_problem(step(weis, visit, "read-meter", {"litres": 158_000}), 409, "refused")
        visit.case = CaseFactory(account=ReadMeterFactory().account)
        visit.save(update_fields=["case"])
        assert step(weis, visit, "read-meter", {"litres": 158_000}, key="again").status_code == 200
        assert visit.timeline.events.get(verb="visit.meter_read").facts["litres"] == 158_000
        check_problem(step(weis, visit, "read-meter", {"litres": 10**8}, key="huge"), 400, "invalid")

    def test_the_list_shows_what_the_crew_has_and_no_phone(self, weis, visit):
        VisitFactory()
        [row] = weis.get("/api/v1/crew/visits/").json()["results"]
        assert (row["id"], row["status"], row["visit_code"]) == (visit.pk, "offered", "4711")
        assert "sign_code" not in row

    def test_a_repeat_with_its_key_does_nothing(self, weis, visit):
        assert [step(weis, visit, "accept").status_code for _time in "12"] == [200, 200]
        assert DeviceAction.objects.count() == 1

    def test_what_is_out_of_turn_is_refused(self, weis, visit):
        check_problem(step(weis, visit, "finish", {"outcome": "done"}), 409, "refused")

    def test_no_key_is_refused(self, weis, visit):
        check_problem(weis.post(f"/api/v1/crew/visits/{visit.pk}/accept/", {}), 428, "key_missing")

    def test_another_crews_visit_does_not_exist(self, weis, crew):
        check_problem(step(weis, VisitFactory(), "accept"), 404, "not_found")

    def test_wrong_codes_are_not_tried_for_ever(self, weis, visit):
        step(weis, visit, "accept")
        step(weis, visit, "arrive")
        for n in range(6):
            answer = step(weis, visit, "sign", {"code": f"00000{n}x"}, key=f"k{n}")
        assert "Too many wrong codes" in answer.json()["detail"]
        assert step(weis, visit, "sign", {"code": visit.sign_code}, key="right").status_code == 409

    @pytest.mark.parametrize(
        "wrong", [{"latitude": 91, "longitude": 0}, {"latitude": "nan", "longitude": 0}, {"latitude": 1}, {"gas_ppm": -1}]
    )
    def test_what_cannot_be_is_pointed_at(self, weis, visit, wrong):
        check_problem(step(weis, visit, "accept", wrong), 400, "invalid")


class TestPictures:
    def test_a_picture_that_comes_after_its_deed_finds_it(self, weis, visit):
        step(weis, visit, "accept")
        step(weis, visit, "arrive", {"photos": ["p1", "p2"]})
        assert [photo(weis, visit, key, PNG + key.encode()).json()["is_joined"] for key in ("p2", "p1")] == [True, True]
        assert Evidence.objects.exclude(photo=None).count() == 2

    def test_a_picture_that_comes_before_its_deed_is_found(self, weis, visit):
        assert photo(weis, visit).json()["is_joined"] is False
        step(weis, visit, "accept", {"photos": ["p1"]})
        row = Evidence.objects.get()
        assert default_storage.open(row.photo.file).read() == PNG

    def test_it_is_kept_once_however_often_it_is_sent(self, weis, visit):
        answers = [photo(weis, visit, key).status_code for key in ("p1", "p1", "p2")]
        assert (answers, Attachment.objects.count()) == ([200, 200, 200], 1)

    def test_another_picture_under_the_same_key_is_refused(self, weis, visit):
        photo(weis, visit)
        check_problem(photo(weis, visit, content=PNG + b"1"), 422, "another_photo")

    @pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<script>alert(1)</script>"])
    def test_what_is_no_picture_is_not_taken(self, weis, visit, content):
        check_problem(photo(weis, visit, content=content, name="<script>.png"), 422, "not_taken")
        assert not Attachment.objects.exists()

    def test_a_video_of_200_mb_is_refused_before_it_is_read(self, weis, visit):
        headers = {"Content-Length": "200000000"}
        body = BytesIO(b"--x\r\n")
        answer = weis.generic(
            "POST",
            "/api/v1/crew/photos/",
            body.read(),
            content_type="multipart/form-data; boundary=x",
            CONTENT_LENGTH=headers["Content-Length"],
        )
        check_problem(answer, 413, "too_large")

    def test_a_drawing_is_a_signature_once_it_has_come(self, weis, visit):
        step(weis, visit, "accept")
        step(weis, visit, "arrive")
        step(weis, visit, "sign", {"name": "李娜", "drawing": "d1"})
        assert not Signature.objects.exists()
        photo(weis, visit, "d1")
        row = Signature.objects.get()
        assert (row.name, row.is_by_code, row.drawing.size) == ("李娜", False, len(PNG))

    def test_one_of_a_visit_that_another_crew_has_now_is_kept(self, weis, visit):
        fieldwork.operations.reassign(visit=visit, crew=crew_out(code="K2"), by=DISPATCH, at=business_now())
        assert photo(weis, visit).status_code == 200
        assert Attachment.objects.get().case == visit.case


class TestSynchronising:
    @pytest.mark.parametrize("hours", [0, 3, -8])
    def test_a_shift_without_signal_and_with_a_wrong_clock(self, weis, visit, hours):
        found = {**HERE, "photos": ["p1"]}
        answer = sync(weis, ("a", visit, "accept", 30, {}), ("b", visit, "arrive", 20, found), ahead=timedelta(hours=hours))
        body = answer.json()
        assert [one["outcome"] for one in body["results"]] == ["applied", "applied"]
        assert abs(body["ahead_ms"] - hours * 3_600_000) < 10_000
        assert body["visits"][0]["status"] == "on_site"
        assert abs(Visit.objects.get().arrived_at - (business_now() - timedelta(minutes=20))) < timedelta(seconds=20)

    def test_the_whole_batch_again_changes_nothing(self, weis, visit):
        batch = [("a", visit, "accept", 30, {}), ("b", visit, "arrive", 20, HERE)]
        first, again = sync(weis, *batch).json(), sync(weis, *batch).json()
        assert first["results"] == again["results"]
        assert (Evidence.objects.count(), DeviceAction.objects.count()) == (1, 2)

    def test_a_conflict_comes_back_in_words(self, weis, visit):
        fieldwork.operations.cancel(visit=visit, by=DISPATCH, at=business_now())
        [one] = sync(weis, ("a", visit, "accept", 30, {})).json()["results"]
        assert (one["outcome"], "called off" in one["why"]) == ("refused", True)

    def test_who_is_in_no_crew_keeps_everything_on_the_phone(self, weis, visit, crew):
        crew.members.update(until=business_now())
        check_problem(sync(weis, ("a", visit, "accept", 1, {})), 403, "not_in_crew")

    @pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59+00:00"])
    def test_a_year_that_no_clock_shows_is_pointed_at(self, weis, visit, moment):
        body = {"device_now": moment, "actions": [{"key": "a", "visit": visit.pk, "verb": "accept", "device_at": moment}]}
        check_problem(weis.post("/api/v1/crew/sync/", body), 400, "invalid")

    def test_a_batch_without_zone_or_sense_is_pointed_at(self, weis, visit):
        body = {"device_now": "yesterday", "actions": [{"key": "a", "visit": 0, "verb": "fly", "device_at": "now"}]}
        check_problem(weis.post("/api/v1/crew/sync/", body), 400, "invalid")


def test_only_the_last_place_is_kept(weis, crew):
    for latitude in (34.1, 34.2):
        body = {"latitude": latitude, "longitude": 118.0, "accuracy": 5}
        assert weis.post("/api/v1/crew/position/", body).status_code == 204
    assert CrewPosition.objects.get().latitude == 34.2
