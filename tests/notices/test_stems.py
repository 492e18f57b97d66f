"""Words and their forms: what the search of the knowledge base is made of."""

import pytest

from notices.stems import asking, english, keyboards, russian, scripts, slips, terms, weights


class TestStem:
    @pytest.mark.parametrize(
        "words",
        [
            ("connect", "connects", "connected", "connecting", "connection", "connections"),
            ("meter", "meters"),
            ("battery", "batteries"),
            ("leak", "leaks", "leaking", "leaked"),
            ("hop", "hopping"),
        ],
    )
    def test_is_the_same_for_every_form_of_an_english_word(self, words):
        assert len({english.stem(word) for word in words}) == 1

    @pytest.mark.parametrize(
        "words",
        [
            ("счетчик", "счетчика", "счетчику", "счетчиком", "счетчики", "счетчиков", "счетчиками"),
            ("показание", "показания", "показаний", "показаниями"),
            ("утечка", "утечку", "утечки", "утечкой"),
            ("газовый", "газовая", "газовую", "газовыми"),
            ("потерял", "потеряла", "потерять", "потеряна"),
        ],
    )
    def test_is_the_same_for_every_form_of_a_russian_word(self, words):
        assert len({russian.stem(word) for word in words}) == 1

    def test_tells_different_words_apart(self):
        assert len({russian.stem(word) for word in ("карта", "кран", "газ", "счет")}) == 4
        assert len({english.stem(word) for word in ("card", "bill", "meter", "hose")}) == 4


class TestTerms:
    def test_of_chinese_are_pairs_and_single_marks_without_the_empty_words(self):
        assert list(terms.terms("我的燃气卡怎么办")) == ["燃气", "气卡", "燃", "气", "卡"]

    def test_take_full_width_letters_capitals_and_accents_for_plain_ones(self):
        assert list(terms.terms("ＣＡＲＤ Счётчик café")) == [*terms.terms("card счетчик cafe")]

    def test_keep_an_apostrophe_inside_its_word(self):
        assert list(terms.terms("don't")) == []

    def test_know_the_family_of_a_word_by_its_beginning(self):
        assert {terms.root(russian.stem(word)) for word in ("подключить", "подключение", "подключаете")} == {"^подкл"}

    def test_are_nothing_where_nothing_is_said(self):
        assert list(terms.terms("!!! … 的 the и")) == []


class TestSlips:
    @pytest.mark.parametrize(
        ("meant", "typed"),
        [("batteri", "bateri"), ("счетчик", "счечтик"), ("карт", "карат"), ("пополн", "паполн"), ("recharg", "rechrage")],
    )
    def test_a_mistyped_word_is_found_under_what_the_right_one_is_kept(self, meant, typed):
        assert slips.without_a_letter(meant) & slips.looked_for(typed)
        assert slips.distance(meant, typed) <= slips.allowed(typed)

    def test_short_words_are_not_guessed_at(self):
        assert slips.without_a_letter("газ") == set()
        assert slips.allowed("газ") == 0

    @pytest.mark.parametrize(("one", "other", "far"), [("", "", 0), ("abc", "", 3), ("ab", "ba", 1), ("abcd", "abxd", 1), ("ab", "xy", 2)])
    def test_the_distance_counts_letters_and_swaps(self, one, other, far):
        assert slips.distance(one, other) == slips.distance(other, one) == far


class TestNeeds:
    def test_hold_the_words_of_one_meaning(self):
        known = asking.synonyms(["recharge, fill again", "card, chip"])
        found = {need.word: need.instead for need in asking.needs("recharge my card", known)}
        assert found["card"]["chip"] == asking.SYNONYM
        assert 0 < found["recharg"]["fill"] < asking.SYNONYM

    def test_find_a_phrase_of_two_words_by_its_one_word_name(self):
        known = asking.synonyms(["recharge, top up"])
        assert "recharg" in asking.needs("how do I top up", known)[0].instead

    def test_are_no_more_than_anybody_means(self):
        assert len(asking.needs(" ".join(f"word{n}" for n in range(500)), {})) == asking.MOST


class TestWeights:
    def test_the_title_says_more_than_the_body(self):
        weighed = weights.weigh("Card", "", "bring the meter")
        assert weighed["card"] > weighed["meter"]

    def test_a_word_that_everybody_has_says_next_to_nothing(self):
        assert weights.rarity(1, 1000) > 10 * weights.rarity(990, 1000) > 0


@pytest.mark.parametrize(
    ("text", "language", "languages"),
    [("漏气", "en", ["zh-hans"]), ("газ", "en", ["ru"]), ("gas", "ru", ["en", "ru"]), ("gas", "en", ["en"]), ("123", "ru", ["ru"])],
)
def test_letters_tell_the_language(text, language, languages):
    assert scripts.languages_of(text, language) == languages


def test_the_wrong_keyboard_is_read_as_the_right_one():
    assert keyboards.as_typed_on("cxtnxbr", "ru") == ["счетчик"]
    assert keyboards.as_typed_on("счётчик", "ru") == []
    assert keyboards.as_typed_on("сфкв", "en") == ["card"]
