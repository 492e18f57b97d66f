"""The truth table of all pages holds, and knows every page."""

import re

import pytest
from django.db import connection, transaction
from django.urls import URLPattern, get_resolver

from tests.permissions import ELSEWHERE, LIBRARIES, TABLE
from tests.world import PERSONAS

ROWS = {
    (method, route): row for address, row in TABLE.items() for methods, route in [address.split(" ", 1)] for method in methods.split("+")
}
ROUTES = {route for _method, route in ROWS}


def area_of(route):
    """Pages that are looked at in one test: making a world for each page would take minutes. Those of staff are many: four tests."""
    first, _slash, rest = route.partition("/")
    return f"{first} {ord(rest[0]) % 4}" if first == "staff" and rest else first


AREAS = sorted({area_of(route) for route in ROUTES})


def walk(patterns, prefix=""):
    """Every route as the table writes it, with its view."""
    for pattern in patterns:
        route = prefix + re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", str(pattern.pattern)).replace("^", "").replace("\\.", ".").rstrip("$")
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from walk(pattern.url_patterns, route)


def our_routes():
    found = [(route, getattr(view, "__module__", "")) for route, view in walk(get_resolver().url_patterns)]
    return {r for r, module in found if not r.startswith(tuple(ELSEWHERE)) and not module.startswith(tuple(LIBRARIES))}


def address_of(route, names):
    holes = {
        "questionnaires/<slug:slug>": "questionnaires/repair",
        "people/<str:number>": f"people/{names['staff']}",
        "receipts/<number>": f"receipts/{names['receipt']}",
        "receipts/<str:receipt>": "receipts/LL01-2026-C00001",
        "verify/<code>": f"verify/{names['code']}",
        "allowances/<int:key>": f"allowances/{names['allowance']}",
        "call-backs/<int:pk>": f"call-backs/{names['follow_up']}",
        "how-was-it/<str:token>": f"how-was-it/{names['follow_up_token']}",
        "phones/<int:pk>": f"phones/{names['phone']}",
        "roles/<int:pk>": f"roles/{names['grant']}",
        "roster/<int:pk>": f"roster/{names['duty']}",
        "drawer/<int:pk>": f"drawer/{names['chip']}",
        "promises/<slug:key>": f"promises/{names['promise']}",
        "promise-drafts/<int:pk>": f"promise-drafts/{names['draft']}",
        "calendars/<slug:key>": f"calendars/{names['calendar']}",
        "calendar-days/<int:pk>": f"calendar-days/{names['special_day']}",
        "calendar-years/<slug:country>/<int:year>": "calendar-years/CN/2027",
        "clocks/<int:pk>": f"clocks/{names['clock']}",
        "escalations/<int:pk>": f"escalations/{names['escalation']}",
        "extensions/<int:pk>": f"extensions/{names['extension']}",
        "compensations/<int:pk>": f"compensations/{names['compensation']}",
        "duties/<slug:key>": f"duties/{names['recurring']}",
        "duty-turns/<int:pk>": f"duty-turns/{names['turn']}",
        "faults/<int:pk>": f"faults/{names['fault']}",
        "notifications/<int:pk>": f"notifications/{names['notification']}",
        "webhooks/<int:pk>": f"webhooks/{names['webhook']}",
        "outages/<str:reference>": f"outages/{names['outage']}",
        "repairs/<str:reference>": f"repairs/{names['repair']}",
        "outage-calls/<int:pk>": f"outage-calls/{names['outage_call']}",
        "outage-exceptions/<int:pk>": f"outage-exceptions/{names['outage_wish']}",
        "outage-tickets/<int:pk>": f"outage-tickets/{names['outage_ticket']}",
        "reception/letters/<str:reference>": f"reception/letters/{names['letter']}",
        "reception/services/<str:reference>": f"reception/services/{names['service']}",
        "cabinet/reception/<str:reference>": f"cabinet/reception/{names['letter']}",
        "reception/rules/<int:pk>": "reception/rules/1",
        "complaints/<str:reference>": f"complaints/{names['complaint']}",
        "samples/<int:pk>": "samples/1",
        "members/<int:pk>": "members/1",
        "care/<int:pk>": "care/1",
        "care/people/<str:number>": f"care/people/{names['staff']}",
        "losses/<str:number>": "losses/0000000000",
        "announcements/<int:pk>": "announcements/1",
        "news/<int:pk>": "news/1",
        "clients/forms/<slug:language>/<slug:code>": "clients/forms/en/service",
        "clients/services/<slug:who>/<slug:code>": "clients/services/persons/costs",
        "clients/<slug:code>": "clients/offices",
        "corrections/<int:number>": "corrections/1",
        "news/in/<int:year>": "news/in/2026",
        "site/links/<int:pk>": "site/links/1",
        "site/<slug:code>": "site/offices",
        "plan/hours/<int:pk>": f"plan/hours/{names['hall_hours']}",
        "plan/services/<int:pk>": f"plan/services/{names['hall_service']}",
        "plan/gaps/<int:pk>": f"plan/gaps/{names['hall_gap']}",
        "appointments/<str:reference>": f"appointments/{names['hall_appointment']}",
        "by-link/<str:token>": "by-link/1-x",
        "hotline/calls/<str:reference>": "hotline/calls/NOSUCHCALL",
        "inquiries/<int:pk>": f"inquiries/{names['inquiry']}",
        "works/<int:pk>/done": f"works/{names['promised_work']}/done",
        "accused/<str:number>": f"accused/{names['staff']}",
        "letters/<int:number>": "letters/1",
        "cases/<str:reference>": f"cases/{names['case']}",
        "publications/new/<str:reference>": f"publications/new/{names['case']}",
        "connections/<str:reference>": f"connections/{names['application']}",
        "stages/<int:pk>": f"stages/{names['stage']}",
        "papers/<int:pk>": f"papers/{names['paper']}",
        "<int:version>": 1,
        "defects/<int:pk>": f"defects/{names['defect']}",
        "works/photos/<int:pk>": "works/photos/1",
        "plan-versions/<int:pk>": f"plan-versions/{names['plan']}",
        "<slug:part>/": "fees/",
        "<int:row>/": f"{names['fee']}/",
        "plans/<slug:kind>": "plans/residential",
        "notices/<int:pk>": f"notices/{names['told']}",
        "guide/<slug:kind>": "guide/residential",
        "letters/<slug:kind>": "letters/connection_received",
        "feedback/<int:pk>": f"feedback/{names['feedback']}",
        "questions/<int:pk>": f"questions/{names['question']}",
        "<slug:slug>": names["article"],
        "<slug:section>": "top_up",
        "<slug:language>": "en",
        "stewards/<str:number>": f"stewards/{names['staff']}",
        "<str:purpose>": "survey",
        "requests/<str:reference>": f"requests/{names['case']}",
        "kiosks/<slug:code>": f"kiosks/{names['kiosk']}",
        "keys/<slug:handle>": f"keys/{names['device_key']}",
        "services/<slug:code>": "services/leak",
        "requests/<slug:reference>": f"requests/{names['repair']}",
        "tokens/<slug:token>": f"tokens/{names['repair']}",
        "crew/visits/<int:pk>": "crew/visits/1",
        "dispatch/visits/<int:pk>": "dispatch/visits/1",
        "refused/<int:pk>": "refused/1",
        "crews/<int:pk>": "crews/1",
        "register/<int:pk>": "register/1",
        "crews/badges/<int:pk>": "crews/badges/1",
        "crews/roster/<int:pk>": "crews/roster/1",
        "crews/times/<int:pk>": "crews/times/1",
        "times/closed/<int:pk>": "times/closed/1",
        "bills/<str:number>": f"bills/{names['bill']}",
        "readings/<int:pk>": f"readings/{names['reading']}",
        "payments/<str:reference>": f"payments/{names['checkout']}",
        "refunds/<str:reference>": f"refunds/{names['refund']}",
        "assignments/<str:reference>": f"assignments/{names['assignment']}",
        "credit-payouts/<str:reference>": f"credit-payouts/{names['credit_payout']}",
        "counter-visits/<str:reference>": f"counter-visits/{names['counter_visit']}",
        "reconciliation/<str:reference>": f"reconciliation/{names['break']}",
        "reconciliation/bills/<int:key>": f"reconciliation/bills/{names['statement']}",
        "held/<int:key>": f"held/{names['payment']}",
        "<int:line>": 1,
        "<int:command>": 1,
        "<slug:step>": "accept",
        "<str:pass_>": "made-up",
        "<str:secret>": "made-up",
        "<slug:form>": "csv",
        "words/<int:pk>": "words/1",
        "u/<str:token>": f"u/{names['way_out']}",
        "<str:token>": names["file"],
        "files/<int:file>": "files/1",
        "<str:number>": names["account"],
        "<str:reference>": names["reference"],
        "<int:number>": names["shift"],
        "<path:key>": names["message"],
        "<str:code>": names["hall"],
        "<day:day>": "2026-11-20",
        "<month:month>": "2026-10",
        "rises/<int:pk>": "rises/1",
    }
    for hole, value in holes.items():
        route = route.replace(hole, str(value))
    assert "<" not in route, f"tests/house/test_permissions.py does not know what to write into {route}"
    return f"/{route}"


@pytest.fixture(autouse=True)
def answers_alone(monkeypatch):
    """What is looked at is an answer's status and address: no copy of every template's context is kept."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *given, **named: None)


def letter_of(response):
    where = response.headers.get("Location", "")
    if where.startswith("/auth/login/"):
        return "L"
    if where in {"/staff/", "/cabinet/"}:
        return "A"
    return {401: "F", 403: "F", 404: "N"}.get(response.status_code, "I")


def ask(world, persona, method, route):
    """The answer, and the database as if nobody had asked."""
    with transaction.atomic():
        response = getattr(world.clients[persona], method.lower())(address_of(route, world.names))
        b"".join(response)  # a stream is only made while it is read
        transaction.set_rollback(True)
    return response


def askers(row):
    """Everybody. Who may come in is the same on both databases: on PostgreSQL the first who may does, for the page's own statements."""
    return PERSONAS if connection.vendor == "sqlite" else PERSONAS[row.index("I") :][:1] if "I" in row else ()


@pytest.mark.every_row
@pytest.mark.parametrize("area", AREAS)
def test_everybody_gets_as_far_as_the_table_says(world, area):
    expected, found = {}, {}
    for (method, route), row in ROWS.items():
        if area_of(route) != area:
            continue
        answers = {persona: ask(world, persona, method, route) for persona in askers(row)}
        assert 405 not in {answer.status_code for answer in answers.values()}, (method, route)
        found[method, route] = {persona: letter_of(answer) for persona, answer in answers.items()}
        expected[method, route] = {persona: row[PERSONAS.index(persona)] for persona in answers}
    assert found == expected


@pytest.mark.skipif(connection.vendor != "sqlite", reason="no statement of the page's own runs")
@pytest.mark.parametrize("area", AREAS)
def test_other_methods_are_refused_to_those_who_may_come_in(world, area):
    for route in sorted(route for route in ROUTES if area_of(route) == area):
        known = {method for method, there in ROWS if there == route}
        row = next(row for (_method, there), row in ROWS.items() if there == route)
        persona = PERSONAS[row.index("I")] if "I" in row else "head"
        for method in {"GET", "POST", "PUT", "DELETE"} - known:
            assert ask(world, persona, method, route).status_code == 405, (method, route)


def test_every_page_stands_in_the_table():
    assert our_routes() - ROUTES == set()


def test_the_table_names_no_page_that_is_gone():
    assert ROUTES - our_routes() == set()
