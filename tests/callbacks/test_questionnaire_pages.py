"""Other questions are written in three languages, looked at and published by somebody else; what was typed is never lost."""

import pytest

from accounts.roles import Role
from callbacks.models import Questionnaire, QuestionnaireDraft
from callbacks.operations.questionnaires import DraftGone, publish
from callbacks.queries.questionnaires import current
from tests.conftest import NOW
from tests.factories.accounts import StaffFactory

pytestmark = pytest.mark.django_db
HERE = "/staff/questionnaires/repair/"
ROWS = [
    ("1", "settled", "yes_no", "修好了吗？", "Does it work?", "Работает?"),
    ("3", "score", "score", "满意吗？", "Satisfied?", "Довольны?"),
    ("2", "shoes", "yes_no", "穿鞋套了吗？", "Did they wear overshoes?", "Были бахилы?"),
]


def typed(rows=ROWS, **changes):
    """What a browser sends."""
    names = ("place", "code", "sort", "zh_hans", "en", "ru")
    fields = {f"q-{number}-{name}": value for number, row in enumerate(rows) for name, value in zip(names, row, strict=True)}
    return {"q-TOTAL_FORMS": len(rows), "q-INITIAL_FORMS": "0", "reason": "Overshoes", "since": "", **fields, **changes}


@pytest.fixture
def pages(client, signed_in, qiang, time_machine):
    time_machine.move_to(NOW, tick=False)
    return signed_in(client, qiang)


@pytest.fixture
def boss(db):
    return StaffFactory(roles=[Role.SUPERVISOR])


def test_a_draft_is_kept_in_its_order_and_asked_of_nobody(pages):
    assert pages.post(f"{HERE}write/", typed()).status_code == 302
    assert [row["code"] for row in QuestionnaireDraft.objects.get().questions] == ["settled", "shoes", "score"]
    assert current("repair", NOW).number == 1
    text = pages.get(HERE).content.decode()
    assert [words in text for words in ("穿鞋套了吗？", "Were", "Были бахилы?", "you wrote it")] == [True, False, True, True]


@pytest.mark.parametrize(
    "wrong", [{"q-2-ru": ""}, {"q-2-code": "Over shoes"}, {"q-2-code": "score"}, {"q-0-sort": "text"}, {"reason": ""}, {"q-1-DELETE": "on"}]
)
def test_what_cannot_be_asked_comes_back_as_it_was_typed(pages, wrong):
    answer = pages.post(f"{HERE}write/", typed(**wrong))
    assert (answer.status_code, QuestionnaireDraft.objects.exists()) == (422, False)
    assert "Did they wear overshoes?" in answer.content.decode()


def test_its_writer_cannot_publish_it_and_somebody_else_can(pages, boss, signed_in, client):
    pages.post(f"{HERE}write/", typed(since="2026-11-23T08:00"))
    pages.post(f"{HERE}act/", {"version": 1, "publish": "1"})
    assert not Questionnaire.objects.exists()
    signed_in(client, boss).post(f"{HERE}act/", {"version": 1, "publish": "1"})
    found = Questionnaire.objects.get()
    assert (found.number, found.since.isoformat(), found.published_by) == (2, "2026-11-23T00:00:00+00:00", boss)
    assert (current("repair", NOW).number, current("repair", found.since).number) == (1, 2)


def test_what_was_changed_since_it_was_looked_at_is_not_published(pages, boss):
    for reason in ("Overshoes", "Shorter"):
        pages.post(f"{HERE}write/", typed(reason=reason))
    with pytest.raises(DraftGone):
        publish(kind="repair", version=1, by=boss.user, at=NOW)


def test_it_is_sent_back_with_a_reason_or_thrown_away(pages, boss, client, signed_in):
    pages.post(f"{HERE}write/", typed())
    signed_in(client, boss).post(f"{HERE}act/", {"version": 1, "send_back": "1", "said": "Too long"})
    assert "Too long" in client.get(HERE).content.decode()
    client.post(f"{HERE}act/", {"version": 2, "discard": "1"})
    assert not QuestionnaireDraft.objects.exists()
