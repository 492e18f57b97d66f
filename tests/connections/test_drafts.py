"""Drafts: sealed, opened by a secret only, sent once, gone when their time is over."""

from datetime import timedelta

import pytest

from accounts.actors import System
from connections.models import ApplicationDraft
from connections.operations import drafts
from connections.operations.applying import Wish
from connections.operations.drafts import DraftGone

WEB = System("web")
WISH = Wish(kind="residential", channel="web", name="周敏", phone="+8613900139000", place="文峰路12号")


@pytest.fixture
def begun(db, now):
    draft, secret = drafts.begin_draft(asker=None, at=now)
    drafts.save_draft(draft=draft, step="who", answers={"name": "周敏"}, at=now)
    draft.refresh_from_db()
    return draft, secret


def test_a_draft_is_sealed_and_its_secret_is_not_kept(begun):
    draft, secret = begun
    assert secret not in draft.token
    assert "周敏" not in draft.sealed
    assert drafts.answers_in(draft) == {"who": {"name": "周敏"}}


def test_a_step_leaves_the_other_steps_alone(begun, now):
    draft, _secret = begun
    drafts.save_draft(draft=draft, step="what", answers={"kind": "commercial"}, at=now)
    found = ApplicationDraft.objects.get()
    assert drafts.answers_in(found) == {"who": {"name": "周敏"}, "what": {"kind": "commercial"}}
    assert found.kind == "commercial"


@pytest.mark.parametrize("secret", ["", "guessed"])
def test_without_its_secret_nobody_finds_a_draft(begun, now, secret):
    with pytest.raises(DraftGone):
        drafts.find_draft(secret=secret, at=now)


def test_a_draft_ends_and_is_pruned(begun, now, settings):
    draft, secret = begun
    end = now + timedelta(days=settings.APPLICATION_DRAFT_DAYS)
    assert drafts.find_draft(secret=secret, at=end - timedelta(seconds=1)) == draft
    with pytest.raises(DraftGone):
        drafts.find_draft(secret=secret, at=end)
    assert (drafts.prune_drafts(at=end - timedelta(seconds=1)), drafts.prune_drafts(at=end)) == (0, 1)


def test_going_on_with_a_draft_keeps_it_longer(begun, now, settings):
    draft, secret = begun
    later = now + timedelta(days=settings.APPLICATION_DRAFT_DAYS - 1)
    drafts.save_draft(draft=draft, step="where", answers={}, at=later)
    assert drafts.find_draft(secret=secret, at=later + timedelta(days=2))


def test_sent_twice_it_is_one_application_and_its_answers_are_gone(begun, plan, now):
    draft, secret = begun
    first = drafts.send_draft(draft=draft, wish=WISH, by=WEB, at=now)
    second = drafts.send_draft(draft=draft, wish=WISH, by=WEB, at=now)
    found = drafts.find_draft(secret=secret, at=now)
    assert (first.pk, found.case_id, found.sealed) == (second.pk, first.pk, "")


def test_a_sent_draft_is_not_written_any_more(begun, plan, now):
    draft, _secret = begun
    drafts.send_draft(draft=draft, wish=WISH, by=WEB, at=now)
    assert drafts.save_draft(draft=draft, step="who", answers={"name": "x"}, at=now).sealed == ""


def test_what_was_forgotten_cannot_be_sent(begun, plan, now):
    draft, _secret = begun
    drafts.forget_draft(draft=draft)
    with pytest.raises(DraftGone):
        drafts.send_draft(draft=draft, wish=WISH, by=WEB, at=now)
