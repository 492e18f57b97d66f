"""How applications go is an administrator's: drafted, checked, seen before, published with a day; whoever has applied keeps theirs."""

from datetime import timedelta

import pytest

from accounts.permissions import Forbidden
from casework.operations import StaleRow
from connections import plan_rules
from connections.models import ConnectionKind, PolicyVersion
from connections.operations import plan_loading, plans
from connections.plan_differences import differences
from connections.queries import plan_contents
from tests.factories import connections as factories

DAY = timedelta(days=1)


@pytest.fixture
def loaded(db, now):
    plan_loading.load_plans(at=now)


@pytest.fixture
def draft(loaded, ada, now):
    return plans.begin_draft(kind="residential", by=ada.user, at=now)


@pytest.fixture
def write(draft, ada, now):
    """``write("stages", "survey", planned_days=4)``: into the draft, by Ada."""

    def act(part, key, seen="", **fields):
        row = getattr(draft, part).get(key=key)
        seen = seen or plan_contents.digest(draft)
        return plans.write_row(draft=draft, row=row, fields=fields, seen=seen, by=ada.user, at=now)

    return act


def publish(draft, ada, at, **more):
    known = {"effective_from": at, "reason": "Surveys take longer.", "seen": plan_contents.digest(draft), **more}
    return plans.publish(draft=draft, by=ada.user, at=at, **known)


def said(kind):
    from connections import plan_files

    return next(plan_contents.of_file(plan) for plan in plan_files.plans() if plan.kind == kind)


@pytest.mark.parametrize("kind", ConnectionKind.values)
def test_the_plans_that_are_delivered_are_whole(kind):
    assert [str(problem) for problem in plan_rules.problems(said(kind))] == []


@pytest.mark.parametrize(
    ("part", "key", "change", "sentence"),
    [
        ("stages", "gas_on", {"deed": "manual"}, "No stage that every application needs ends when this happens: gas was turned on."),
        ("stages", "payment", {"is_needed": False}, "No stage that every application needs ends when this happens: the fees are paid."),
        ("stages", "quote", {"status": "accepted"}, "This ends a stage within another part of the way: the quote was sent."),
        ("stages", "survey", {"names": {"en": "Survey"}}, "This stage has no name in every language: survey."),
        ("papers", "site_drawing", {"consequences": {}}, "Say in every language what happens if this paper does not follow: site_drawing."),
        ("papers", "identity", {"channels": ["pigeon"]}, "Nobody applies that way: identity."),
        ("fees", "entry", {"amount": 0}, "This fee has no amount: entry."),
    ],
)
def test_what_a_plan_lacks_is_said_in_words(part, key, change, sentence):
    found = said("residential")
    next(row for row in found[part] if row["key"] == key).update(change)
    assert sentence in [str(problem) for problem in plan_rules.problems(found)]


@pytest.mark.django_db
def test_loading_again_writes_nothing_and_what_staff_wrote_is_kept(draft, write, ada, now, monkeypatch):
    assert plan_loading.load_plans(at=now).versions == 0
    write("stages", "survey", planned_days=4)
    publish(draft, ada, now + DAY)
    monkeypatch.setattr(plan_contents, "of_file", lambda plan: {})
    loaded = plan_loading.load_plans(at=now + 2 * DAY)
    assert (loaded.versions, loaded.drafts) == (4, 1), "the file proposes, staff decide"
    assert PolicyVersion.objects.in_force("residential", now + 3 * DAY).first() == draft


@pytest.mark.django_db
def test_a_draft_holds_nobody_and_a_version_holds_from_its_day(draft, write, ada, now):
    write("stages", "survey", planned_days=4)
    in_force = PolicyVersion.objects.in_force("residential", now).get()
    assert in_force != draft
    publish(draft, ada, now, effective_from=now + DAY)
    assert PolicyVersion.objects.in_force("residential", now).first() == in_force
    assert PolicyVersion.objects.in_force("residential", now + DAY).first() == draft
    with pytest.raises(plans.Dated):
        write("stages", "survey", planned_days=5)


@pytest.mark.django_db
def test_whoever_has_applied_keeps_their_version(draft, write, ada, now):
    application = factories.ApplicationFactory(policy=PolicyVersion.objects.in_force("residential", now).get())
    write("fees", "entry", amount=1)
    publish(draft, ada, now)
    application.refresh_from_db()
    assert application.policy.fees.get(key="entry").amount == 125_500


@pytest.mark.django_db
def test_a_plan_that_could_not_be_gone_by_is_not_published(draft, write, ada, now):
    with pytest.raises(plans.SaysTheSame):
        publish(draft, ada, now)
    write("stages", "gas_on", deed="manual")
    with pytest.raises(plans.NotReady) as refusal:
        publish(draft, ada, now)
    assert len(refusal.value.problems) == 1
    with pytest.raises(plans.DayGone):
        publish(draft, ada, now, effective_from=now - DAY)


@pytest.mark.django_db
def test_who_writes_into_a_draft_that_changed_meanwhile_looks_again(draft, write, now):
    before = plan_contents.digest(draft)
    write("stages", "survey", planned_days=4)
    with pytest.raises(StaleRow):
        write("stages", "survey", seen=before, planned_days=9)


@pytest.mark.django_db
def test_only_administrators_and_managers_write_plans(loaded, fang, now):
    with pytest.raises(Forbidden):
        plans.begin_draft(kind="residential", by=fang.user, at=now)


def test_what_differs_is_named_row_by_row():
    before, after = said("residential"), said("residential")
    after["stages"][0]["planned_days"] = 9
    gone = after["papers"].pop()
    found = {(one.part, one.key): one for one in differences(before, after)}
    assert found["stages", "needs"].fields == [("planned_days", 1, 9)]
    assert found["papers", gone["key"]].how == "gone"


@pytest.mark.django_db
def test_an_administrator_changes_a_plan_on_its_pages(loaded, ada, client, signed_in, now):
    ada = signed_in(client, ada)
    page = ada.post("/staff/connections/plans/residential/draft/", follow=True)
    draft = PolicyVersion.objects.get(effective_from=None)
    row = draft.fees.get(key="entry")
    address = f"/staff/connections/plan-versions/{draft.pk}/"
    form = ada.get(f"{address}fees/{row.pk}/").context["form"]
    given = {**form.initial, "price": "1300.50"}
    assert ada.post(f"{address}fees/{row.pk}/", {**given, "price": "dear"}).status_code == 422
    page = ada.post(f"{address}fees/{row.pk}/", given, follow=True)
    assert "¥1,300.50" in page.text
    assert "¥1,255.00" in page.text, "what it was, beside it"
    assert "¥1,300.50" in ada.get(f"{address}preview/").text
    assert ada.post(f"{address}publish/", {"seen": page.context["page"].seen}).status_code == 422, "no reason"
    ada.post(f"{address}publish/", {"seen": page.context["page"].seen, "reason": "Dearer pipes."})
    draft.refresh_from_db()
    assert draft.effective_from is not None
    assert ada.get(f"{address}fees/{row.pk}/").status_code == 404
