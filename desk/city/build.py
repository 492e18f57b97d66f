"""The whole building: reference rows, compound after compound, indexes, the drawer of demo cards."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from multiprocessing import get_context

from django.core.management.color import no_style
from django.db import connection, connections, transaction
from sequences.models import Sequence as NumberSequence

from accounts.models import Account, Customer, Hall, Premises, Territory

from . import logbook, writers
from .announced import announce
from .applications import bring_applications
from .appointments import plan_times
from .asked import bring_samples
from .bills import bring_bills
from .call_backs import bring_call_backs
from .card_forecasts import replay_card_forecasts
from .connected import bring_connected_meters
from .crews import form_crews
from .drawer import fill_drawer
from .faults import bring_faults
from .grievances import bring_grievances
from .hall_bookings import bring_hall_appointments
from .hotline_calls import bring_calls
from .kiosks import put_up_kiosks
from .known import bring_knowledge
from .layout import Compound, compounds
from .matters import bring_matters
from .named import bring_named
from .neighbours import Ground, add_neighbours
from .numbering import Numbering
from .online_payments import bring_online_payments
from .past_months import bring_past_months
from .people_at_work import ROSTER, hire_everybody
from .prices import PriceList
from .publications import publish_answers
from .purchases import Office, add_purchases
from .reception import bring_letters
from .recipe import Recipe
from .reconciliation import bring_reconciliation
from .reference import build_reference
from .roster import fill_roster
from .sign_ins import SignIns
from .site import tell_what_is_new
from .tables import ALL, Rows
from .unusual import find_rises
from .wishes import ask_otherwise, stop_some

#: Called with a stage and the number of accounts (or steps) done in it since the last call.
type Progress = Callable[[str, int, int], None]


class AlreadyBuilt(Exception):
    """There is a city, or other people's data; nothing was touched."""


class NothingUnfinished(Exception):
    """There is no build to go on with."""


@dataclass(frozen=True)
class Plan:
    """All that a worker needs to write any compound."""

    recipe: Recipe
    grounds: Sequence[Ground]
    compounds: Sequence[Compound]
    office: Office


def build_city(recipe: Recipe | None, *, at: datetime, progress: Progress) -> Recipe:
    """Build a city, or go on with an unfinished one (then with its own recipe). Returns the recipe.

    Raises AlreadyBuilt; NothingUnfinished when asked to go on (no recipe) and there is nothing to go on with.
    """
    if not logbook.is_open():
        if recipe is None:
            raise NothingUnfinished
        _begin(recipe, at)
    recipe = logbook.recipe()
    processes = 2 if recipe.accounts >= writers.MANY_ACCOUNTS and connection.vendor == "postgresql" else 1
    plan = _plan(recipe, processes)
    _write_compounds(plan, processes, progress)
    _finish(plan, at, progress)
    return recipe


def _begin(recipe: Recipe, at: datetime) -> None:
    if Account.objects.exists() or Customer.objects.exists() or Premises.objects.exists() or Hall.objects.exists():
        raise AlreadyBuilt
    sign_ins = SignIns.invent(row[0] for row in ROSTER)
    sign_ins.keep()
    with transaction.atomic():
        build_reference(recipe, at)
        hire_everybody(sign_ins, at)
        last = Territory.objects.order_by("-pk").values_list("pk", flat=True)[0]
        logbook.open_logbook(recipe, last + 1)
    if recipe.accounts >= writers.MANY_ACCOUNTS:
        writers.take_indexes_down()


def _plan(recipe: Recipe, processes: int) -> Plan:
    homes = compounds(recipe)
    towns = {node.code: node for node in Territory.objects.filter(level=Territory.Level.TOWN)}
    sizes = [1 + len(home.doors(recipe)[0]) for home in homes]
    firsts = accumulate(sizes, initial=logbook.first_territory())
    grounds = [Ground(first, towns[home.town.code].pk, towns[home.town.code].path) for first, home in zip(firsts, homes, strict=False)]
    halls = {hall.code: hall for hall in Hall.objects.all()}
    return Plan(recipe, grounds, homes, Office(PriceList(), halls, Numbering(recipe, homes, processes)))


def _write_compounds(plan: Plan, processes: int, progress: Progress) -> None:
    done = logbook.chunks_done()
    progress("accounts", sum(home.size for home in plan.compounds if home.number in done), plan.recipe.accounts)
    todo = [home.number for home in plan.compounds if home.number not in done]
    global _plan_of_worker  # noqa: PLW0603 - inherited by forked workers; too large to send to each
    _plan_of_worker = plan
    with writers.foreign_keys_later():
        for size in _each(todo, processes):
            progress("accounts", size, plan.recipe.accounts)


def _each(todo: Sequence[int], processes: int) -> Iterator[int]:
    if processes == 1:
        yield from map(_write_compound, todo)
        return
    connections.close_all()
    with get_context("fork").Pool(processes) as pool:
        yield from pool.imap_unordered(_write_compound, todo)


_plan_of_worker: Plan


def _write_compound(number: int) -> int:
    plan = _plan_of_worker
    home, rows = plan.compounds[number], Rows()
    neighbours = add_neighbours(rows, plan.recipe, home, plan.grounds[number])
    add_purchases(rows, neighbours, plan.office, plan.recipe.stream("money", number))
    writers.write_chunk(number, rows)
    return home.size


def _finish(plan: Plan, at: datetime, progress: Progress) -> None:
    down = writers.indexes_down() if connection.vendor == "postgresql" else []
    for name, statement in down:
        writers.bring_back(name, statement)
        progress("indexes", 1, len(down))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with transaction.atomic():
        _set_sequences(plan)
        fill_drawer(at)
        bring_matters(at)
        fill_roster(at)
        form_crews(at)
        put_up_kiosks(at)
        plan_times(at)
        bring_faults(at)
        bring_call_backs(at)
        bring_bills(at)
        bring_connected_meters(at)
        replay_card_forecasts(at)
        bring_online_payments(at)
        bring_reconciliation(at)
        bring_applications(at)
        bring_letters(at)
        bring_grievances(at)
        publish_answers(at)
        bring_calls(at)
        bring_named(at)
        bring_hall_appointments(at)
        bring_samples(at)
        announce(at)
        stop_some(at)
        ask_otherwise(at)
        bring_knowledge(at)
        tell_what_is_new(at)
        find_rises(at)
        bring_past_months(plan.recipe.stream("past months"), at)
        logbook.close_logbook()


def _set_sequences(plan: Plan) -> None:
    """What is numbered after us goes on where we stopped."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in ALL]):
            cursor.execute(statement)
    last = {f"receipt:{hall}:{year}": number for (hall, year), number in plan.office.numbering.last.items()}
    last["accounts.account"] = 100_000_000 + plan.recipe.accounts
    NumberSequence.objects.bulk_create(NumberSequence(name=name, last=number) for name, number in last.items())
