"""Building the demo city: the same from the same recipe, whole after an interruption, never twice."""

import hashlib
from collections import Counter
from datetime import date
from functools import cache

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import F
from django.test import override_settings

from accounts.models import Account, Territory
from billing.models import Break, Checkout, ProviderPayment, Refund, SimulatedChip
from billing.queries.checkouts import standing
from billing.queries.ledger_proof import prove
from callbacks.models import FollowUp
from casework.models import Case
from casework.operations import drain
from connections.models import Application
from connections.operations.plan_loading import load_plans
from desk.city import applications, build, tables
from desk.city.build import build_city
from desk.city.recipe import Recipe
from fieldwork.models import Visit
from repairs.models import Outage
from repairs.outage_rules import NOTICE
from sla.models import Alarm, Clock
from sla.queries import policies
from tests.conftest import NOW, forget_other_worlds

RECIPE = Recipe(accounts=120, seed=7, start=date(2026, 11, 20))
#: Of a size that has everything in it.
LARGER = Recipe(accounts=240, seed=7, start=RECIPE.start)


def quiet(stage, done, total):
    pass


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


def digest():
    """Everything in the tables the seed decides; sealing is different each time by design."""
    whole = hashlib.sha256()
    for table in tables.ALL:
        columns = [column for column in table.columns if column != "id_number_sealed"]
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {", ".join(columns)} FROM "{table.name}" ORDER BY id')
            whole.update(repr(cursor.fetchall()).encode())
    return whole.hexdigest()


def count_from_one():
    """PostgreSQL does not roll counters back: without this the second city of a test has other ids than the first."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


@pytest.fixture(scope="class")
def promised(django_db_setup, django_db_blocker, tmp_path_factory):
    """A city with the book of promises, built once for all who look at its desk, and taken back before another is built."""
    var = tmp_path_factory.mktemp("var")
    forget_other_worlds()
    with django_db_blocker.unblock(), override_settings(VAR=var), transaction.atomic():
        call_command("load_promises", verbosity=0)
        policies.forget()
        build_city(LARGER, at=NOW, progress=quiet)
        with django_db_blocker.block():
            yield var
        transaction.set_rollback(True)


@pytest.fixture
def city(promised, settings, db):
    settings.VAR = promised
    policies.forget()


@cache
def digest_once(recipe):
    """Where it does not matter that it is made anew."""
    return digest_of(recipe)


def digest_of(recipe):
    count_from_one()
    with transaction.atomic():
        build_city(recipe, at=NOW, progress=quiet)
        made = digest()
        transaction.set_rollback(True)
    return made


@pytest.fixture
def nothing_online(monkeypatch):
    """Whatever is paid online has a reference of its own each time."""
    monkeypatch.setattr(build, "bring_online_payments", lambda at: None)


@pytest.mark.usefixtures("nothing_online")
class TestTheSameRecipe:
    def test_gives_the_same_city(self, db):
        assert digest_of(RECIPE) == digest_once(RECIPE)

    def test_gives_another_city_from_another_seed(self, db):
        assert digest_once(RECIPE) != digest_of(Recipe(RECIPE.accounts, 8, RECIPE.start))


class TestAnInterruptedBuild:
    def test_goes_on_where_it_stopped_without_doubles(self, db, nothing_online):
        whole = digest_once(RECIPE)

        def stop_midway(stage, done, total, seen=[]):  # noqa: B006
            seen.append(done)
            if len(seen) == 4:
                raise KeyboardInterrupt

        count_from_one()
        with pytest.raises(KeyboardInterrupt):
            build_city(RECIPE, at=NOW, progress=stop_midway)
        assert 0 < Account.objects.count() < RECIPE.accounts
        build_city(None, at=NOW, progress=quiet)
        assert digest() == whole

    def test_keeps_its_own_recipe_whatever_is_asked_the_second_time(self, db, monkeypatch):
        monkeypatch.setattr(build, "_write_compounds", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            build_city(RECIPE, at=NOW, progress=quiet)
        monkeypatch.undo()
        assert build_city(Recipe(9, 9, date(2026, 1, 1)), at=NOW, progress=quiet) == RECIPE

    def test_there_must_be_one_to_resume(self, db):
        with pytest.raises(build.NothingUnfinished):
            build_city(None, at=NOW, progress=quiet)


class TestACityThatStands:
    def test_is_left_alone(self, db, capsys):
        build_city(RECIPE, at=NOW, progress=quiet)
        call_command("build_city", accounts=10)
        assert "stays as it is" in capsys.readouterr().out
        assert Account.objects.count() == RECIPE.accounts + 1

    def test_other_peoples_data_are_left_alone_too(self, account):
        with pytest.raises(build.AlreadyBuilt):
            build_city(RECIPE, at=NOW, progress=quiet)

    def test_a_small_one_needs_no_situation_to_exist(self, db):
        build_city(Recipe(1, 1, RECIPE.start), at=NOW, progress=quiet)
        assert SimulatedChip.objects.filter(label__contains="empty").count() == 2


def late_since_the_demo_began():
    """What was late, without the months before it, in which some were as in life."""
    ended = Clock.objects.exclude(timeline__kind="carried_over").exclude(stopped_at=None).filter(stopped_at__gt=F("due_at"))
    return sorted(ended.values_list("promise", "timeline__kind", "due_at", "stopped_at"))


class TestWhatIsOnTheDesk:
    def test_requests_wait_and_were_answered(self, city):
        statuses = Counter(Case.objects.filter(kind="general_request").values_list("status", flat=True))
        assert statuses == {"open": 7, "answered": 10, "waiting": 1}

    def test_nothing_is_late_when_the_demo_begins(self, city):
        assert Clock.objects.filter(status="running").exists()
        assert not Alarm.objects.filter(fires_at__lte=NOW, fired_at=None, voided_at=None).exists()
        assert late_since_the_demo_began() == []

    def test_one_fault_is_driven_to_and_others_are_mended_and_called_back_about(self, city):
        assert Counter(Visit.objects.values_list("status", flat=True)) == {"on_the_way": 1, "done": 7}
        while drain(NOW):
            pass
        statuses = Counter(Case.objects.filter(kind="repair").values_list("status", flat=True))
        assert statuses == {"dispatched": 1, "finished": 4, "closed": 3}
        ends = Counter(FollowUp.objects.filter(kind="repair").values_list("status", flat=True))
        assert ends == {"heard": 3, "not_reached": 1, "refused": 1, "waiting": 2}

    def test_works_are_announced_in_time_and_by_day(self, city):
        outage = Outage.objects.exclude(status="ended").get()
        assert outage.is_announced
        assert outage.starts_at - outage.announced_at >= NOTICE
        assert outage.territories.get().level == Territory.Level.COMPOUND

    def test_every_way_an_online_payment_can_go_is_there(self, city):
        paid = {standing(checkout).code for checkout in Checkout.objects.all()}
        assert paid >= {"waiting", "not_on_card", "delivered", "taken_back", "given_back", "expired", "bill_paid"}
        assert Counter(ProviderPayment.objects.filter(held_because="unknown").values_list("use", flat=True)) == {"held": 3}
        kinds = Counter(Break.objects.exclude(status="settled").values_list("kind", "status"))
        open_kinds = [("missing_here", "open"), ("amount", "open"), ("refund_extra", "asked")]
        assert [kinds[one] for one in open_kinds] == [1, 1, 1]
        assert kinds.total() == 4
        assert Checkout.objects.filter(account__bindings__role="holder").count() == 2
        assert Refund.objects.get(status="asked").amount > 5_000
        assert not Alarm.objects.filter(fires_at__lte=NOW, fired_at=None, voided_at=None).exists()
        assert [finding.wrong for finding in prove() if finding.wrong] == []

    def test_applications_are_as_far_as_their_stories_say_and_none_was_late(self, city, monkeypatch):
        load_plans(at=NOW)
        monkeypatch.setattr(applications, "_ACCOUNTS_FOR_ONE", 60)
        applications.bring_applications(NOW)
        found = Application.objects.select_related("case")
        assert Counter(one.case.status for one in found) == {"accepted": 1, "contract": 1, "construction": 1, "corrections": 1}
        assert not any(one.case.owner is None for one in found)
        assert late_since_the_demo_began() == []
        assert [finding.wrong for finding in prove() if finding.wrong] == []
