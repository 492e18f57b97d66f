"""The pages of kiosks: for their keepers, and for whoever looks for one."""

import pytest

from billing.models import DeviceKey, Kiosk, KioskCash
from billing.operations.kiosks import CodeStays, change_kiosk
from billing.operations.ledger import Line, post
from tests.factories.accounts import TerritoryFactory
from tests.factories.kiosks import DeviceKeyFactory, KioskFactory

PLAN = {"name": "市场", "address": "1号", "latitude": None, "longitude": None, "hours": "", "sells": False, "cash_ceiling": None}


@pytest.fixture
def qiangs(client, signed_in, qiang):
    return signed_in(client, qiang)


@pytest.fixture
def kiosk(hall):
    return DeviceKeyFactory(kiosk__hall=hall, kiosk__latitude=34.85, kiosk__longitude=118.07, kiosk__code="K01").kiosk


def page(client, url, **form):
    response = client.post(url, form) if form else client.get(url)
    return response.status_code, response.content.decode()


class TestFleet:
    def test_an_empty_list_says_how_to_begin(self, qiangs):
        assert "No kiosk yet" in page(qiangs, "/staff/kiosks/")[1]

    def test_it_tells_what_needs_a_hand(self, qiangs, kiosk):
        Kiosk.objects.update(reader="broken", state="out")
        _status, text = page(qiangs, "/staff/kiosks/")
        assert "out of order" in text
        assert "card reader" in text

    def test_the_secret_is_shown_once(self, qiangs, kiosk):
        response = qiangs.post("/staff/kiosks/K01/key/")
        secret = response.context["made"].secret
        assert secret in response.content.decode()
        assert "no-store" in response.headers["Cache-Control"]
        assert secret not in page(qiangs, "/staff/kiosks/K01/")[1]

    def test_a_key_is_revoked(self, qiangs, kiosk):
        handle = DeviceKey.objects.get().handle
        qiangs.post(f"/staff/kiosks/K01/keys/{handle}/revoke/")
        assert DeviceKey.objects.get().revoked_at is not None

    def test_a_new_one_is_put_up_and_a_taken_code_is_refused_beside_its_field(self, qiangs, hall, kiosk):
        town = TerritoryFactory(level="town", name="卞庄街道")
        plan = {
            "code": "k01",
            "name": "市场",
            "address": "1号",
            "hall": hall.pk,
            "territory": town.pk,
            "sells": "on",
            "cash_ceiling": "2000",
        }
        status, text = page(qiangs, "/staff/kiosks/new/", **plan)
        assert (status, "Another kiosk has this code." in text, "市场" in text) == (422, True, True)
        assert page(qiangs, "/staff/kiosks/new/", **{**plan, "code": "k02"})[0] == 302
        made = Kiosk.objects.get(code="K02")
        assert (made.state, made.cash_ceiling, made.sells) == ("silent", 200_000, True)

    def test_it_is_changed_and_taken_away(self, qiangs, kiosk):
        form = {"code": "K01", "name": "新市场", "address": "2号", "hall": kiosk.hall_id, "territory": kiosk.territory_id}
        assert page(qiangs, "/staff/kiosks/K01/change/", **form)[0] == 302
        kiosk.refresh_from_db()
        assert (kiosk.name, kiosk.sells, kiosk.cash_ceiling) == ("新市场", False, None)
        qiangs.post("/staff/kiosks/K01/retire/")
        kiosk.refresh_from_db()
        assert kiosk.state == "retired"
        assert "taken away" in page(qiangs, "/staff/kiosks/K01/")[1]

    def test_its_code_stays_whatever_is_sent(self, qiangs, kiosk, qiang, now):
        form = {"code": "K99", "name": "新市场", "address": "2号", "hall": kiosk.hall_id, "territory": kiosk.territory_id}
        assert page(qiangs, "/staff/kiosks/K01/change/", **form)[0] == 302
        kiosk.refresh_from_db()
        assert (kiosk.code, kiosk.name) == ("K01", "新市场")
        with pytest.raises(CodeStays):
            change_kiosk(kiosk=kiosk, **{**PLAN, "code": "K99", "hall": kiosk.hall, "territory": kiosk.territory}, by=qiang.user, at=now)

    def test_a_difference_asks_for_a_reason_and_keeps_what_was_typed(self, qiangs, kiosk, qiang, now):
        Kiosk.objects.update(sells=True, cash_ceiling=10_000)
        KioskCash.objects.create(kiosk=kiosk, since=now, expected=5_000)
        post("payment", [Line("kiosk_cash", 5_000), Line("safe", -5_000)], by=qiang.user, at=now)
        status, text = page(qiangs, "/staff/kiosks/K01/empty/", counted="49", reason="")
        assert (status, 'value="49"' in text) == (422, True)
        assert page(qiangs, "/staff/kiosks/K01/empty/", counted="49", reason="one note torn")[0] == 302
        assert KioskCash.objects.get().counted == 4_900


class TestPublicList:
    def test_nobody_needs_to_sign_in(self, client, kiosk):
        status, text = page(client, "/kiosks/")
        assert (status, "K01" in text, "kiosk-map" in text) == (200, True, True)

    def test_the_nearest_that_works_comes_first_and_the_place_is_not_in_the_address(self, client, kiosk, hall):
        far = KioskFactory(hall=hall, latitude=34.75, longitude=118.0, code="K02")
        KioskFactory(hall=hall, latitude=34.7501, longitude=118.0001, code="K03", reader="broken")
        response = client.post("/kiosks/", {"latitude": "34.75", "longitude": "118.0"})
        lines = response.context["lines"]
        assert [(line.kiosk.code, line.works) for line in lines] == [(far.code, True), ("K01", True), ("K03", False)]
        assert (lines[0].metres, response.request["QUERY_STRING"]) == (0, "")

    def test_one_that_was_taken_away_is_gone(self, client, kiosk):
        Kiosk.objects.update(state="retired")
        assert "No machine stands anywhere yet" in page(client, "/kiosks/")[1]

    @pytest.mark.parametrize("value", ["north", "91", "nan"])
    def test_nonsense_is_refused(self, client, kiosk, value):
        assert page(client, "/kiosks/", latitude=value, longitude="118")[0] == 422

    def test_programs_get_the_same(self, client, kiosk):
        assert [one["code"] for one in client.get("/api/v1/kiosks/").json()["results"]] == ["K01"]
        near = client.post("/api/v1/kiosks/nearest/", {"latitude": 34.85, "longitude": 118.07}, content_type="application/json").json()
        assert (near["results"][0]["metres"], near["results"][0]["works"]) == (0, True)

    @pytest.mark.parametrize("value", ["nan", "inf", 91])
    def test_programs_that_are_nowhere_are_told_so(self, db, client, value):
        asked = {"latitude": value, "longitude": 118.07}
        assert client.post("/api/v1/kiosks/nearest/", asked, content_type="application/json").status_code == 400
