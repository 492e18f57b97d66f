"""One timeline's head under a signed root: the proof holds, shows any change, and needs nothing of ours to be checked."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

import casework.operations
from accounts.actors import System
from accounts.throttles import Pace
from casework import inclusion, journal, merkle, queries
from casework.models import Case, SealedHead
from casework.operations import Step, record, seal_journal
from casework.views import proofs
from tests.factories.accounts import UserFactory

BY = System("tests")
LEAVES = [merkle.leaf(number, 1, "ab") for number in range(70)]


def root_of(leaves):
    tree = merkle.MerkleTree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


@given(size=st.integers(1, 70), data=st.data())
def test_every_leaf_of_every_tree_finds_its_root(size, data):
    index = data.draw(st.integers(0, size - 1))
    path = inclusion.audit_path(LEAVES[:size], index)
    assert inclusion.root_above(LEAVES[index], index=index, size=size, path=path) == root_of(LEAVES[:size])


@given(size=st.integers(2, 40), data=st.data())
def test_no_other_leaf_and_no_other_place_does(size, data):
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    path, root = inclusion.audit_path(LEAVES[:size], index), root_of(LEAVES[:size])
    assert (inclusion.root_above(LEAVES[other], index=index, size=size, path=path) == root) is (other == index)
    assert inclusion.root_above(LEAVES[index], index=index, size=size, path=[*path, path[-1]]) != root
    assert inclusion.root_above(LEAVES[index], index=size, size=size, path=path) is None


@pytest.fixture
def case(asked, fang, olive, account, now):
    """Sealed with its first steps among others; something happened since."""
    cases = [asked(by=fang.user, account=account, asker=olive).case for _ in range(3)]
    seal_journal(at=now)
    record(timeline_id=cases[1].timeline_id, steps=[Step("case.noted", {"contact": 7})], by=BY, at=now)
    return cases[1]


@pytest.fixture
def proof(case, tmp_path):
    call_command("prove_timeline", case.reference, "--out", str(tmp_path / "proof.json"))
    return tmp_path / "proof.json"


def change(path, **parts):
    path.write_text(json.dumps({**json.loads(path.read_text()), **parts}))


def fault(path, *options):
    with pytest.raises(CommandError) as refusal:
        call_command("verify_journal", "--proof", str(path), *options)
    return str(refusal.value)


@pytest.mark.django_db
class TestFile:
    def test_it_holds(self, proof, capsys):
        call_command("verify_journal", "--proof", str(proof))
        assert "had 1 events when root 1 of 2026-11-20 was signed: holds" in capsys.readouterr().out

    def test_it_covers_what_was_sealed_and_no_more(self, proof):
        said = json.loads(proof.read_text())
        assert ([one["verb"] for one in said["chain"]], said["events"]) == (["case.opened"], 1)

    def test_another_event_shows(self, proof):
        chain = json.loads(proof.read_text())["chain"]
        change(proof, chain=[{**chain[0], "verb": "case.cancelled"}])
        assert "not those that were sealed" in fault(proof)

    def test_another_head_shows(self, proof):
        change(proof, head="00" * 32)
        assert "does not stand under the root" in fault(proof)

    def test_another_root_shows(self, proof):
        root = json.loads(proof.read_text())["root"]
        change(proof, root={**root, "statement": {**root["statement"], "root": "00" * 32}})
        assert "signature" in fault(proof)

    def test_a_key_of_somebody_else_shows(self, proof):
        assert "not the one trusted" in fault(proof, "--key", Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex())

    def test_against_a_copy_kept_elsewhere_even_all_roots_made_anew_show(self, proof, tmp_path):
        copy = {"roots": [root.published for root in queries.roots()]}
        (tmp_path / "roots.json").write_text(json.dumps(copy))
        call_command("verify_journal", "--proof", str(proof), "--published", str(tmp_path / "roots.json"))
        copy["roots"][0]["statement"]["heads"] += 1
        (tmp_path / "roots.json").write_text(json.dumps(copy))
        assert "published with other words" in fault(proof, "--published", str(tmp_path / "roots.json"))

    def test_some_other_file_is_no_proof(self, tmp_path):
        (tmp_path / "other.json").write_text("[1]")
        assert "no file of prove_timeline" in fault(tmp_path / "other.json")

    def test_a_number_of_a_timeline_will_do_and_a_wrong_one_is_said(self, case, tmp_path):
        call_command("prove_timeline", str(case.timeline_id), "--out", str(tmp_path / "a.json"), "--head-only")
        assert "chain" not in json.loads((tmp_path / "a.json").read_text())
        with pytest.raises(CommandError, match="no case"):
            call_command("prove_timeline", "G4K-7QX-2MP", "--out", str(tmp_path / "b.json"))

    def test_what_no_root_covers_yet_has_no_proof(self, asked, tmp_path):
        with pytest.raises(CommandError, match="not sealed yet"):
            call_command("prove_timeline", asked().case.reference, "--out", str(tmp_path / "a.json"))

    def test_later_seals_are_proved_by_their_own_root(self, case, now):
        seal_journal(at=now)
        proof = queries.prove_inclusion(case.timeline, with_events=True)
        assert (proof["events"], proof["root"]["statement"]["number"], SealedHead.objects.count()) == (2, 2, 4)
        assert inclusion.fault_of(proof, keys={proof["root"]["key"]}) == ""


def test_checking_needs_no_database(tmp_path, capsys):
    """Without the mark any query fails; only the file and a public key are there."""
    key, head = Ed25519PrivateKey.generate(), "ab" * 32
    statement = {"number": 1, "at": "2026-11-20T00:05:00+00:00", "heads": 1, "root": merkle.leaf(5, 2, head).hex(), "previous": ""}
    public = key.public_key().public_bytes_raw().hex()
    root = {"statement": statement, "key": public, "signature": key.sign(journal.statement_bytes(statement)).hex()}
    proof = {"timeline": 5, "events": 2, "head": head, "index": 0, "path": [], "root": root}
    (tmp_path / "proof.json").write_text(json.dumps(proof))
    call_command("verify_journal", "--proof", str(tmp_path / "proof.json"), "--key", public)
    assert "holds" in capsys.readouterr().out


@pytest.mark.django_db
class TestDownload:
    def test_the_customer_takes_it_along_from_the_cabinet(self, client, signed_in, olive, case):
        page = signed_in(client, olive).get(reverse("casework:request", args=[case.reference])).content.decode()
        link = reverse("casework:request_proof", args=[case.reference])
        assert link in page
        answer = client.get(link)
        assert inclusion.fault_of(answer.json(), keys={answer.json()["root"]["key"]}) == ""
        assert f"proof-{case.reference}.json" in answer["Content-Disposition"]

    def test_there_are_no_words_and_no_events_inside(self, client, signed_in, olive, case):
        said = signed_in(client, olive).get(reverse("casework:request_proof", args=[case.reference])).json()
        assert set(said) == {"format", "reference", "timeline", "events", "head", "index", "path", "root"}

    def test_whoever_asks_too_often_waits(self, client, signed_in, olive, case, monkeypatch):
        monkeypatch.setattr(proofs, "_PACE", Pace("proof", "1/min"))
        link = reverse("casework:request_proof", args=[case.reference])
        assert [signed_in(client, olive).get(link).status_code for _try in range(2)] == [200, 429]

    def test_nobody_else_gets_it(self, client, signed_in, case):
        assert signed_in(client, UserFactory()).get(reverse("casework:request_proof", args=[case.reference])).status_code == 404

    def test_from_the_tracking_page_too_while_it_lasts(self, client, case):
        assert client.get(reverse("casework:tracked_proof")).status_code == 404
        client.post(reverse("casework:track"), {"reference": case.reference, "code": case.tracking_code})
        assert reverse("casework:tracked_proof") in client.get(reverse("casework:tracked")).content.decode()
        assert client.get(reverse("casework:tracked_proof")).json()["reference"] == case.reference

    def test_before_the_first_night_nothing_is_offered(self, client, signed_in, olive, asked, account):
        request = asked(account=account, asker=olive)
        page = signed_in(client, olive).get(reverse("casework:request", args=[request.case.reference])).content.decode()
        assert reverse("casework:request_proof", args=[request.case.reference]) not in page
        assert Case.objects.count() == 1
        assert casework.queries.newest_seal(request.case.timeline_id) is None
