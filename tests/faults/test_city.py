"""A city build that is killed while two processes COPY with all indexes down."""

import pytest

from .conftest import kill

pytestmark = [pytest.mark.fault, pytest.mark.postgres]

#: The way of large cities, for a small one.
BUILD = """
import django; django.setup()
from django.core.management import call_command
from desk.city import writers
writers.MANY_ACCOUNTS = 1
call_command("build_city", accounts=1500, seed=3, **{options})
"""
CHUNKS = "SELECT count(*) FROM city_logbook WHERE kind = 'chunk'"
#: Without their conditions: PostgreSQL writes those a little differently when it reads its own words.
INDEXES = "SELECT split_part(indexdef, ' WHERE ', 1) FROM pg_indexes WHERE schemaname = 'public'"
CONSTRAINTS = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace"


def chunks(world):
    opened = world.number("SELECT count(*) FROM pg_tables WHERE tablename = 'city_logbook'")
    return world.number(CHUNKS) if opened else 0


def test_a_killed_build_goes_on_and_leaves_every_index_and_a_right_ledger(postgres_world):
    world = postgres_world
    world.environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    before = {*world.rows(INDEXES), *world.rows(CONSTRAINTS)}
    building = world.start("-c", BUILD.format(options={}))
    world.wait_until(lambda: chunks(world) >= 5)
    kill(building)
    assert world.number("SELECT count(*) FROM accounts_account") < 1500
    world.run("-c", BUILD.format(options={"resume": True}))
    assert before ^ {*world.rows(INDEXES), *world.rows(CONSTRAINTS)} == set()
    assert world.number("SELECT count(*) FROM accounts_account") == 1501
    world.run("manage.py", "check_ledger")
