"""The people of one compound, their doors and accounts, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum.cn import ric

import accounts.numbers
from accounts.models import Account, Customer, PriorityEntry, Segment, Territory
from accounts.pinyin import sounds
from accounts.sealing import digest, seal
from accounts.searching import searchable
from billing.models import Allowance

from . import names
from .coordinates import compound_at, nodes_at
from .equipment import Equipment, add_equipment
from .households import Household, households, midnight
from .layout import Compound, Door, Node
from .recipe import Recipe
from .tables import ACCOUNT, ALLOWANCE, CUSTOMER, PHONE, PREMISES, PRIORITY, TERRITORY, Rows, Scribe, moment

#: The county's code on identity cards, before and since Linyi became a city.
_OLD_CODE, _CODE, _CITY_SINCE = "372824", "371324", 1995


@dataclass(frozen=True)
class Ground:
    """Where the rows of a compound attach: the next free territory id, and its town's node."""

    first_territory: int
    town_id: int
    town_path: str


@dataclass(frozen=True)
class Neighbour:
    """What the purchases and the papers need to know of an account."""

    household: Household
    account_id: int
    number: str
    holder: str
    address: str
    equipment: Equipment

    @property
    def extra_persons(self) -> int:
        return max(0, self.household.persons - 4)


def account_number(index: int) -> str:
    """As accounts.numbers gives them out, from its first number on."""
    return accounts.numbers.with_check_digit(100_000_001 + index)


def phone_number(index: int) -> str:
    """Around the example number of ``phonenumbers`` (13123456789): right in form, nobody's in this data."""
    return f"+8613123{(index * 7919 + 456_789) % 1_000_000:06d}"


def add_neighbours(rows: Rows, recipe: Recipe, compound: Compound, ground: Ground) -> list[Neighbour]:
    """Add all rows of people and places of one compound; hand on what its purchases need."""
    nodes, doors = compound.doors(recipe)
    _add_territory(rows, recipe, compound, ground, nodes)
    scribe = Scribe(rows, recipe, recipe.stream("people", compound.number))
    settled = []
    for household, door in zip(households(recipe, compound), doors, strict=True):
        rows.add(PREMISES, household.index + 1, ground.first_territory + 1 + door.node, door.text, door.address)
        settled.append(_settle(scribe, household, door, compound.town.name))
    return settled


def _add_territory(rows: Rows, recipe: Recipe, compound: Compound, ground: Ground, nodes: list[Node]) -> None:
    home = ground.first_territory
    paths = [f"{ground.town_path}{home}/"]
    rows.add(TERRITORY, home, ground.town_id, Territory.Level.COMPOUND.value, compound.name, paths[0], *compound_at(recipe, compound))
    points = nodes_at(recipe, compound, nodes)
    for place, (node, point) in enumerate(zip(nodes, points, strict=True), start=1):
        paths.append(f"{paths[node.parent + 1]}{home + place}/")
        rows.add(TERRITORY, home + place, home + node.parent + 1, node.level.value, node.name, paths[place], *(point or (None, None)))


def _settle(scribe: Scribe, household: Household, door: Door, town: str) -> Neighbour:
    row_id, rng = household.index + 1, scribe.rng
    person = _holder(household, town, rng)
    phones = [phone_number(2 * household.index + n) for n in range(2 if rng.random() < 0.15 else 1)]
    _add_customer(scribe, household, person, phones)
    equipment = add_equipment(scribe, household)
    number = account_number(household.index)
    is_frozen = rng.random() < 0.004
    scribe.add(
        ACCOUNT,
        row_id,
        number,
        row_id,
        row_id,
        _use_kind(household, rng),
        household.price_class.value,
        (Account.Status.FROZEN if is_frozen else Account.Status.OPEN).value,
        rng.choice(("欠费待查", "产权纠纷", "表具异常待核实")) if is_frozen else "",
        moment(midnight(household.opened) + 36_000),
        # The shape of accounts.operations.search_text.
        searchable([number, *equipment.all_cards, person.name, *phones, door.address, *sounds(person.name)]),
    )
    _add_to_register(scribe, household)
    _add_allowances(scribe, household)
    return Neighbour(household, row_id, number, person.name, door.address, equipment)


def _holder(household: Household, town: str, rng: Random) -> names.Person:
    if household.price_class == Account.PriceClass.WELFARE:
        return names.Person(names.public_body(rng, town), "zh-hans")
    return names.Person(names.firm(rng), "zh-hans") if household.is_entity else names.person(rng)


def _use_kind(household: Household, rng: Random) -> str:
    if not household.is_entity:
        return Account.UseKind.RESIDENTIAL.value
    return (Account.UseKind.SMALL_MICRO if rng.random() < 0.5 else Account.UseKind.COMMERCIAL).value


def _add_customer(scribe: Scribe, household: Household, person: names.Person, phones: Sequence[str]) -> None:
    identity = "" if household.is_entity or person.language != "zh-hans" else _identity_number(scribe.rng)
    scribe.add(
        CUSTOMER,
        household.index + 1,
        (Customer.Kind.ENTITY if household.is_entity else Customer.Kind.PERSON).value,
        person.name,
        _segment(household, scribe.rng),
        int(household.is_vulnerable),
        person.language,
        Customer.Channel.SMS.value,
        seal(identity) if identity else "",
        digest(identity) if identity else "",
        identity[-4:],
        moment(midnight(household.opened) + 32_400),
    )
    for place, number in enumerate(phones):
        scribe.add(PHONE, 2 * household.index + place + 1, household.index + 1, number, int(place == 0))


def _add_to_register(scribe: Scribe, household: Household) -> None:
    """Who is known to live on little stands on the priority register, until the paper runs out at the end of next year."""
    if household.is_vulnerable:
        until = scribe.recipe.start.replace(year=scribe.recipe.start.year + 1, month=12, day=31)
        number = household.index + 1
        scribe.add(
            PRIORITY,
            number,
            number,
            PriorityEntry.Ground.LOW_INCOME.value,
            "低保证",
            household.opened.isoformat(),
            until.isoformat(),
        )


def _segment(household: Household, rng: Random) -> str:
    if household.price_class == Account.PriceClass.INDUSTRIAL:
        return rng.choice((Segment.KEY_ACCOUNT, Segment.PRIVATE_NETWORK)).value
    if household.is_entity:
        return rng.choices((Segment.ORDINARY, Segment.KEY_ACCOUNT, Segment.IMPORTANT), (70, 15, 15))[0].value
    return rng.choices((Segment.ORDINARY, Segment.VIP, Segment.IMPORTANT), (98, 1, 1))[0].value


def _identity_number(rng: Random) -> str:
    """Right by its check digit, with the sequence 000 that is never issued."""
    born = date(1940, 1, 1) + timedelta(days=rng.randrange(23_000))
    body = f"{_OLD_CODE if born.year < _CITY_SINCE else _CODE}{born:%Y%m%d}000"
    return body + str(ric.calc_check_digit(body + "0"))


def _add_allowances(scribe: Scribe, household: Household) -> None:
    """More people than the tariff includes have held their widening all along; free volume was granted today."""
    first, last = (
        scribe.recipe.first_day.replace(month=1, day=1),
        scribe.recipe.start.replace(year=scribe.recipe.start.year + 1, month=12, day=31),
    )
    if household.persons > 4:
        scribe.add(
            ALLOWANCE,
            2 * household.index + 1,
            household.index + 1,
            Allowance.Kind.EXTRA_PERSONS.value,
            household.persons,
            None,
            "户口本",
            first.isoformat(),
            last.isoformat(),
            moment(midnight(scribe.recipe.first_day)),
            "system:city",
        )
    if household.is_vulnerable:
        scribe.add(
            ALLOWANCE,
            2 * household.index + 2,
            household.index + 1,
            Allowance.Kind.FREE_VOLUME.value,
            None,
            4_000,
            "低保证",
            scribe.recipe.start.isoformat(),
            last.isoformat(),
            moment(midnight(scribe.recipe.start)),
            "system:city",
        )
