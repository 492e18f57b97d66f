"""Which events a promise listens to."""

import pytest

from sla import patterns


class TestParse:
    def test_a_verb_alone_is_a_pattern(self):
        assert patterns.parse("case.opened") == patterns.Pattern("case.opened")

    def test_conditions_follow_a_question_mark(self):
        found = patterns.parse("case.contacted?by=human&replies!=0")
        assert [(term.fact, term.is_negated) for term in found.terms] == [("by", False), ("replies", True)]

    @pytest.mark.parametrize("text", ["", "case", "case.opened?", "case.opened?by", "Case.opened", "case.opened?by=", "case.opened?by=a b"])
    def test_nonsense_is_refused_by_name(self, text):
        with pytest.raises(patterns.BadPattern) as refusal:
            patterns.parse(text)
        assert refusal.value.text == text


class TestMatching:
    @pytest.mark.parametrize(
        ("text", "facts", "matches"),
        [
            ("case.opened", {}, True),
            ("case.opened?urgency=emergency", {"urgency": "emergency"}, True),
            ("case.opened?urgency=emergency", {"urgency": "normal"}, False),
            ("case.opened?urgency=emergency", {}, False),
            ("case.opened?urgency=urgent|emergency", {"urgency": "urgent"}, True),
            ("case.opened?promise!=T79", {"promise": "T79"}, False),
            ("case.opened?promise!=T79", {"promise": "T15"}, True),
            ("case.opened?promise!=T79", {}, True),
            ("case.opened?replies=1", {"replies": 1}, True),
            ("case.opened?replies=1", {"replies": True}, True),
            ("case.opened?replies=1", {"replies": "1"}, True),
            ("case.opened?hall=None", {"hall": None}, True),
            ("case.opened?a=1&b=2", {"a": 1, "b": 2}, True),
            ("case.opened?a=1&b=2", {"a": 1, "b": 3}, False),
            ("case.escalated?rung=100%", {"rung": "100%"}, True),
        ],
    )
    def test_every_condition_must_hold(self, text, facts, matches):
        verb = patterns.parse(text).verb
        assert patterns.match([patterns.parse(text)], verb, facts) is matches

    def test_another_verb_never_matches(self):
        assert not patterns.parse("case.opened").matches("case.closed", {})

    def test_one_of_several_is_enough(self):
        several = [patterns.parse("case.answered"), patterns.parse("case.resolved")]
        assert patterns.match(several, "case.resolved", {})
