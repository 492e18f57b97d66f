"""Schemathesis throws whatever the schema allows, and what it does not, at crews' devices: the token of somebody in a crew with a visit."""

import pytest
from hypothesis import settings

from tests.factories.fieldwork import OfferFactory, VisitFactory, crew_out

from .conftest import token_of
from .test_fuzzing import CHECKS, FEW, schema, uncounted  # noqa: F401

pytestmark = pytest.mark.production
#: A batch of two hundred deeds takes its time.
MANY = settings(FEW, max_examples=50)
devices = schema.include(path_regex="^/api/v1/crew/")


@pytest.fixture
def crews_headers(uncounted, now):  # noqa: F811
    """Somebody in a crew that was asked to make visit 1, and may not say so twice with one key."""
    crew = crew_out()
    visit = VisitFactory(pk=1, status="offered", crew=crew)
    OfferFactory(visit=visit, crew=crew)
    return {"Authorization": f"Bearer {token_of(crew.members.get().staff.user)}"}


def aimed(case):
    """At the visit that is there."""
    case.path_parameters = {name: 1 if name == "visit" else value for name, value in (case.path_parameters or {}).items()}
    if isinstance(case.body, dict) and "visit" in case.body:
        case.body["visit"] = 1
    if isinstance(case.body, dict) and isinstance(case.body.get("actions"), list):
        case.body["actions"] = [{**one, "visit": 1} if isinstance(one, dict) else one for one in case.body["actions"]]
    return case


@devices.parametrize()
@FEW
def test_nothing_breaks_and_every_answer_is_documented(case, crews_headers):
    aimed(case).call_and_validate(headers=crews_headers, checks=CHECKS)


@pytest.mark.long
@devices.parametrize()
@MANY
def test_nothing_breaks_in_many_tries(case, crews_headers):
    aimed(case).call_and_validate(headers=crews_headers, checks=CHECKS)
