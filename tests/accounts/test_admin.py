"""The back office: for administrators, through our sign-in, and money only to look at."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import models, operations
from tests.factories import accounts as people


def url(model, verb, *args):
    return reverse(f"admin:{model}_{verb}", args=args)


class TestTheDoor:
    def test_djangos_own_sign_in_is_closed(self, client, db):
        answer = client.get("/admin/login/")
        assert answer.status_code == 302
        assert answer.url.startswith("/auth/login/")

    def test_passwords_are_changed_on_our_own_page(self, client, signed_in, ada):
        assert signed_in(client, ada).get("/admin/password_change/").url == "/auth/password/change/"

    def test_a_password_alone_does_not_open_it(self, client, ada):
        client.post("/admin/login/", {"username": "ada", "password": "a-long-password-1"})
        assert client.get("/admin/").status_code == 302

    @pytest.mark.parametrize("model", ["accounts_territory", "accounts_hall", "accounts_staff", "accounts_rolegrant", "billing_topup"])
    def test_an_administrator_sees_the_lists_and_a_clerk_does_not(self, client, signed_in, ada, fang, account, model):
        assert signed_in(client, ada).get(url(model, "changelist")).status_code == 200
        assert signed_in(client, fang).get(url(model, "changelist")).status_code == 403

    @pytest.mark.parametrize("model", ["billing_topup", "billing_receipt", "billing_posting"])
    def test_money_cannot_be_added_by_hand(self, client, signed_in, ada, model):
        assert signed_in(client, ada).get(url(model, "add")).status_code == 403


class TestHistory:
    def test_its_page_has_nothing_that_our_security_policy_blocks(self, client, signed_in, ada, hall):
        hall.name = "新大厅"
        hall.save()
        page = signed_in(client, ada).get(url("accounts_hall", "history", hall.pk)).content.decode()
        assert "新大厅" in page
        assert " style=" not in page
        assert "<style" not in page


class TestTerritory:
    def test_a_new_place_gets_its_path(self, client, signed_in, ada):
        signed_in(client, ada).post(url("accounts_territory", "add"), {"level": "province", "name": "山东省", "code": "", "area": ""})
        node = models.Territory.objects.get()
        assert node.path == f"/{node.pk}/"

    def test_a_new_name_reaches_the_addresses(self, client, signed_in, ada):
        premises = people.PremisesFactory(territory__name="旧楼", door="1")
        node = premises.territory
        data = {"level": node.level, "name": "新楼", "code": "", "area": node.area}
        signed_in(client, ada).post(url("accounts_territory", "change", node.pk), data)
        premises.refresh_from_db()
        assert premises.address == "新楼1"

    def test_a_wrong_move_is_told_and_changes_nothing(self, client, signed_in, ada):
        node = people.TerritoryFactory(level="town", name="东村")
        below = people.TerritoryFactory(level="unit", parent=node)
        data = {"name": node.name, "code": "", "area": "rural", "parent": below.pk}
        page = signed_in(client, ada).post(url("accounts_territory", "change", node.pk), data, follow=True)
        assert "can only lie inside a larger one" in page.text
        node.refresh_from_db()
        assert (node.parent, node.area) == (None, "urban")

    def test_its_level_stays(self, client, signed_in, ada):
        node = people.TerritoryFactory(level="county")
        data = {"level": "unit", "name": node.name, "code": "", "area": node.area}
        signed_in(client, ada).post(url("accounts_territory", "change", node.pk), data)
        node.refresh_from_db()
        assert node.level == "county"

    def test_an_old_version_is_looked_at_and_not_brought_back(self, client, signed_in, ada):
        node = people.PremisesFactory(territory__name="旧楼").territory
        old = node.history.last()
        operations.rename_node(node=node, name="新楼", by=ada.user, at=timezone.now())
        version = reverse("admin:accounts_territory_simple_history", args=[node.pk, old.pk])
        assert "旧楼" in signed_in(client, ada).get(version).text
        assert client.post(version, {"name": "旧楼"}).status_code == 403
        node.refresh_from_db()
        assert node.name == "新楼"

    def test_nor_is_a_role_changed_by_way_of_its_past(self, client, signed_in, ada, fang):
        grant = fang.grants.get()
        version = reverse("admin:accounts_rolegrant_simple_history", args=[grant.pk, grant.history.get().pk])
        data = {"staff": fang.pk, "role": "finance", "since_0": "2024-03-01", "since_1": "09:00"}
        signed_in(client, ada).post(version, data)
        grant.refresh_from_db()
        assert grant.role == "clerk"


class TestServiceArea:
    def test_an_overlap_is_told_on_the_form(self, client, signed_in, ada, hall):
        county = people.TerritoryFactory(level="county")
        people.ServiceAreaFactory(hall=hall).territories.add(county)
        town = people.TerritoryFactory(level="town", parent=county)
        data = {"name": "east", "hall": hall.pk, "territories": str(town.pk)}
        page = signed_in(client, ada).post(url("accounts_servicearea", "add"), data)
        assert "would both cover" in page.text
        assert models.ServiceArea.objects.count() == 1
