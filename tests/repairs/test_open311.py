"""Open311 GeoReport v2, as a client of other people's making sees it: over HTTP, in JSON and XML."""

import json
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from accounts.roles import Role
from casework.models import Case
from fieldwork.models import Visit
from repairs.models import Repair
from repairs.open311 import listing
from tests.api.conftest import token_of
from tests.factories import accounts as people

pytestmark = pytest.mark.django_db
URL = "/open311/v2"
LEAK = {"service_code": "leak", "lat": "34.8598", "long": "118.0798", "description": "Strong smell on the stairs"}


def read(client, path, **query):
    return json.loads(client.get(f"{URL}/{path}.json", query).content)


@pytest.fixture
def key(db):
    """A city portal's."""
    return token_of(people.StaffFactory(roles=[Role.HOTLINE_AGENT]).user)


@pytest.fixture
def post(client, key):
    def send(form="json", headers=None, **sent):
        return client.post(f"{URL}/requests.{form}", {"api_key": key, **sent}, headers=headers or {})

    return send


class TestServices:
    def test_every_fault_is_a_service_of_its_own(self, client):
        assert [one["service_code"] for one in read(client, "services")] == Repair.Fault.values

    def test_xml_says_the_same(self, client):
        root = ET.fromstring(client.get(f"{URL}/services.xml").content)
        assert (root.tag, [one.findtext("service_code") for one in root.findall("service")]) == ("services", Repair.Fault.values)

    def test_the_questions_of_triage_are_attributes_that_nobody_must_answer(self, client):
        attributes = read(client, "services/leak")["attributes"]
        assert [one["code"] for one in attributes] == ["smell", "hiss", "people", "ignition", "valve"]
        assert not any(one["required"] for one in attributes)

    @pytest.mark.parametrize(("language", "word"), [("en", "Leak"), ("zh-hans", "漏"), ("ru", "газ")])
    def test_services_are_named_in_the_readers_language(self, client, language, word):
        found = client.get(f"{URL}/services.json", headers={"accept-language": language}).content.decode()
        assert word.lower() in found.lower()

    def test_an_unknown_service_is_not_found(self, client):
        answer = client.get(f"{URL}/services/potholes.xml")
        assert (answer.status_code, ET.fromstring(answer.content).findtext("error/code")) == (404, "404")

    def test_discovery_leads_to_the_service(self, client):
        found = json.loads(client.get("/open311/discovery.json").content)
        assert found["endpoints"][0]["url"].endswith("/open311/v2")


class TestReporting:
    def test_a_leak_is_an_order_with_a_visit_when_the_answer_comes(self, post):
        answer = post(**LEAK, first_name="Li", phone="138 0013 8000")
        case = Case.objects.get(reference=json.loads(answer.content)[0]["service_request_id"])
        assert (answer.status_code, case.status, case.urgency, case.channel) == (201, "ordered", "emergency", "api")
        assert (case.contact_name, case.contact_phone, Visit.objects.get().case) == ("Li", "+8613800138000", case)

    def test_xml_is_answered_in_xml(self, post):
        root = ET.fromstring(post("xml", **LEAK).content)
        assert root.findtext("request/service_request_id") == Case.objects.get().reference

    def test_answers_to_the_questions_count(self, post):
        post(service_code="meter", address_string="卞庄街道文峰路", **{"attribute[smell]": "yes"})
        assert Case.objects.get().urgency == "emergency"

    def test_an_address_in_words_is_enough(self, post):
        assert post(service_code="meter", address_string="卞庄街道文峰路").status_code == 201

    def test_another_city_is_told_whom_to_ring_and_promised_no_hour(self, post, town, client):
        answer = post(service_code="meter", address_string="青岛市市南区香港中路1号")
        assert "119" in json.loads(answer.content)[0]["service_notice"]
        assert json.loads(client.get(f"{URL}/requests.json").content)[0]["expected_datetime"] is None

    @pytest.mark.parametrize("form", ["json", "xml"])
    def test_another_method_is_refused_in_a_document_of_the_standard_s(self, client, form):
        answer = client.put(f"{URL}/requests.{form}")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")
        assert b"405" in answer.content
        assert form in answer["Content-Type"]

    def test_a_picture_elsewhere_is_kept_as_its_address(self, post):
        post(**LEAK, media_url="https://example.org/a.jpg")
        assert "https://example.org/a.jpg" in Repair.objects.get().text

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"service_code": "potholes"}, "service_code"),
            ({"lat": "91"}, "lat"),
            ({"lat": "north"}, "lat"),
            ({"lat": "", "long": ""}, "address_string"),
        ],
    )
    def test_a_wrong_report_is_refused_with_the_field_and_stores_nothing(self, post, wrong, told):
        answer = post(**{**LEAK, **wrong})
        assert (answer.status_code, Case.objects.count()) == (400, 0)
        assert told in json.loads(answer.content)[0]["description"]

    @pytest.mark.parametrize("wrong", ["", "no such key", "ключ"])
    def test_without_a_key_nothing_is_stored(self, client, wrong):
        answer = client.post(f"{URL}/requests.json", {**LEAK, "api_key": wrong})
        assert (answer.status_code, Case.objects.count()) == (403, 0)

    def test_an_expired_key_is_none(self, client, fang):
        expired = token_of(fang.user, seconds=-1)
        assert client.post(f"{URL}/requests.json", {**LEAK, "api_key": expired}).status_code == 403

    def test_a_customers_key_makes_it_theirs(self, client, olive):
        client.post(f"{URL}/requests.json", {**LEAK, "api_key": token_of(olive)})
        assert Case.objects.get().asker == olive

    def test_a_repeat_under_one_idempotency_key_is_one_report(self, post):
        first, second = (post(**LEAK, headers={"idempotency-key": "k-1"}) for _ in range(2))
        assert (first.content, Case.objects.count()) == (second.content, 1)

    def test_two_alike_without_a_key_are_two_reports(self, post):
        post(**LEAK)
        post(**LEAK)
        assert Case.objects.count() == 2

    def test_a_portal_is_not_taken_for_a_flood(self, post, settings):
        settings.REPORTS_PER_NETWORK = 1
        assert [post(**LEAK, device_id=f"d{n}").status_code for n in range(3)] == [201] * 3
        assert set(Case.objects.values_list("status", flat=True)) == {"ordered"}

    def test_another_jurisdiction_is_not_ours(self, post, settings):
        settings.OPEN311_JURISDICTION = "linyi.example"
        assert post(**LEAK, jurisdiction_id="boston.example").status_code == 404


class TestReading:
    @pytest.mark.usefixtures("book")
    def test_expected_is_the_moment_we_promised(self, client, reported, account):
        repair = reported(account=account)
        found = read(client, f"requests/{repair.case.reference}")[0]
        due = repair.case.timeline.clocks.filter(version__promise__kind="resolution").get().due_at
        assert found["expected_datetime"] == due.isoformat(timespec="seconds")

    def test_strangers_see_neither_words_nor_the_door(self, client, reported, town):
        reported(place="34.8598, 118.0798", text="In the flat of Mrs Li", phone="+8613800138000")
        answer = client.get(f"{URL}/requests.json").content.decode()
        assert (json.loads(answer)[0]["lat"], json.loads(answer)[0]["long"]) == (34.86, 118.08)
        assert "Li" not in answer.replace("Pilotlight", "")
        assert "13800138000" not in answer

    def test_who_handles_cases_sees_it_whole(self, client, reported, key, town):
        reported(place="34.8598, 118.0798", text="Behind the school")
        found = read(client, "requests", api_key=key)[0]
        assert (found["description"], found["lat"]) == ("Behind the school", 34.8598)

    def test_status_selects(self, client, reported, now):
        one, other = reported(), reported()
        Case.objects.filter(pk=other.pk).update(closed_at=now)
        assert [row["service_request_id"] for row in read(client, "requests", status="open")] == [one.case.reference]
        assert [row["service_request_id"] for row in read(client, "requests", status="closed")] == [other.case.reference]
        assert len(read(client, "requests", status="open,closed")) == 2

    def test_ids_overrule_everything_else(self, client, reported):
        repair = reported()
        found = read(client, "requests", service_request_id=f"{repair.case.reference},nothing", status="closed", service_code="meter")
        assert [row["service_request_id"] for row in found] == [repair.case.reference]

    def test_a_service_selects(self, client, reported):
        reported()
        reported(fault="meter")
        assert [row["service_code"] for row in read(client, "requests", service_code="meter")] == ["meter"]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"start_date": "yesterday"},
            {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"},
            {"start_date": "2026-02-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"},
            {"start_date": "2026-13-01T00:00:00Z"},
            {"status": "lost"},
            {"page_size": "100000"},
        ],
    )
    def test_a_question_that_makes_no_sense_is_refused(self, client, wrong):
        answer = client.get(f"{URL}/requests.json", wrong)
        assert (answer.status_code, json.loads(answer.content)[0]["code"]) == (400, 400)

    def test_pages_follow_one_another(self, client, reported, now):
        made = [reported(at=now + timedelta(minutes=n)).case.reference for n in range(3)]
        shown = [
            row["service_request_id"]
            for page in (1, 2)
            for row in read(client, "requests", page=page, page_size=2, end_date="2026-11-21T00:00:00Z")
        ]
        assert shown == made[::-1]

    @pytest.mark.parametrize("many", [1, 4])
    def test_as_many_statements_for_many_as_for_one(self, reported, now, fang, many, django_assert_num_queries):
        rows = [reported() for _ in range(many)]
        with django_assert_num_queries(4):  # roles, what may be seen, moments, news
            listing.shown(rows, to=fang.user, at=now)

    def test_a_control_character_does_not_break_the_xml(self, client, reported, key):
        reported(text="bell \x07 rings")
        answer = client.get(f"{URL}/requests.xml", {"api_key": key, "end_date": "2026-11-21T00:00:00Z"})
        assert ET.fromstring(answer.content).findtext("request/description") == "bell  rings"

    def test_a_token_is_the_number_itself(self, client, reported):
        reference = reported().case.reference
        assert read(client, f"tokens/{reference}")[0]["service_request_id"] == reference

    def test_nothing_is_told_of_what_is_erased(self, client, reported, now):
        case = reported().case
        Case.objects.filter(pk=case.pk).update(closed_at=now, erased_at=now)
        assert client.get(f"{URL}/requests/{case.reference}.json").status_code == 404
