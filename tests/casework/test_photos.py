"""Photos from who did not sign in: what can be kept is kept, each refusal names its file, and nothing large is ever held or stored."""

import tempfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

import casework.operations
from accounts.throttles import Pace, address_of, may_ask, may_ask_about
from casework.file_types import refused_name
from casework.models import Attachment
from casework.operations.attachments import MOST_UNSIGNED
from tests.casework.conftest import BY, PNG
from tests.factories.repairs import RepairFactory

pytestmark = pytest.mark.django_db
SCRIPT = '"><script>alert(1)<\\script>.png'


def photo(number=0, content=None, name=None):
    return SimpleUploadedFile(name or f"photo-{number}.png", content or PNG + bytes([number]), "image/png")


@pytest.fixture
def attach(opened, now):
    case = opened()

    def each(*files):
        return casework.operations.attach_each(case=case, files=files, by=BY, at=now)

    each.case = case
    return each


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../film.mp4", "film.mp4"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("", "file"),
        ("<b>.png", "_b_.png"),
        ("x" * 300 + ".mov", "x" * 96 + ".mov"),
    ],
)
def test_a_refused_file_is_named_as_its_sender_knows_it(given, shown):
    assert refused_name(given) == shown


class TestTogether:
    def test_one_bad_file_spoils_no_other(self, attach):
        taken = attach(photo(1), ContentFile(b"MZ\x90", name="virus.png"), ContentFile(b"", name="nothing.png"), photo(2))
        assert [row.name for row in taken.kept] == ["photo-1.png", "photo-2.png"]
        assert sorted(names for [names] in taken.refused.values()) == ["nothing.png", "virus.png"]
        assert attach.case.attachments.filter(is_from_customer=True).count() == 2

    def test_of_twenty_the_first_ten_are_kept_and_the_others_named(self, attach):
        taken = attach(*[photo(number) for number in range(20)])
        [(why, names)] = taken.refused.items()
        assert (len(taken.kept), "10" in why) == (MOST_UNSIGNED, True)
        assert names == [f"photo-{number}.png" for number in range(10, 20)]

    def test_the_same_bytes_are_kept_once(self, attach):
        for _ in "12":
            attach(photo(1), photo(1, name="again.png"))
        assert Attachment.objects.count() == 1


class TestTrackingPage:
    @pytest.fixture
    def case(self, client):
        case = RepairFactory().case
        client.post("/track/", {"reference": case.reference, "code": case.tracking_code})
        return case

    def test_photos_are_added_and_counted(self, client, case):
        assert client.post("/track/case/photos/", {"photos": [photo(1), photo(2)]}).headers["Location"] == "/track/case/"
        assert "We have 2 files from you." in client.get("/track/case/").content.decode()
        assert case.timeline.events.filter(verb="case.attached").count() == 2

    def test_who_looked_nothing_up_adds_nothing(self, client, db):
        assert client.post("/track/case/photos/", {"photos": photo()}).headers["Location"] == "/track/"
        assert not Attachment.objects.exists()

    def test_a_script_in_a_name_stays_a_name(self, client, case):
        answer = client.post("/track/case/photos/", {"photos": [photo(1, name=SCRIPT), photo(2, content=b"MZ\x90", name=SCRIPT)]})
        assert (answer.status_code, Attachment.objects.count()) == (422, 1)
        assert "<script>alert" not in answer.content.decode() + Attachment.objects.get().name

    def test_nothing_chosen_is_said(self, client, case):
        answer = client.post("/track/case/photos/", {})
        assert (answer.status_code, "Choose at least one" in answer.content.decode()) == (422, True)

    def test_from_one_address_there_is_an_end_to_it(self, client, case, monkeypatch):
        monkeypatch.setattr("casework.views.photos._PACE", Pace("photos", "1/hour"))
        answers = [client.post("/track/case/photos/", {"photos": photo(number)}).status_code for number in range(2)]
        assert answers == [302, 422]
        assert Attachment.objects.count() == 1


class Film(BytesIO):
    """As much of a film as somebody asks for, and no more memory than a piece of it."""

    def __init__(self, megabytes):
        head, tail = self.envelope()
        super().__init__(head)
        self.left, self.tail, self.length = megabytes * 1_000_000, BytesIO(tail), len(head) + megabytes * 1_000_000 + len(tail)

    @staticmethod
    def envelope():
        whole = encode_multipart(BOUNDARY, {"photos": SimpleUploadedFile("evening.mp4", b"@@@@", "video/mp4")})
        head, tail = whole.split(b"@@@@")
        return head, tail

    def read(self, size=-1):
        if piece := super().read(size):
            return piece
        take = min(self.left, size)
        self.left -= take
        return b"\0" * take if take else self.tail.read(size)


def test_of_a_film_of_200_megabytes_only_the_beginning_is_stored(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    film = Film(200)
    asked = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": MULTIPART_CONTENT, "CONTENT_LENGTH": str(film.length), "wsgi.input": film}
    sent = WSGIRequest({**RequestFactory()._base_environ(), **asked}).FILES["photos"]
    stored = sum(path.stat().st_size for path in tmp_path.iterdir())
    sent.close()
    assert sent.size == 200_000_000
    assert stored <= settings.ATTACHMENT_MAX_BYTES + 70_000


class TestThrottle:
    def test_an_address_is_counted_by_itself_and_a_thing_over_all_addresses(self, rf):
        pace = Pace("probe", "2/hour")
        one, other = rf.get("/", REMOTE_ADDR="10.0.0.1"), rf.get("/", REMOTE_ADDR="10.0.0.2")
        assert [may_ask(one, pace), may_ask(one, pace), may_ask(one, pace), may_ask(other, pace)] == [True, True, False, True]
        assert [may_ask_about("K7", pace) for _ in range(3)] == [True, True, False]

    def test_nobody_claims_another_address(self, rf, monkeypatch):
        request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "1.2.3.4, 203.0.113.7"})
        assert address_of(request) == "10.0.0.1"
        monkeypatch.setattr("rest_framework.settings.api_settings.NUM_PROXIES", 1)
        assert address_of(request) == "203.0.113.7"
