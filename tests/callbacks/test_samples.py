"""Samples: drawn once by a seed that anybody can check, asked by somebody who was not there, replaced by the next of the order."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.actors import System
from callbacks.models import Campaign, Sample, SampleMember
from callbacks.operations import campaigns, samples
from callbacks.operations.calling import TooEarly
from callbacks.operations.hearing import Said
from callbacks.queries.samples import check, report
from casework.models import Case, JournalRoot
from casework.operations import open_timeline
from casework.operations.sealing import seal_journal
from sla.models import Period
from sla.operations.duties import open_turns
from tests.conftest import NOW
from tests.factories.accounts import StaffFactory
from tests.factories.casework import CaseFactory

WEEK = timedelta(days=7)
FINE = Said(settled=True, score=5, words="All well")


@pytest.fixture
def turn(book):
    """Twenty-five requests were finished last week, so three of them are asked this week."""
    CaseFactory.create_batch(25, status="closed", closed_at=NOW - WEEK)
    open_turns(at=NOW)
    return Period.objects.get(promise="T72")


@pytest.fixture
def sample(turn):
    return samples.draw_sample(period=turn, at=NOW)


@pytest.fixture
def fangs(client, signed_in, fang):
    return signed_in(client, fang)


def first(sample):
    return sample.members.order_by("pk").first()


def verified(*arguments):
    call_command("verify_sample", *arguments, "--random-is-fine", stdout=open_null())


def open_null():
    import io

    return io.StringIO()


class TestDrawing:
    def test_a_tenth_of_last_weeks_requests_is_drawn_and_the_duty_wants_as_many(self, turn, sample):
        assert (turn.needed, sample.members.count(), sample.percent) == (3, 3, 10)

    def test_a_turn_is_drawn_once_however_often_somebody_tries(self, turn, sample):
        assert samples.draw_sample(period=turn, at=NOW) is None
        assert samples.draw_samples(at=NOW) >= 0
        assert Sample.objects.filter(promise="T72").count() == 1

    def test_killed_half_way_there_is_none_and_the_next_try_draws_the_whole(self, turn, monkeypatch):
        whole = SampleMember.objects.bulk_create
        monkeypatch.setattr(type(SampleMember.objects), "bulk_create", lambda *_rows, **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            samples.draw_sample(period=turn, at=NOW)
        monkeypatch.undo()
        assert (Sample.objects.count(), whole is not None) == (0, True)
        assert samples.draw_sample(period=turn, at=NOW).members.count() == 3

    def test_the_seed_follows_from_a_root_of_the_journal_published_before(self, turn):
        open_timeline(kind="test", steps=[], by=System("test"), at=NOW - WEEK)
        seal_journal(at=NOW - timedelta(hours=1))
        drawn = samples.draw_sample(period=turn, at=NOW)
        assert (drawn.root, check(drawn).faults) == (JournalRoot.objects.get().number, [])


class TestAsking:
    def test_whoever_is_heard_counts_for_the_duty_until_it_is_done(self, turn, sample, fang):
        for member in sample.members.order_by("pk"):
            samples.hear(member=member, said=FINE, by=fang.user, at=NOW)
        turn.refresh_from_db()
        assert (turn.done, turn.done_at) == (3, NOW)
        found = report(sample)
        assert (found.heard, found.satisfaction.mean, found.satisfaction.margin) == (3, 5.0, 0.0)

    def test_who_worked_on_it_does_not_ask(self, sample, fang):
        Case.objects.update(owner=fang)
        with pytest.raises(samples.permissions.WasThere):
            samples.hear(member=first(sample), said=FINE, by=fang.user, at=NOW)

    def test_nobody_is_given_up_too_early_and_the_next_of_the_order_follows(self, sample, fang, settings):
        settings.CALLBACK_TRIES = 1
        member = first(sample)
        with pytest.raises(TooEarly):
            samples.give_up(member=member, why="not_reached", by=fang.user, at=NOW)
        tried = samples.note_attempt(member=member, by=fang.user, at=NOW)
        follower = samples.give_up(member=tried, why="not_reached", by=fang.user, at=NOW)
        assert (follower.replaces, follower.status, check(sample).faults[1:]) == (member, "to_ask", [])

    def test_what_somebody_else_did_meanwhile_is_not_done_twice(self, sample, fang):
        samples.hear(member=first(sample), said=FINE, by=fang.user, at=NOW)
        with pytest.raises(samples.AskedAlready):
            samples.hear(member=first(sample), said=FINE, by=fang.user, at=NOW)


class TestAuditors:
    def test_a_sample_as_drawn_holds(self, sample):
        verified("T72")

    def test_a_chosen_member_a_skipped_replacement_and_another_list_are_found(self, sample):
        other = Case.objects.exclude(pk__in=sample.members.values("case")).order_by("pk").first()
        SampleMember.objects.filter(pk=first(sample).pk).update(key=other.pk, case=other)
        with pytest.raises(CommandError):
            verified()
        Sample.objects.update(digest="0" * 64)
        assert len(check(Sample.objects.get(), random_is_fine=True).faults) == 2

    def test_seeds_are_public_and_name_nobody(self, client, sample):
        (told,) = client.get(reverse("callbacks:samples_json")).json()["samples"]
        assert set(told) == {"promise", "label", "root", "seed", "digest", "percent", "drawn_at"}


class TestCampaigns:
    def test_a_fifth_of_its_customers_is_asked_every_week_while_it_runs(self, book, account, neighbour, qiang):
        where = account.premises.territory
        begun = campaigns.begin_campaign(name="开元", territory=where, since=NOW.date(), until=NOW.date(), by=qiang.user, at=NOW)
        assert account.customer in begun.customers.all()
        open_turns(at=NOW)
        assert Period.objects.get(promise="T77").needed == 1

    @pytest.mark.parametrize(("since", "until", "refusal"), [(1, 0, campaigns.EndsBefore), (0, 1, campaigns.NameTaken)])
    def test_needs_days_in_order_and_a_name_of_its_own(self, account, qiang, since, until, refusal):
        Campaign.objects.create(name="开元", since=NOW, until=NOW, made_by="test")
        days = {"since": NOW.date() + since * WEEK, "until": NOW.date() + until * WEEK}
        with pytest.raises(refusal):
            campaigns.begin_campaign(name="开元", territory=account.premises.territory, by=qiang.user, at=NOW, **days)


class TestPages:
    def test_the_list_leads_to_who_is_asked_and_what_they_said_is_kept(self, fangs, sample):
        assert reverse("callbacks:sample", args=[sample.pk]) in fangs.get(reverse("callbacks:samples")).content.decode()
        member = first(sample)
        page = reverse("callbacks:member", args=[member.pk])
        assert page in fangs.get(reverse("callbacks:sample", args=[sample.pk])).content.decode()
        wrong = fangs.post(page, {"words": "Thank you", "version": 0})
        assert (wrong.status_code, "Thank you" in wrong.content.decode()) == (422, True)
        fangs.post(page, {"words": "Thank you", "version": 0, "settled": "1", "score": "4"})
        member.refresh_from_db()
        assert (member.status, member.score, member.words) == ("heard", 4, "Thank you")

    def test_in_vain_the_next_one_is_asked(self, fangs, sample):
        member = first(sample)
        fangs.post(reverse("callbacks:member_attempt", args=[member.pk]), {"version": 0})
        fangs.post(reverse("callbacks:member_end", args=[member.pk]), {"version": 1, "why": "refused"})
        assert sample.members.get(replaces=member).status == "to_ask"

    def test_a_campaign_with_a_wrong_day_keeps_what_was_typed(self, client, signed_in, qiang, account):
        typed = {"name": "开元", "territory": "", "since": "2026-11-20", "until": "2026-11-19"}
        page = signed_in(client, qiang).post(reverse("callbacks:begin_campaign"), typed)
        assert (page.status_code, "开元" in page.content.decode()) == (422, True)


def test_no_hall_sees_what_a_stranger_must_not(client, signed_in, sample):
    finance = StaffFactory(roles=["finance"])
    assert signed_in(client, finance).get(reverse("callbacks:sample", args=[sample.pk])).status_code == 403
