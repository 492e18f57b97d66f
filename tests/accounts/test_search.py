"""One box finds it all, however it was typed."""

import pytest

from accounts import models, operations, queries
from accounts.pinyin import sounds
from accounts.searching import fold, piece, searchable
from tests.factories import accounts as people


@pytest.fixture
def wang(db, now, hall):
    """王小明 at 开元名都, with a card and a phone."""
    card = people.GasCardFactory(number="3713249876", account__customer__name="王小明")
    people.PhoneFactory(customer=card.account.customer, number="+8613800138765")
    operations.reindex_account(card.account)
    return card.account


@pytest.fixture
def ivanova(db, neighbour):
    operations.reindex_account(neighbour)
    return neighbour


def found(text, **limit):
    return queries.search_accounts(text, **limit)


class TestExact:
    @pytest.mark.parametrize("text", ["3713249876", " 3713249876 ", "３７１３２４９８７６", "3713-249-876"])
    def test_a_card_number(self, wang, ivanova, text):
        assert found(text) == [wang]

    def test_an_account_number(self, wang, ivanova):
        assert found(wang.number) == [wang]

    @pytest.mark.parametrize(
        "text", ["13800138765", "138 0013 8765", "+86 138 0013 8765", "+8613800138765", "１３８００１３８７６５", "138-0013-8765"]
    )
    def test_a_phone(self, wang, ivanova, text):
        assert found(text) == [wang]

    def test_it_answers_in_two_queries(self, wang, django_assert_num_queries):
        with django_assert_num_queries(2):
            account = found("13800138765")[0]
            assert f"{account.customer.name} {account.premises.address}" in f"王小明 {wang.premises.address}"


class TestContaining:
    def test_two_chinese_characters(self, wang, ivanova):
        assert found("小明") == [wang]

    @pytest.mark.parametrize("text", ["王", "王小", "小明", "明", "兰陵", "名都", "王小 名都"])
    def test_one_or_two_ideographs_anywhere(self, wang, ivanova, text):
        assert wang in found(text)

    @pytest.mark.parametrize("text", ["王明", "明王", "明山"])
    def test_two_that_do_not_stand_together_do_not_fit(self, wang, text):
        assert found(text) == []

    @pytest.mark.parametrize("text", ["иванова", "ИВАНОВА", "анна иванова", "Иванова  Анна"])
    def test_russian_in_any_case_and_order(self, wang, ivanova, text):
        assert found(text) == [ivanova]

    def test_e_finds_yo_and_back(self, ivanova):
        operations.change_customer(customer=ivanova.customer, changes={"name": "Артёмова"}, by=people.UserFactory(), at=ivanova.opened_at)
        assert found("артемова") == found("артёмова") == [ivanova]

    @pytest.mark.parametrize(("name", "typed"), [("𠮷野", "𠮷"), ("㛃", "㛃"), ("René Müller", "rene muller"), ("ＡＢＣ公司", "abc公司")])
    def test_rare_characters(self, wang, name, typed):
        operations.change_customer(customer=wang.customer, changes={"name": name}, by=people.UserFactory(), at=wang.opened_at)
        assert found(typed) == [wang]

    def test_the_end_of_a_phone(self, wang, ivanova):
        assert found("8765") == [wang]

    def test_words_must_all_fit(self, wang, ivanova):
        assert found("小明 别处") == []

    def test_percent_and_underscore_are_only_themselves(self, wang):
        assert found("%") == []
        assert found("王_明") == []

    @pytest.mark.parametrize("text", ["", "   ", "\u3000", "-", "()", "+", "%"])
    def test_nothing_typed_finds_nothing(self, wang, text):
        assert found(text) == []

    def test_living_accounts_come_before_closed_ones(self, wang, ivanova, now):
        closed, living = sorted([wang, ivanova], key=lambda account: account.number)
        operations.close_account(account=closed, by=people.UserFactory(), at=now)
        assert found("兰陵县") == [living, closed]

    def test_no_more_than_asked_for(self, wang, ivanova):
        assert len(found("兰陵县", limit=1)) == 1

    def test_at_most_three_queries(self, wang, django_assert_max_num_queries):
        with django_assert_max_num_queries(3):
            found("8765")


class TestFold:
    def test_both_sides_come_out_alike(self):
        assert fold("  УЛ. Газовая\u3000１２ ") == fold("ул. газовая 12")


class TestSearchable:
    def test_every_two_neighbouring_ideographs_become_a_word(self):
        assert searchable(["17", "王小明", "1号楼"]) == " 17 王小明 1号楼 王小 小明 明 号楼 楼"

    def test_text_without_ideographs_is_only_folded(self):
        assert searchable(["Иванова", "ул. Мира 5"]) == " иванова ул. мира 5"

    @pytest.mark.parametrize(("word", "stands"), [("王", " 王"), ("𠮷野", " 𠮷野"), ("王小明", "王小明"), ("ли", "ли"), ("50", "50")])
    def test_short_chinese_is_looked_for_where_a_word_begins(self, word, stands):
        assert piece(word) == stands


class TestReindex:
    def test_a_new_name_is_found_and_the_old_is_not(self, wang):
        operations.change_customer(customer=wang.customer, changes={"name": "赵敏"}, by=people.UserFactory(), at=wang.opened_at)
        assert found("赵敏") == [wang]
        assert found("小明") == []

    def test_a_removed_phone_is_no_longer_found(self, wang):
        phone = wang.customer.phones.get()
        operations.remove_phone(phone=phone, by=people.UserFactory(), at=wang.opened_at)
        assert found("13800138765") == []

    def test_many_at_once(self, wang, ivanova):
        models.Account.objects.update(search="")
        accounts = models.Account.objects.select_related("customer", "premises").prefetch_related("customer__phones", "cards")
        assert operations.reindex_accounts(accounts) == 2
        assert found("小明") == [wang]


class TestPinyin:
    @pytest.mark.parametrize("text", ["wangxiaoming", "Wang Xiaoming", "xiaoming", "wáng", "wxm", "WXM", "wxm 名都"])
    def test_a_chinese_name_is_found_by_how_it_sounds(self, wang, ivanova, text):
        assert found(text) == [wang]

    def test_initials_stand_for_a_whole_name(self, wang):
        assert found("xm") == []

    @pytest.mark.parametrize(
        ("name", "typed"),
        [
            ("单雄信", "shanxiongxin"),
            ("单雄信", "dxx"),
            ("吕布", "lvbu"),
            ("吕布", "lyubu"),
            ("吕布", "lübu"),
            ("欧阳修", "oyx"),
            ("曾国", "zeng"),
        ],
    )
    def test_every_reading_and_every_way_to_type_it(self, name, typed):
        assert fold(typed) in searchable(sounds(name))

    def test_a_firm_is_read_in_one_way(self):
        assert sounds("山东鸿奥燃气有限公司") == ["shandonghongaoranqiyouxiangongsi", "sdharqyxgs"]

    @pytest.mark.parametrize("name", ["Иванова", "Olive", "", "𠮷"])
    def test_what_is_not_chinese_or_has_no_known_sound_adds_nothing(self, name):
        assert sounds(name) == []

    def test_a_changed_name_is_found_by_its_new_sound(self, wang, ada, now):
        operations.change_customer(customer=wang.customer, changes={"name": "李娜"}, by=ada.user, at=now)
        assert (found("ln"), found("wxm")) == ([wang], [])

    def test_what_was_there_before_is_written_anew(self, wang, ivanova):
        models.Account.objects.update(search=" 王小明")
        batches = []
        assert operations.rebuild_search(step=batches.append) == models.Account.objects.count() == sum(batches)
        assert found("wxm") == [wang]
