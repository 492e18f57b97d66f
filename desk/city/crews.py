"""Who drives out in the demo: four crews around the county's towns, their people, badges and roster, where they stand, what they carry."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import fieldwork.operations
from accounts.clock import business_date, business_midnight
from accounts.models import Hall, Staff, Territory
from accounts.signing import signed
from fieldwork.models import Crew, CrewShift, Part, Skill
from fieldwork.operations import Turn
from fieldwork.operations.badges import issue_badge
from fieldwork.operations.evidence import Findings
from fieldwork.operations.positions import note_position

from .coordinates import town_at
from .places import NORTH, SOUTH
from .reference import CITY

S = Skill
DAYS = 8
#: From when until when a crew is out, after midnight; whoever is there day and night changes over in the morning.
_ROUND_THE_CLOCK = timedelta(hours=8), timedelta(hours=32)
_BY_DAY = timedelta(hours=8, minutes=30), timedelta(hours=17, minutes=30)
#: The crews go back as far as their people do (people_at_work), so that works of the last days were theirs.
_FORMED = timedelta(days=300)
_BADGES_LAST = timedelta(days=700)


@dataclass(frozen=True)
class _Team:
    """A crew: what it can, the hall it belongs to, the towns it looks after (none: all), its people, the leader first."""

    code: str
    name: str
    hall: str
    skills: tuple[str, ...]
    towns: tuple[str, ...]
    people: tuple[str, ...]
    hours: tuple[timedelta, timedelta] = _ROUND_THE_CLOCK
    is_on_call: bool = False


#: What is done by appointment.
_BY_DAYLIGHT = (S.INDOOR, S.METER, S.INSPECTION, S.SERVICE, S.STEWARD, S.SURVEY, S.INSTALLATION)
_TEAMS = (
    _Team(
        "Q1", "抢修一班（县城）", NORTH, (S.EMERGENCY, S.INDOOR, S.NETWORK, S.METER), ("卞庄街道", "苍山街道", "大仲村镇"), ("jun", "chao")
    ),
    _Team("Q2", "抢修二班（兰陵）", SOUTH, (S.EMERGENCY, S.INDOOR, S.NETWORK, S.METER), ("兰陵镇", "向城镇", "尚岩镇"), ("long", "bin")),
    _Team("W1", "维修班", NORTH, _BY_DAYLIGHT, (), ("peng", "hao"), hours=_BY_DAY),
    _Team("B1", "抢修备班", NORTH, (S.EMERGENCY, S.NETWORK), (), ("dong", "lin"), is_on_call=True),
)
#: Code, name in three languages, unit, price in fen: all of them examples.
_PARTS = (
    ("HOSE-15", "不锈钢波纹管 1.5米（示例）", "steel gas hose, 1.5 m (example)", "гибкая подводка 1,5 м (пример)", "pc", 6_800),
    ("CLAMP", "胶管卡箍（示例）", "hose clamp (example)", "хомут (пример)", "pc", 200),
    ("VALVE-15", "自闭阀 DN15（示例）", "safety valve DN15 (example)", "отсечной клапан DN15 (пример)", "pc", 9_500),
    ("BALL-20", "球阀 DN20（示例）", "ball valve DN20 (example)", "шаровой кран DN20 (пример)", "pc", 5_600),
    ("SEAL", "密封垫（示例）", "gasket (example)", "прокладка (пример)", "pc", 150),
    ("BATT", "燃气表电池（示例）", "meter batteries (example)", "батарейки счётчика (пример)", "set", 800),
    ("PIPE-20", "镀锌管 DN20（示例）", "galvanised pipe DN20 (example)", "труба оцинкованная DN20 (пример)", "m", 2_400),
    ("ALARM", "可燃气体报警器（示例）", "gas detector (example)", "сигнализатор газа (пример)", "pc", 16_800),
)


def is_out_at_night(username: str) -> bool:
    """Whether somebody drives with a crew that is out day and night."""
    return any(username in team.people for team in _TEAMS if team.hours == _ROUND_THE_CLOCK and not team.is_on_call)


def leaders() -> list[str]:
    """The user names of those who lead the demo's crews."""
    return [team.people[0] for team in _TEAMS]


def form_crews(at: datetime) -> None:
    """The crews with their people, badges, parts, the roster of the coming week, and where they stand now."""
    for code, name, name_en, name_ru, unit, price in _PARTS:
        part = Part(code=code, name=name, name_en=name_en, name_ru=name_ru, unit=unit, price=price)
        signed(part, by=CITY, at=at).save(force_insert=True)
    staff = {one.user.username: one for one in Staff.objects.select_related("user")}
    for team in _TEAMS:
        _form(team, staff, at)
    fill_shifts(at)


def fill_shifts(at: datetime) -> int:
    """Put the demo's crews on their roster for today and a week, where nothing is planned for them yet; how many lines it took."""
    crews = {crew.code: crew for crew in Crew.objects.filter(retired_at=None)}
    today, planned = business_date(at), 0
    for team in (team for team in _TEAMS if team.code in crews):
        for day in (today + timedelta(days=n) for n in range(-1, DAYS)):
            begins, ends = (business_midnight(day) + hour for hour in team.hours)
            planned += _plan(crews[team.code], Turn(begins, ends, team.is_on_call), at)
    return planned


def _plan(crew: Crew, turn: Turn, at: datetime) -> int:
    around = CrewShift.objects.filter(crew=crew, starts_at__lt=turn.ends_at, ends_at__gt=turn.starts_at)
    if turn.ends_at <= at or around.exists():
        return 0
    fieldwork.operations.plan_shift(crew=crew, turn=turn, by=CITY, at=at)
    return 1


def _form(team: _Team, staff: dict[str, Staff], at: datetime) -> None:
    formed, towns = at - _FORMED, Territory.objects.filter(level=Territory.Level.TOWN)
    crew = fieldwork.operations.form_crew(
        code=team.code,
        name=team.name,
        hall=Hall.objects.get(code=team.hall),
        skills=team.skills,
        territories=towns.filter(name__in=team.towns),
        phone="",
        by=CITY,
        at=formed,
    )
    for place, username in enumerate(team.people):
        person = staff[username]
        fieldwork.operations.join_crew(crew=crew, staff=person, is_leader=not place, by=CITY, at=formed)
        issue_badge(staff=person, photo=None, valid_until=business_date(formed + _BADGES_LAST), by=CITY, at=formed)
    if not team.is_on_call:
        latitude, longitude = town_at(team.towns[0]) if team.towns else town_at("卞庄街道")
        found = Findings(latitude=latitude, longitude=longitude, accuracy=30)
        note_position(found=found, by=staff[team.people[0]].user, at=at)
