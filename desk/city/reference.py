"""The few rows by which a gas company is known: its county, halls, service areas, tariffs and limits."""

from collections.abc import Mapping
from datetime import date, datetime

import accounts.operations
from accounts.actors import System
from accounts.models import Account, Hall, Territory
from accounts.operations import NewPlace
from accounts.operations.hall_hours import Window
from accounts.operations.halls import NewHall
from billing.models import PurchaseLimit, Tariff, TariffVersion, Tier

from .coordinates import town_at
from .opening import WEEK
from .places import GOVERNMENT, NORTH, SOUTH, chain, towns
from .recipe import Recipe

CITY = System("city")
P = Account.PriceClass

_HALLS = (
    (NORTH, Hall.Kind.COMPANY, "鸿奥燃气客户服务中心（开元名都）", "兰陵县开元名都北区沿街楼", "0539-5126119", 3),
    (SOUTH, Hall.Kind.COMPANY, "鸿奥燃气客户服务中心（瑞福苑）", "兰陵县兰陵镇瑞福苑小区沿街楼", "0539-5126119", 2),
    (GOVERNMENT, Hall.Kind.GOVERNMENT, "兰陵县政务服务中心“一窗受理”窗口（示例）", "兰陵县政务服务大厅", "0539-3617087", 1),
)
#: Tiers as (bound in litres a year, more per extra person, price in 1/10 000 yuan per m3). All are examples:
#: resident after Changshu, the heating bounds after Guiyang; no tariff of Linyi is known.
_TIERS: Mapping[P, tuple[tuple[int | None, int, int], ...]] = {
    P.RESIDENT: ((400_000, 100_000, 27_500), (1_000_000, 250_000, 33_000), (None, 0, 41_250)),
    P.RESIDENT_HEATING: ((2_200_000, 100_000, 27_500), (3_200_000, 250_000, 33_000), (None, 0, 41_250)),
    P.WELFARE: ((None, 0, 29_000),),
    P.COMMERCIAL: ((None, 0, 36_800),),
    P.INDUSTRIAL: ((None, 0, 34_500),),
}
_NAMES = {
    P.RESIDENT: "居民生活用气（示例）",
    P.RESIDENT_HEATING: "居民独立采暖用气（示例）",
    P.WELFARE: "公益性用气（示例）",
    P.COMMERCIAL: "商业用气（示例）",
    P.INDUSTRIAL: "工业用气（示例）",
}
#: Per order and per calendar month, litres.
_LIMITS = {
    P.RESIDENT: (300_000, 600_000),
    P.RESIDENT_HEATING: (500_000, 1_000_000),
    P.WELFARE: (2_000_000, 4_000_000),
    P.COMMERCIAL: (5_000_000, 10_000_000),
    P.INDUSTRIAL: (20_000_000, 40_000_000),
}


def build_reference(recipe: Recipe, at: datetime) -> None:
    """County, halls with hours and counters, service areas, tariffs and limits, through the operations that staff use."""
    nodes = _grow_county(at)
    halls = {row[0]: _open_hall(row, nodes, at) for row in _HALLS}
    for code in (NORTH, SOUTH):
        area = [nodes[town.code] for town in towns() if town.hall == code]
        accounts.operations.draw_service_area(name=f"{halls[code].name}服务区", hall=halls[code], nodes=area, by=CITY, at=at)
    for price_class in P:
        _set_tariff(price_class, recipe, at)


def _grow_county(at: datetime) -> dict[str, Territory]:
    """The chain from the province down and all towns, by their codes."""
    nodes: dict[str, Territory] = {}
    parent = None
    for place in chain():
        new = NewPlace(level=place["level"], name=place["name"], code=place["code"])
        parent = accounts.operations.add_node(parent=parent, place=new, by=CITY, at=at)
        nodes[place["code"]] = parent
    for town in towns():
        new = NewPlace(level=Territory.Level.TOWN, name=town.name, code=town.code, area=town.area, at=town_at(town.name))
        nodes[town.code] = accounts.operations.add_node(parent=parent, place=new, by=CITY, at=at)
    return nodes


def _open_hall(row: tuple[str, Hall.Kind, str, str, str, int], nodes: Mapping[str, Territory], at: datetime) -> Hall:
    code, kind, name, address, phone, counters = row
    town = next(t for t in towns() if t.name == ("兰陵镇" if code == SOUTH else "卞庄街道"))
    wanted = NewHall(code=code, kind=kind, name=name, address=address, phone=phone, territory=nodes[town.code])
    hall = accounts.operations.open_hall(hall=wanted, by=CITY, at=at)
    windows = [Window(weekday, *hours) for weekday, day in WEEK[code].items() for hours in day]
    accounts.operations.set_hours(hall=hall, windows=windows, by=CITY, at=at)
    for _ in range(counters):
        accounts.operations.add_counter(hall=hall, by=CITY, at=at)
    return hall


def price_days(recipe: Recipe) -> tuple[date, date, date]:
    """When the three versions of each tariff come into force: long before the window, in it, and after today."""
    month = recipe.start.replace(day=1)
    changed, planned = _months_from(month, -5), _months_from(month, 2)
    return date(recipe.first_day.year - 1, 1, 1), changed, planned


def _months_from(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1)


def _set_tariff(price_class: P, recipe: Recipe, at: datetime) -> None:
    tariff = Tariff.objects.create(price_class=price_class, name=_NAMES[price_class])
    for number, (effective_from, percent) in enumerate(zip(price_days(recipe), (100, 103, 106), strict=True), start=1):
        version = TariffVersion.objects.create(
            tariff=tariff,
            number=number,
            effective_from=effective_from,
            decision=f"示例价格 {effective_from.year} 第{number}号",
            note="示例：未找到临沂市公布的价格",
            created_at=at,
            created_by=CITY.actor_label,
        )
        Tier.objects.bulk_create(
            Tier(version=version, number=n, upper_litres=upper, extra_person_litres=extra, unit_price=price * percent // 10_000 * 100)
            for n, (upper, extra, price) in enumerate(_TIERS[price_class], start=1)
        )
    order, month = _LIMITS[price_class]
    PurchaseLimit.objects.create(price_class=price_class, order_litres=order, month_litres=month)
