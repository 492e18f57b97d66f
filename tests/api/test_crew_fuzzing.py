"""Schemathesis throws whatever the schema allows, and what it does not, at crews' devices: the token of somebody in a crew with a visit."""

import pytest
from hypothesis import settings

from tests.factories.fieldwork import OfferFactory, VisitFactory, crew_out

from .conftest import token_of
from .fuzzing import CREWS, FEW, throw, throw_drawn
from .test_fuzzing import CHECKS, uncounted  # noqa: F401

pytestmark = pytest.mark.production
#: A batch of two hundred deeds takes its time.
MANY = settings(FEW, max_examples=50)


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


@pytest.mark.every_row
@pytest.mark.parametrize(("method", "path"), CREWS)
def test_nothing_breaks_and_every_answer_is_documented(method, path, crews_headers):
    throw(method, path, lambda case: aimed(case).call_and_validate(headers=crews_headers, checks=CHECKS))


@pytest.mark.long
@pytest.mark.parametrize(("method", "path"), CREWS)
def test_nothing_breaks_in_many_tries(method, path, crews_headers):
    throw_drawn(method, path, lambda case: aimed(case).call_and_validate(headers=crews_headers, checks=CHECKS), MANY)
