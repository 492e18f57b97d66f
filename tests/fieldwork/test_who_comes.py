"""What customers see of a visit: who comes, which code to ask for, and how far the crew is; and nothing of it afterwards."""

import pytest
from django.template import Context, Template

import fieldwork.operations
from accounts.actors import System
from tests.factories.fieldwork import BadgeFactory, VisitFactory, crew_out

DISPATCH = System("dispatch")
PANEL = Template("{% load visit_panels %}{% who_comes case %}")


@pytest.fixture
def visit(asked, near, hong, now):
    """Offered to Hong, who wears a badge."""
    BadgeFactory(staff=hong, number="B4711")
    visit = asked()
    fieldwork.operations.offer(visit=visit, crew=near, by=DISPATCH, at=now)
    return visit


def panel(visit):
    return PANEL.render(Context({"case": visit.case}))


class TestBefore:
    def test_a_crew_that_was_only_asked_is_not_named(self, visit):
        shown = panel(visit)
        assert ("We are looking for a crew" in shown, "洪涛" in shown, visit.visit_code in shown) == (True, False, False)

    def test_without_a_visit_nothing_is_shown(self, visit, now):
        fieldwork.operations.cancel(visit=visit, by=DISPATCH, at=now)
        assert panel(visit).strip() == ""


class TestUnderWay:
    @pytest.fixture(autouse=True)
    def accepted(self, visit, hong, now):
        fieldwork.operations.accept(visit=visit, by=hong.user, at=now)

    def test_who_comes_has_a_name_a_badge_and_the_code(self, visit):
        shown = panel(visit)
        assert all(word in shown for word in ("洪涛", "B4711", visit.visit_code))
        assert visit.sign_code[:3] + " " not in shown

    def test_a_withdrawn_badge_and_who_left_the_crew_are_not_shown(self, visit, hong, now):
        hong.badges.update(withdrawn_at=now)
        assert "洪涛" not in panel(visit)

    def test_somebody_of_another_crew_is_not_shown(self, visit, kai, far):
        BadgeFactory(staff=kai, number="B0815")
        assert "B0815" not in panel(visit)

    def test_the_code_that_signs_is_shown_once_the_crew_is_there(self, visit, hong, now):
        fieldwork.operations.arrive(visit=visit, by=hong.user, at=now)
        assert f"{visit.sign_code[:3]} {visit.sign_code[3:]}" in panel(visit)

    def test_afterwards_neither_name_nor_code_is_shown(self, visit, hong, now):
        fieldwork.operations.arrive(visit=visit, by=hong.user, at=now)
        fieldwork.operations.finish(visit=visit, outcome="no_fault", by=hong.user, at=now)
        shown = panel(visit)
        assert ("no fault found" in shown.lower(), "洪涛" in shown) == (True, False)
        assert f"<code>{visit.visit_code}</code>" not in shown
        assert visit.sign_code[3:] + "</code>" not in shown


def test_staff_see_every_visit_with_what_came_from_the_door(visit, hong, now):
    fieldwork.operations.accept(visit=visit, by=hong.user, at=now)
    shown = Template("{% load visit_panels %}{% visits_of case %}").render(Context({"case": visit.case}))
    assert "抢修一班" in shown
    assert visit.sign_code not in shown


def test_a_visit_of_somebody_else_is_not_on_the_page(visit):
    other = VisitFactory(status="accepted", crew=crew_out(code="K9", name="夜班"))
    assert "夜班" not in panel(visit)
    assert "夜班" not in panel(other)
