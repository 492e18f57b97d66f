"""Files of a case over HTTP: kept once, for what their bytes are, and handed out to who may see them."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.api.throttles import Uploads
from casework.models import Attachment
from tests.casework.conftest import PNG
from tests.factories.casework import AttachmentFactory, GeneralRequestFactory

from .test_problems import check_problem

ANOTHER_PNG = PNG + b"1"


@pytest.fixture
def case(account):
    return GeneralRequestFactory(case__account=account).case


def send(client, case, content=PNG, key="photo-1", name="meter.png"):
    file = SimpleUploadedFile(name, content)
    return client.post(f"/api/v1/cases/{case.reference}/files/add/", {"file": file}, format="multipart", headers={"Idempotency-Key": key})


class TestSending:
    def test_a_file_is_kept_under_its_name(self, olives, case):
        answer = send(olives, case)
        row = Attachment.objects.get()
        assert (answer.status_code, answer.json()["token"]) == (201, row.token)
        assert (row.name, row.size, row.is_from_customer) == ("meter.png", len(PNG), True)
        assert default_storage.open(row.file).read() == PNG

    def test_one_that_django_spools_to_disk_is_kept_whole(self, olives, case, settings):
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
        assert send(olives, case).status_code == 201
        row = Attachment.objects.get()
        assert default_storage.open(row.file).read() == PNG

    def test_a_repeat_keeps_it_once(self, olives, case):
        first, again = send(olives, case), send(olives, case)
        assert first.content == again.content
        assert (again.headers["Idempotent-Replayed"], Attachment.objects.count()) == ("true", 1)

    @pytest.mark.parametrize("other", [{"content": ANOTHER_PNG}, {"name": "other.png"}])
    def test_another_file_under_the_same_key_is_refused(self, olives, case, other):
        send(olives, case)
        check_problem(send(olives, case, **other), 422, "key_reused")

    def test_no_key_is_refused(self, olives, case):
        file = {"file": SimpleUploadedFile("meter.png", PNG)}
        check_problem(olives.post(f"/api/v1/cases/{case.reference}/files/add/", file, format="multipart"), 428, "key_missing")

    @pytest.mark.parametrize("content", [b"MZ\x90", b"", b"<svg xmlns="])
    def test_what_the_pages_do_not_take_is_not_taken(self, olives, case, content):
        check_problem(send(olives, case, content), 422, "not_taken")
        assert not Attachment.objects.exists()

    def test_one_too_large_is_refused(self, olives, case, settings):
        settings.ATTACHMENT_MAX_BYTES = 20
        check_problem(send(olives, case), 422, "not_taken")

    def test_one_far_too_large_is_not_even_read(self, olives, case, settings):
        settings.ATTACHMENT_MAX_BYTES = 20
        check_problem(send(olives, case, PNG * 1_000), 413, "too_large")

    def test_json_is_no_file(self, olives, case):
        answer = olives.post(f"/api/v1/cases/{case.reference}/files/add/", {}, headers={"Idempotency-Key": "k"})
        check_problem(answer, 415, "unsupported_media_type")

    def test_a_form_without_a_file_is_pointed_at(self, olives, case):
        url = f"/api/v1/cases/{case.reference}/files/add/"
        answer = olives.post(url, {"paper": "lease"}, format="multipart", headers={"Idempotency-Key": "k"})
        body = check_problem(answer, 400, "invalid")
        assert body["errors"][0]["pointer"] == "#/paper"

    def test_files_are_counted_apart(self, olives, case, monkeypatch):
        monkeypatch.setattr(Uploads, "THROTTLE_RATES", {"upload": "1/min"})
        assert [send(olives, case, key=key).status_code for key in "ab"] == [201, 429]
        assert olives.get(f"/api/v1/cases/{case.reference}/files/").status_code == 200


class TestFetching:
    def test_the_bytes_come_back_as_a_download(self, olives, case):
        token = send(olives, case).json()["token"]
        answer = olives.get(f"/api/v1/cases/{case.reference}/files/{token}/")
        assert b"".join(answer.streaming_content) == PNG
        assert answer["Content-Disposition"] == 'attachment; filename="meter.png"'
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", "private, no-store")

    def test_staff_see_all_and_customers_what_they_sent(self, olives, fangs, case):
        sent, ours = send(olives, case).json()["token"], send(fangs, case, key="ours").json()["token"]

        def listed(client):
            return [row["token"] for row in client.get(f"/api/v1/cases/{case.reference}/files/").json()["results"]]

        assert (listed(olives), listed(fangs)) == ([sent], [sent, ours])
        assert olives.get(f"/api/v1/cases/{case.reference}/files/{ours}/").status_code == 404

    def test_a_file_of_another_case_is_not_found_under_this_one(self, fangs, case, neighbour):
        token = send(fangs, GeneralRequestFactory(case__account=neighbour).case).json()["token"]
        check_problem(fangs.get(f"/api/v1/cases/{case.reference}/files/{token}/"), 404, "not_found")

    def test_an_erased_one_is_gone(self, fangs, case, now):
        row = AttachmentFactory(case=case, erased_at=now)
        assert fangs.get(f"/api/v1/cases/{case.reference}/files/{row.token}/").status_code == 404
        assert fangs.get(f"/api/v1/cases/{case.reference}/files/").json()["results"] == []
