"""The cast that all tests know, and the moment in which they live.

Olive Lin (李娜) is a customer with a volume meter and a card; her neighbour has an account next door. Fang (王芳) is a
clerk at counter 1, Qiang (刘强) heads her hall, Mei (陈梅) is in finance, Ada administers.
"""

import gc
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as properties

from accounts import clock
from accounts.roles import Role
from notices.queries import letter_texts, subscriptions
from sla.models import CalendarDay, CalendarVersion, CalendarYear, Promise, PromiseVersion
from sla.queries import policies, watchdog
from tests.browser import axe, browser_type_launch_args, complaints, new_context, page_in  # noqa: F401
from tests.clocks import demonstration  # noqa: F401
from tests.factories import accounts as people
from tests.factories import billing as money
from tests.services import free_port, postgres_url, redis_url  # noqa: F401
from tests.signing_in import signed_in  # noqa: F401
from tests.world import world  # noqa: F401

#: Friday 20 November 2026, 10:00 in Shanghai.
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)

# A property is judged by what it finds, not by how busy the machine is. Every run looks at the same examples; --long looks for new ones.
properties.register_profile("house", deadline=None, derandomize=True)
properties.register_profile("long", deadline=None)
properties.load_profile(os.environ.get("PROPERTIES", "long"))

_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_collection():
    """Collecting makes no garbage to speak of, and looking for it again and again is a fifth of the work."""
    gc.disable()


def pytest_collection_finish():
    """What was collected and imported stays to the end: nobody need look through it for garbage after each few tests, nor often."""
    gc.freeze()
    gc.set_threshold(5_000, 10, 20)
    gc.enable()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Marks what needs a browser or the database by what it asks for, and what asks the same again, so that ``-m`` can choose."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "browser" in fixtures:
            item.add_marker("journey")
        if item.get_closest_marker("django_db") or fixtures & _DATABASE_FIXTURES:
            item.add_marker("database")
        if _is_further_row(item):
            item.add_marker("repeated")
        if item.path.stem.endswith("_pages"):
            item.add_marker("pages")
    result = yield
    # First what waits most, beside which others work; whatever the order in which the rest was shuffled.
    items.sort(key=lambda item: item.get_closest_marker("fault") is None)
    return result


def pytest_terminal_summary(terminalreporter):
    """Tells ./test which tests failed, so that it can ask them again."""
    failed = [report.nodeid for outcome in ("failed", "error") for report in terminalreporter.stats.get(outcome, ())]
    if failed and "FAILED_TESTS" in os.environ:
        Path(os.environ["FAILED_TESTS"]).write_text("\n".join(dict.fromkeys(failed)))


def _is_further_row(item):
    """Beyond the second row of a table of parameters: another answer, but hardly another question to the database."""
    rows = getattr(item, "callspec", None)
    return rows is not None and max(rows.indices.values(), default=0) > 1 and not item.get_closest_marker("every_row")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_keepdb):
    """Lays a copy of the file that ./test migrated where Django looks for the test database, and finds all migrations applied."""
    if django_db_keepdb:
        shutil.copy(os.environ["TEST_MIGRATED_FILE"], settings.DATABASES["default"]["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_keepdb():
    """SQLite's own has no templates, as PostgreSQL has; its file goes with the folder of tests.settings."""
    return connection.vendor == "sqlite" and "TEST_MIGRATED_FILE" in os.environ


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Looks at the database's clock for the whole run: a look in the middle of a test would be counted among its statements."""
    clock.RENEW_AFTER = float("inf")
    TransactionTestCase._fixture_teardown = _empty_tables
    with django_db_blocker.unblock():
        clock.business_now()


def _empty_tables(test_case):
    """As Django's own flush, but types and permissions stay as migrations made them: flush deletes these and writes them anew."""
    tables = {*connection.introspection.django_table_names()} - {"django_content_type", "auth_permission"}
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), sorted(tables)))


@pytest.fixture(autouse=True)
def english():
    """A page in Russian must not leave the next test speaking Russian."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def empty_book():
    """A test's database begins without promises, and the book kept in memory must know it without asking."""
    forget_other_worlds()


def forget_other_worlds():
    """For fixtures of a wider scope too: they are made before those of the test, when memory still holds the last test's book."""
    policies.assume_empty()
    watchdog.assume_well()


_INSERTS = []


@pytest.fixture
def book(db):
    """The whole book of promises, its calendars and their holidays, as ``./run`` loads them: loaded once, then the same INSERTs."""
    if not _INSERTS:
        pages = _loaded_book()
        with connection.execute_wrapper(_keep_inserts):
            _copy(pages)
    else:
        with connection.cursor() as cursor:
            for sql, values in _INSERTS:
                cursor.execute(sql, values)
    policies.forget()


def _loaded_book():
    """Its rows; in the database there are none."""
    with transaction.atomic():
        call_command("load_promises", verbosity=0)
        rows = [list(model.objects.all()) for model in (Promise, PromiseVersion, CalendarVersion, CalendarYear, CalendarDay)]
        transaction.set_rollback(True)
    return rows


def _copy(pages):
    for rows in pages:
        for row in rows:
            row._state.adding, row.pk = True, row.pk if isinstance(row, Promise) else None
        type(rows[0]).objects.bulk_create(rows)


def _keep_inserts(execute, sql, values, many, context):
    if sql.startswith("INSERT"):
        _INSERTS.append((sql, values))
    return execute(sql, values, many, context)


@pytest.fixture(autouse=True)
def nobody_listens():
    """Without webhooks no event looks for any, and no letter for other words, or counted statements would depend on who ran before.

    Subscribing, or writing words, ends this.
    """
    subscriptions.keep((), until=float("inf"))
    letter_texts.keep({}, until=float("inf"))


@pytest.fixture(autouse=True)
def forget_counts(request):
    """A test with real transactions leaves its throttles' counts behind: the cache's table has no model to flush it by."""
    marker = request.node.get_closest_marker("django_db")
    if not ({"transactional_db", "live_server"} & set(request.fixturenames) or (marker and marker.kwargs.get("transaction"))):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    cache.clear()


@pytest.fixture
def time_machine(request, time_machine, monkeypatch):
    """Moves the business clock too, which on PostgreSQL is the database's own; not where that clock itself is tested."""
    if not request.node.get_closest_marker("own_clock"):
        monkeypatch.setattr(clock, "connection", SimpleNamespace(vendor="sqlite"))
    return time_machine


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def hall(db):
    return people.HallFactory(code="LL01", name="兰陵县开元名都北区客户服务中心")


@pytest.fixture
def fang(hall):
    """A clerk."""
    return people.StaffFactory(user__username="fang", name="王芳", number="017", hall=hall)


@pytest.fixture
def qiang(hall):
    """The head of her hall."""
    return people.StaffFactory(user__username="qiang", name="刘强", number="001", hall=hall, roles=[Role.HALL_HEAD])


@pytest.fixture
def mei(db):
    """Finance."""
    return people.StaffFactory(user__username="mei", name="陈梅", number="101", hall=None, roles=[Role.FINANCE])


@pytest.fixture
def ada(db):
    """The administrator."""
    return people.StaffFactory(user__username="ada", name="Ada", number="900", hall=None, roles=[Role.ADMINISTRATOR])


@pytest.fixture
def tariff(db):
    return money.TariffVersionFactory()


@pytest.fixture
def shift(fang, hall):
    """Fang's open shift at counter 1 with a float of 500.00."""
    return money.ShiftFactory(clerk=fang, counter__hall=hall, counter__number=1)


@pytest.fixture
def account(db, tariff):
    """Olive's account: resident, volume meter, card in use."""
    return people.GasCardFactory(account__customer__name="李娜").account


@pytest.fixture
def neighbour(db, tariff):
    return people.GasCardFactory(account__customer__name="Иванова Анна Петровна").account


@pytest.fixture
def olive(account):
    """Olive's cabinet user, bound to her account."""
    from accounts.models import Binding

    user = people.UserFactory(username="olive", phone="+8613800138000", is_phone_verified=True)
    Binding.objects.create(user=user, account=account, bound_at=NOW)
    return user
