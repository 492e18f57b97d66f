"""Two people press at once: one account, and no gas past a defect that was noted first."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import Account
from connections.models import Application, GasOn
from connections.operations import inspections
from connections.operations.gas_on import let_gas_in
from connections.operations.inspections import CriticalOpen
from tests.connections.test_gas_on import building, built, critical, li, supply  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    def run(act):
        try:
            return act()
        except CriticalOpen:
            return "kept off"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [one.result() for one in [threads.submit(run, act) for act in acts]]


@pytest.fixture
def ready(transactional_db, built, li, now):  # noqa: F811
    return inspections.accept(application=built, by=li.user, at=now)


def anew(application):
    return Application.objects.select_related("case__timeline").get(pk=application.pk)


def test_two_presses_open_one_account(ready, supply, li, now):  # noqa: F811
    made = at_once(*[lambda: let_gas_in(application=anew(ready), supply=supply, by=li.user, at=now)] * 2)
    assert made[0] == made[1]
    assert Account.objects.filter(premises__door="909").count() == 1


def test_a_defect_and_the_gas_at_once_never_both(ready, supply, li, now):  # noqa: F811
    def find():
        try:
            return inspections.fail(application=anew(ready), found=[critical(now)], by=li.user, at=now)
        except inspections.NotInspected:
            return "too late"

    found, made = at_once(find, lambda: let_gas_in(application=anew(ready), supply=supply, by=li.user, at=now))
    assert (found == "too late") == isinstance(made, GasOn)
