"""Triage says how urgent a fault is and why; doubt and danger never make it milder."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairs import triage, wording
from repairs.models import Repair
from repairs.triage import ASKED, Answer, Question, judge

FAULTS = [fault.value for fault in Repair.Fault]
#: The answers of each question, the calmest first; not knowing lies between.
CALMEST = {Question.VALVE: Answer.YES, Question.NEIGHBOURS: Answer.YES}
CALM = {question: CALMEST.get(question, Answer.NO) for question in Question}
RANK = ["normal", "urgent", "emergency"]


def ladder(question):
    calm = CALM[question]
    return [calm, Answer.UNKNOWN, Answer.NO if calm == Answer.YES else Answer.YES]


@st.composite
def answers(draw):
    return {question: draw(st.sampled_from(list(Answer))) for question in Question}


def rank(fault, said):
    return RANK.index(judge(fault, said).urgency)


@given(st.sampled_from(FAULTS), answers(), st.sampled_from(list(Question)))
def test_no_more_dangerous_answer_makes_a_fault_less_urgent(fault, said, question):
    ranks = [rank(fault, {**said, question: answer}) for answer in ladder(question)]
    assert ranks == sorted(ranks)


@given(st.sampled_from(FAULTS), answers())
def test_every_verdict_says_why_in_words_we_have(fault, said):
    verdict = judge(fault, said)
    assert verdict.reasons
    assert set(verdict.reasons) <= set(wording.REASONS)
    assert verdict.classification in Repair.Class.values


def test_a_leak_of_which_nothing_is_known_is_an_emergency():
    verdict = judge("leak", {})
    assert (verdict.urgency, verdict.skill) == ("emergency", "emergency")
    assert verdict.reasons == ("leak_reported", "not_all_known")


def test_only_a_leak_of_which_everything_is_said_and_calm_can_wait():
    milder = [said for said in product(Answer, repeat=5) if rank("leak", dict(zip(ASKED["leak"], said, strict=True))) < 2]
    assert milder == [("no", "no", "no", "no", "yes")]


@pytest.mark.parametrize("fault", FAULTS)
def test_who_smells_gas_is_an_emergency_whatever_it_was_called(fault):
    assert judge(fault, {**CALM, Question.SMELL: "yes"}).urgency == "emergency"


@pytest.mark.parametrize(("neighbours", "urgency"), [("yes", "urgent"), ("no", "emergency"), ("unknown", "emergency")])
def test_gas_that_has_gone_is_an_emergency_unless_it_is_this_home_only(neighbours, urgency):
    assert judge("no_gas", {"smell": "no", "neighbours": neighbours}).urgency == urgency


@pytest.mark.parametrize(
    ("fault", "said", "classification"),
    [
        ("leak", {}, "ordinary"),
        ("leak", {"hiss": "yes"}, "major"),
        ("leak", {"valve": "no"}, "major"),
        ("pipe", {}, "pipeline"),
        ("no_gas", {"neighbours": "no"}, "pipeline"),
        ("meter", {}, "ordinary"),
    ],
)
def test_the_class_follows_from_what_was_said(fault, said, classification):
    assert judge(fault, said).classification == classification


@pytest.mark.parametrize(("fault", "skill"), [("meter", "meter"), ("low_pressure", "network"), ("appliance", "indoor")])
def test_who_is_sent_can_do_it(fault, skill):
    assert judge(fault, CALM).skill == skill


def test_every_question_and_answer_has_its_words():
    assert set(wording.QUESTIONS) == set(Question)
    assert set(wording.ANSWERS) == set(Answer)
    assert {question for asked in ASKED.values() for question in asked} == set(Question)
    assert set(triage.ASKED) == set(FAULTS)
