import pytest

from accounts.models import Account
from tests.factories import accounts as people

from .test_problems import check_problem


class TestSearch:
    def test_finds_by_card_number_and_masks_the_name(self, fangs, account):
        response = fangs.post("/api/v1/accounts/search/", {"q": account.cards.get().number})
        (found,) = response.json()["results"]
        assert found["number"] == account.number
        assert found["name"] == "李*"
        assert "李娜" not in response.content.decode()

    def test_of_nothing_finds_nothing(self, fangs, account):
        assert fangs.post("/api/v1/accounts/search/", {"q": "nobody"}).json() == {"results": []}

    @pytest.mark.parametrize(("who", "status"), [("visitor", 401), ("stranger", 403), ("olives", 403), ("fangs", 200), ("meis", 200)])
    def test_is_for_staff(self, request, account, who, status):
        client = request.getfixturevalue(who)
        assert client.post("/api/v1/accounts/search/", {"q": account.number}).status_code == status

    def test_makes_the_same_queries_for_one_and_for_ten(self, fangs, account, django_assert_max_num_queries):
        for _ in range(10):
            people.GasCardFactory(account__customer__name="李娜")
        with django_assert_max_num_queries(9):
            assert len(fangs.post("/api/v1/accounts/search/", {"q": "李娜"}).json()["results"]) == 11


class TestMine:
    def test_are_the_bound_ones(self, olives, account, neighbour):
        assert [found["number"] for found in olives.get("/api/v1/me/accounts/").json()["results"]] == [account.number]

    @pytest.mark.parametrize("page", ["/api/v1/me/accounts/", "/api/v1/accounts/{}/"])
    def test_show_who_only_pays_nothing_of_the_household(self, olive, olives, account, page):
        people.PhoneFactory(customer=account.customer, number="+8613912345678")
        Account.objects.filter(pk=account.pk).update(status="frozen", frozen_reason="owes for March")
        secrets = (account.premises.address, "5678", "owes for March")
        whole = olives.get(page.format(account.number)).text
        people.BindingFactory(account=account, role="holder")
        olive.bindings.update(role="payer")
        masked = olives.get(page.format(account.number)).text
        assert [secret for secret in secrets if secret in masked] == []
        assert account.premises.address in whole

    def test_are_none_for_a_stranger(self, stranger, account):
        assert stranger.get("/api/v1/me/accounts/").json() == {"results": []}

    def test_need_a_sign_in(self, visitor):
        check_problem(visitor.get("/api/v1/me/accounts/"), 401, "not_authenticated")


class TestHalls:
    def test_are_public_with_their_hours(self, visitor, hall):
        people.HallHoursFactory(hall=hall)
        (found,) = visitor.get("/api/v1/halls/").json()["results"]
        assert found["code"] == "LL01"
        assert found["hours"] == [{"weekday": 0, "opens": "08:30:00", "closes": "17:30:00"}]
