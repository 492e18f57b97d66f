"""The signed roots: what no link of a chain can show, they do, and they name the day."""

import hashlib
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

import casework.operations
from accounts.actors import System
from casework import journal, queries
from casework.journal_keys import NoJournalKey
from casework.merkle import MerkleTree, leaf
from casework.models import Event, FrozenRow, JournalRoot, SealedHead, Timeline
from casework.operations import Step, seal_journal

BY = System("tests")
DAY = timedelta(days=1)


def open_one(now, *verbs):
    return casework.operations.open_timeline(kind="probe", steps=[Step(verb) for verb in verbs or ("probe.open",)], by=BY, at=now)


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def sealed(db, now):
    """Three days with a root each: two timelines opened, one of them moved on, a third opened."""
    first, second = open_one(now), open_one(now)
    seal_journal(at=now)
    casework.operations.record(timeline_id=first.pk, steps=[Step("probe.pay")], by=BY, at=now + DAY)
    seal_journal(at=now + DAY)
    third = open_one(now + 2 * DAY)
    seal_journal(at=now + 2 * DAY)
    return first, second, third


class TestTree:
    @given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
    def test_it_is_the_tree_of_rfc_6962(self, leaves):
        def root(some):
            if len(some) < 2:
                return some[0] if some else hashlib.sha256(b"").digest()
            left = 1 << (len(some) - 1).bit_length() - 1
            return hashlib.sha256(b"\x01" + root(some[:left]) + root(some[left:])).digest()

        tree = MerkleTree()
        for hashed in leaves:
            tree.add(hashed)
        assert tree.root() == root(leaves).hex()
        assert tree.leaves == len(leaves)

    def test_a_million_leaves_need_a_handful_of_hashes(self):
        tree = MerkleTree()
        for _ in range(2**20 - 1):
            tree.add(b"x")
        assert len(tree._peaks) == 20


class TestSealing:
    def test_a_root_covers_what_moved_since_the_one_before(self, sealed):
        first, second, third = sealed
        found = {root.number: set(root.sealed.values_list("timeline", "seq")) for root in JournalRoot.objects.all()}
        assert found == {1: {(first.pk, 1), (second.pk, 1)}, 2: {(first.pk, 2)}, 3: {(third.pk, 1)}}

    def test_a_quiet_day_is_sealed_too(self, sealed, now):
        seal_journal(at=now + 3 * DAY)
        assert JournalRoot.objects.get(number=4).heads == 0
        assert queries.prove_journal().fault == ""

    def test_what_is_too_much_for_one_root_goes_on_under_the_next(self, db, now):
        made = [open_one(now) for _ in range(5)]
        left = seal_journal(at=now, most=2)
        assert left == made[1].pk
        assert seal_journal(at=now, after=left, most=10) is None
        assert list(JournalRoot.objects.order_by("number").values_list("heads", flat=True)) == [2, 3]
        assert queries.prove_journal().roots == 2

    def test_pages_make_no_difference(self, db, now, monkeypatch):
        monkeypatch.setattr("casework.operations.sealing._PAGE", 2)
        made, tree = [open_one(now) for _ in range(5)], MerkleTree()
        seal_journal(at=now)
        for timeline in made:
            tree.add(leaf(timeline.pk, timeline.last_seq, timeline.last_hash))
        assert JournalRoot.objects.get().root == tree.root()

    def test_without_a_key_there_is_no_root(self, db, now, settings):
        settings.JOURNAL_KEY = ""
        with pytest.raises(NoJournalKey):
            seal_journal(at=now)

    def test_it_is_a_job_of_every_night(self, db, time_machine, now):
        from casework.tasks import seal_journal as task
        from sla.registry import jobs

        time_machine.move_to(now, tick=False)
        open_one(now)
        assert jobs()["casework.seal_journal"].task == "casework.tasks.seal_journal"
        task.call()
        assert JournalRoot.objects.get().made_at == now

    def test_what_one_run_leaves_is_rung_for(self, db, now, monkeypatch):
        from casework import tasks

        rung, made = [], [open_one(now) for _ in range(3)]
        monkeypatch.setattr(tasks.operations, "seal_journal", lambda **given: seal_journal(**given, most=2))
        monkeypatch.setattr(type(tasks.seal_rest), "enqueue", lambda task, *given: rung.append(given))
        tasks.seal_journal.call()
        tasks.seal_rest.call(*rung[0])
        assert rung == [(made[1].pk,)]
        assert queries.prove_journal() == queries.Proof(timelines=3, events=3, roots=2)

    def test_roots_are_only_ever_added(self, sealed):
        for attempt in (JournalRoot.objects.all().delete, SealedHead.objects.all().delete, JournalRoot.objects.get(number=1).save):
            with pytest.raises(FrozenRow):
                attempt()


class TestProof:
    def fault(self, published=()):
        return queries.prove_journal(published).fault

    def test_an_untouched_journal_holds(self, sealed):
        assert queries.prove_journal() == queries.Proof(timelines=3, events=4, roots=3)

    def test_what_has_moved_since_the_last_root_is_no_fault(self, sealed, now):
        casework.operations.record(timeline_id=sealed[1].pk, steps=[Step("probe.pay")], by=BY, at=now)
        open_one(now)
        assert self.fault() == ""

    def test_a_timeline_removed_whole_is_missed_with_its_day(self, sealed):
        run("DELETE FROM casework_event WHERE timeline_id = %s", sealed[1].pk)
        run("DELETE FROM casework_timeline WHERE id = %s", sealed[1].pk)
        assert self.fault() == f"timeline {sealed[1].pk}: root 1 of 2026-11-20 covers it, and it is gone"

    def test_the_last_timeline_removed_whole_is_missed(self, sealed):
        run("DELETE FROM casework_event WHERE timeline_id = %s", sealed[2].pk)
        run("DELETE FROM casework_timeline WHERE id = %s", sealed[2].pk)
        assert "root 3 of 2026-11-22" in self.fault()

    def test_a_timeline_rewritten_whole_is_missed_with_its_day(self, sealed, now):
        forge(sealed[1], now)
        assert self.fault() == f"timeline {sealed[1].pk}: root 1 of 2026-11-20 covers 1 events of it, and they were others"

    def test_covering_it_up_in_the_sealed_heads_names_the_day(self, sealed, now):
        forged = forge(sealed[0], now)
        run("UPDATE casework_sealedhead SET hash = %s WHERE timeline = %s AND seq = 1", forged, sealed[0].pk)
        assert self.fault() == "root 1 of 2026-11-20: the heads it covers were changed"

    def test_removing_a_timeline_with_all_its_traces_names_the_day(self, sealed):
        for table, column in (("event", "timeline_id"), ("sealedhead", "timeline"), ("timeline", "id")):
            run(f"DELETE FROM casework_{table} WHERE {column} = %s", sealed[2].pk)
        assert self.fault() == "root 3 of 2026-11-22: the heads it covers were changed"

    def test_a_changed_root_has_a_wrong_signature(self, sealed):
        run("UPDATE casework_journalroot SET root = %s WHERE number = 2", "0" * 64)
        assert self.fault() == "root 2 of 2026-11-21: its signature is not ours"

    def test_a_root_signed_by_somebody_else_is_not_ours(self, sealed):
        root, stranger = JournalRoot.objects.get(number=2), Ed25519PrivateKey.generate()
        signature = stranger.sign(journal.statement_bytes(root.statement)).hex()
        key = stranger.public_key().public_bytes_raw().hex()
        run("UPDATE casework_journalroot SET key = %s, signature = %s WHERE number = 2", key, signature)
        assert "signature is not ours" in self.fault()

    def test_roots_of_a_former_key_still_hold(self, sealed, settings):
        settings.JOURNAL_FORMER_KEYS = [JournalRoot.objects.get(number=1).key]
        settings.JOURNAL_KEY = "YW5vdGhlci1rZXktYW5vdGhlci1rZXktYW5vdGhlci0="
        assert self.fault() == ""

    def test_a_root_in_the_middle_cannot_be_left_out(self, sealed):
        run("DELETE FROM casework_sealedhead WHERE root_id = 2")
        run("DELETE FROM casework_journalroot WHERE number = 2")
        assert self.fault() == "root 3 of 2026-11-22: root 2 before it is missing"

    def test_heads_without_their_root_are_missed(self, sealed):
        run("UPDATE casework_sealedhead SET root_id = 2 WHERE root_id = 3")
        run("DELETE FROM casework_journalroot WHERE number = 3")
        assert self.fault() == "root 2 of 2026-11-21: the heads it covers were changed"


class TestAgainstACopy:
    """Whoever holds database and key can make all roots anew: only a copy kept elsewhere shows it."""

    @pytest.fixture
    def copy(self, sealed, client, tmp_path):
        file = tmp_path / "roots.json"
        file.write_bytes(client.get("/journal/roots.json").content)
        return file

    def begin_anew(self, now, upto):
        run("DELETE FROM casework_sealedhead WHERE root_id > %s", upto)
        run("DELETE FROM casework_journalroot WHERE number > %s", upto)

    def test_the_copy_of_an_honest_house_agrees(self, copy, now, capsys):
        seal_journal(at=now + 3 * DAY)
        call_command("verify_journal", published=copy)
        assert "4 roots: everything holds" in capsys.readouterr().out

    def test_roots_made_anew_differ_from_the_copy_on_their_day(self, copy, sealed, now):
        forge(sealed[2], now)
        self.begin_anew(now, upto=2)
        seal_journal(at=now + 2 * DAY)
        assert queries.prove_journal().fault == ""
        with pytest.raises(CommandError, match="root 3 of 2026-11-22: it was published with other words"):
            call_command("verify_journal", published=copy)

    def test_roots_that_were_thrown_away_are_missed(self, copy, now):
        self.begin_anew(now, upto=2)
        with pytest.raises(CommandError, match="root 3 of 2026-11-22: it was published and is gone"):
            call_command("verify_journal", published=copy)

    @pytest.mark.parametrize("content", ["", "[]", '{"roots": [1]}', '{"seals": []}'])
    def test_what_is_no_copy_is_refused(self, db, tmp_path, content):
        (tmp_path / "copy.json").write_text(content)
        with pytest.raises(CommandError, match=r"no copy of /journal/roots\.json"):
            call_command("verify_journal", published=tmp_path / "copy.json")


class TestOutside:
    def test_a_stranger_checks_signatures_and_order_with_a_few_lines(self, sealed, client):
        """The lines of docs/journal.md."""
        previous = ""
        for entry in client.get("/journal/roots.json").json()["roots"]:
            said = json.dumps(entry["statement"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(entry["key"])).verify(bytes.fromhex(entry["signature"]), said)
            assert entry["statement"]["previous"] == previous
            previous = hashlib.sha256(said).hexdigest()

    def test_the_page_shows_the_newest_first(self, sealed, client):
        page = client.get("/journal/roots/").content.decode()
        third, first = (JournalRoot.objects.get(number=number).root for number in (3, 1))
        assert page.index(third) < page.index(first)

    def test_before_the_first_night_it_says_so(self, db, client):
        assert "Nothing has been sealed yet" in client.get("/journal/roots/").content.decode()

    def test_erasing_a_person_leaves_every_root_standing(self, account, now):
        made = open_one(now)
        seal_journal(at=now)
        account.customer.name = ""
        account.customer.save()
        assert Timeline.objects.filter(pk=made.pk).exists()
        assert queries.prove_journal().fault == ""


def forge(timeline, now):
    """Rewrite a one-event timeline whole, with a head that fits."""
    forged = journal.link("", timeline=timeline.seed, verb="probe.steal", at=now, by="user:1", facts={})
    event = Event.objects.get(timeline=timeline, seq=1)
    run("UPDATE casework_event SET verb = %s, by = %s, at = %s, hash = %s WHERE id = %s", "probe.steal", "user:1", now, forged, event.pk)
    if timeline.last_seq == 1:
        run("UPDATE casework_timeline SET last_hash = %s WHERE id = %s", forged, timeline.pk)
    return forged
