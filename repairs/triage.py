"""How urgent a fault is, of which class, and who is sent: from what is wrong and what was answered. Pure, and every verdict says why.

Note [When in doubt, it is an emergency]. A leak whose questions nobody could answer is an emergency, and so is gas that has gone
without a word about the neighbours (REP-04). No answer that is unknown, or more dangerous than another one, ever makes a verdict
milder; tests/repairs/test_triage.py tries them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What somebody could say. Whoever was not asked could not say."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Question(StrEnum):
    """What is asked, in the order in which it is read out."""

    SMELL = "smell"
    HISS = "hiss"
    PEOPLE = "people"
    IGNITION = "ignition"
    VALVE = "valve"
    NEIGHBOURS = "neighbours"


LEAK, NO_GAS, LOW_PRESSURE, METER, APPLIANCE, PIPE, OTHER = "leak", "no_gas", "low_pressure", "meter", "appliance", "pipe", "other"
_OF_A_LEAK = (Question.SMELL, Question.HISS, Question.PEOPLE, Question.IGNITION, Question.VALVE)
#: Which questions are asked of which fault.
ASKED: Mapping[str, tuple[Question, ...]] = {
    LEAK: _OF_A_LEAK,
    NO_GAS: (Question.SMELL, Question.NEIGHBOURS),
    LOW_PRESSURE: (Question.SMELL, Question.NEIGHBOURS),
    METER: (Question.SMELL, Question.HISS),
    APPLIANCE: (Question.SMELL, Question.HISS, Question.PEOPLE),
    PIPE: _OF_A_LEAK,
    OTHER: (Question.SMELL, Question.HISS, Question.PEOPLE),
}
EMERGENCY, URGENT, NORMAL = "emergency", "urgent", "normal"
_RANK = (NORMAL, URGENT, EMERGENCY)
ORDINARY, PIPELINE, MAJOR = "ordinary", "pipeline", "major"
_SKILLS: Mapping[str, str] = {NO_GAS: "network", LOW_PRESSURE: "network", PIPE: "network", METER: "meter"}


@dataclass(frozen=True)
class Verdict:
    """What the desk begins with; ``reasons`` are codes, in the order of their weight (words: ``wording.REASONS``)."""

    urgency: str
    classification: str
    skill: str
    reasons: tuple[str, ...]


def judge(fault: str, answers: Mapping[str, str]) -> Verdict:
    """The verdict on a fault. Answers to questions that were not asked of it count too: whoever smells gas is heard."""
    said = {question: answers.get(question, Answer.UNKNOWN) for question in Question}
    found = [*_dangers(said), *_of_fault(fault, said)]
    urgency = max((weight for _code, weight in found), key=_RANK.index)
    reasons = sorted(found, key=lambda one: -_RANK.index(one[1]))
    return Verdict(urgency, _class(fault, said), skill(fault, urgency), tuple(code for code, _weight in reasons))


def _dangers(said: Mapping[Question, str]) -> list[tuple[str, str]]:
    """What is dangerous whatever it was reported as."""
    dangers = {"gas_smelled": Question.SMELL, "gas_heard": Question.HISS, "people_affected": Question.PEOPLE}
    return [(code, EMERGENCY) for code, question in dangers.items() if said[question] == Answer.YES]


def _of_fault(fault: str, said: Mapping[Question, str]) -> list[tuple[str, str]]:
    match fault:
        case "leak":
            return [("leak_over", URGENT)] if _is_over(said) else [*_leak(said)]
        case "pipe":
            is_dry = said[Question.SMELL] == said[Question.HISS] == Answer.NO
            return [("pipe_without_gas", URGENT)] if is_dry else [("pipe_open", EMERGENCY)]
        case "no_gas":
            is_one = said[Question.NEIGHBOURS] == Answer.YES
            return [("only_this_home", URGENT)] if is_one else [("supply_stopped", EMERGENCY)]
        case "low_pressure":
            return [("pressure_low", URGENT)]
    if said[Question.SMELL] == Answer.UNKNOWN and fault == APPLIANCE:
        return [("smell_not_ruled_out", URGENT)]
    return [("no_danger_named", NORMAL)]


def _leak(said: Mapping[Question, str]) -> list[tuple[str, str]]:
    found = [("leak_reported", EMERGENCY)]
    if said[Question.IGNITION] == Answer.YES:
        found.append(("fire_near", EMERGENCY))
    if said[Question.VALVE] == Answer.NO:
        found.append(("valve_open", EMERGENCY))
    if Answer.UNKNOWN in [said[question] for question in _OF_A_LEAK]:
        found.append(("not_all_known", EMERGENCY))
    return found


def _is_over(said: Mapping[Question, str]) -> bool:
    """Nothing is smelled or heard, everybody is well, no flame is near and the valve is shut: all of it said, nothing guessed."""
    calm = {Question.SMELL: "no", Question.HISS: "no", Question.PEOPLE: "no", Question.IGNITION: "no", Question.VALVE: "yes"}
    return all(said[question] == wanted for question, wanted in calm.items())


def _class(fault: str, said: Mapping[Question, str]) -> str:
    """The seeds name the classes and define none (section 15); the desk may choose another."""
    if fault in {LEAK, PIPE} and (said[Question.HISS] == Answer.YES or said[Question.PEOPLE] == Answer.YES):
        return MAJOR
    if fault == LEAK and said[Question.VALVE] == Answer.NO:
        return MAJOR
    is_shared = fault in {NO_GAS, LOW_PRESSURE} and said[Question.NEIGHBOURS] == Answer.NO
    return PIPELINE if fault == PIPE or is_shared else ORDINARY


def skill(fault: str, urgency: str) -> str:
    """What a crew must be able to do there; emergencies have crews of their own."""
    return "emergency" if urgency == EMERGENCY else _SKILLS.get(fault, "indoor")
