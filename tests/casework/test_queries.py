"""Lists, the search box, and the journal in plain words."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import translation

import casework.operations
from accounts.roles import Role
from casework import permissions, queries
from casework.models import Case, Timeline
from casework.operations import NewContact, Target
from casework.presenters import presenters
from tests.casework.conftest import PNG
from tests.factories.accounts import AbsenceFactory, BindingFactory, StaffFactory

pytestmark = pytest.mark.django_db


def listed(name, staff, at):
    return list(queries.worklist(name, staff, at=at))


class TestWorklist:
    def test_what_is_due_first_stands_first_and_what_promises_nothing_last(self, opened, fang, now):
        late, soon, never = (opened(by=fang.user) for _ in range(3))
        for case, minutes in ((late, -5), (soon, 5)):
            Timeline.objects.filter(pk=case.timeline_id).update(next_due_at=now + timedelta(minutes=minutes))
        assert listed("mine", fang, now) == [late, soon, never]

    def test_within_an_hour_emergencies_come_first_then_vips_and_an_hour_before_all(self, opened, fang, now):
        cases = [opened(by=fang.user, **told) for told in ({}, {"segment": "vip"}, {"urgency": "emergency"}, {})]
        for case, minutes in zip(cases, (10, 40, 50, -20), strict=True):
            Timeline.objects.filter(pk=case.timeline_id).update(next_due_at=now + timedelta(minutes=minutes))
        ordinary, vip, leak, late = cases
        assert listed("mine", fang, now) == [late, leak, vip, ordinary]

    def test_mine_is_what_i_have_in_hand_and_not_over(self, opened, fang, qiang, now):
        mine, over, _theirs = opened(by=fang.user), opened(by=fang.user), opened(by=qiang.user)
        casework.operations.cancel_case(case=over, reason="no", by=fang.user, at=now)
        assert listed("mine", fang, now) == [mine]

    def test_my_hall_s_and_nobody_s(self, opened, fang, olive, hall, now):
        mine, nobodys, lost, elsewhere = opened(by=fang.user), opened(hall=hall), opened(), opened(by=StaffFactory(number="501").user)
        assert listed("hall", fang, now) == [mine, nobodys]
        assert listed("unassigned", fang, now) == [nobodys, lost]
        assert listed("all", fang, now) == [mine, nobodys, lost, elsewhere]

    def test_who_belongs_to_no_hall_sees_all_that_nobody_has(self, opened, hall, now):
        roamer = StaffFactory(number="502", hall=None, roles=[Role.DISPATCHER])
        case = opened(hall=hall)
        assert (listed("hall", roamer, now), listed("unassigned", roamer, now)) == ([], [case])

    @pytest.mark.parametrize("to", ["staff", "hall", "role", "absent"])
    def test_what_i_am_asked_to_take(self, opened, fang, to, now):
        case, other = opened(by=fang.user), StaffFactory(number="503", roles=[Role.ENGINEER])
        away = AbsenceFactory(
            staff=StaffFactory(number="504"), deputy=other, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1)
        )
        asked = {"staff": {"staff": other}, "hall": {"hall": other.hall}, "role": {"role": Role.ENGINEER}, "absent": {"staff": away.staff}}
        casework.operations.transfer(case=case, to=Target(**asked[to]), by=fang.user, at=now)
        assert listed("offered", other, now) == [case]
        assert listed("offered", fang, now) == []
        assert queries.list_counts(other, at=now) == {"offered": 1, "mine": 0, "by_name": 0, "hall": 0, "unassigned": 0}

    def test_a_page_of_it_costs_the_same_however_long(self, opened, fang, account, now, django_assert_max_num_queries):
        for _ in range(5):
            opened(by=fang.user, account=account)
        with django_assert_max_num_queries(2):
            assert [(case.owner.name, case.hall.name, case.account.customer.name, case.offers) for case in listed("mine", fang, now)]


class TestSearch:
    @pytest.fixture
    def case(self, opened, fang):
        return opened(by=fang.user, contact_name="Иванов Пётр", contact_phone="+8613912345678", subject="Чайник не греет")

    @pytest.mark.parametrize("text", ["Иванов", "петр иванов", "139 1234 5678", "+86 139 1234 5678", "чайник"])
    def test_a_case_is_found_by_what_is_known(self, case, text):
        assert queries.search_cases(text, Case.objects.all()) == [case]

    def test_by_its_reference_however_typed(self, case):
        assert queries.search_cases(f" {case.reference[:3].lower()}-{case.reference[3:]}", Case.objects.all()) == [case]

    def test_by_its_account_in_any_way_an_account_is_found(self, opened, account):
        case = opened(account=account)
        for text in (account.number, "李娜", account.premises.address):
            assert queries.search_cases(text, Case.objects.all()) == [case]

    @pytest.mark.parametrize("text", ["", "  ", "?!", "G4K7QX2M"])
    def test_nothing_fits_nothing(self, case, text):
        assert queries.search_cases(text, Case.objects.all()) == []

    def test_only_among_what_the_reader_may_see(self, case, mei, now):
        assert queries.search_cases("Иванов", permissions.visible_cases(mei.user, now)) == []


class TestHowANameSounds:
    def test_a_passer_by_is_found_by_pinyin_and_initials(self, opened):
        case = opened(contact_name="赵敏")
        for text in ("zhaomin", "zm"):
            assert queries.search_cases(text, Case.objects.all()) == [case]

    def test_all_are_written_anew_but_what_is_erased(self, opened, now, capsys):
        case, erased = opened(contact_name="赵敏"), opened(contact_name="钱多")
        Case.objects.update(search="")
        Case.objects.filter(pk=erased.pk).update(closed_at=now, erased_at=now)
        call_command("rebuild_search")
        assert queries.search_cases("zhaomin", Case.objects.all()) == [case]
        assert Case.objects.get(pk=erased.pk).search == ""
        assert "cases 1." in capsys.readouterr().out


class TestVisibleCases:
    def test_a_household_s_and_ones_own(self, opened, olive, account, neighbour, now):
        home, own, _other = opened(account=account), opened(asker=olive), opened(account=neighbour)
        assert set(permissions.visible_cases(olive, now)) == {home, own}

    def test_who_only_pays_sees_what_they_opened_themselves(self, opened, account, now):
        payer = BindingFactory(account=account, role="payer").user
        opened(account=account)
        own = opened(account=account, asker=payer)
        assert list(permissions.visible_cases(payer, now)) == [own]

    def test_a_binding_that_ended_shows_nothing(self, opened, olive, account, now):
        opened(account=account)
        olive.bindings.update(unbound_at=now)
        assert not permissions.visible_cases(olive, now)


@pytest.fixture
def full_life(asked, fang, qiang, olive, account, now):
    """Almost everything that can happen to a case."""
    request = asked(by=fang.user, account=account)
    case, by = request.case, {"by": fang.user, "at": now}
    casework.operations.change_case(case=case, urgency="urgent", **by)
    casework.operations.record_contact(case=case, contact=NewContact(means="note", direction="inside", content="ask Wei"), **by)
    casework.operations.record_contact(
        case=case, contact=NewContact(means="call", direction="out", content="secret", is_reached=False), **by
    )
    casework.operations.attach(case=case, file=ContentFile(PNG, name="a.png"), **by)
    casework.operations.transfer(case=case, to=Target(hall=fang.hall), **by)
    casework.operations.take_back(case=case, **by)
    casework.operations.transfer(case=case, to=Target(staff=qiang), **by)
    casework.operations.decline(case=case, reason="no", by=qiang.user, at=now)
    casework.operations.ask_customer(case=case, question="Which meter?", means="cabinet", **by)
    said = NewContact(means="cabinet", direction="in", content="The one in the kitchen")
    casework.operations.record_contact(case=case, contact=said, by=olive, at=now)
    casework.operations.split_request(case=case, topic="bill", text="And my bill?", **by)
    casework.operations.answer_request(request=request, text="Done.", means="cabinet", **by)
    casework.operations.move_case(case=case, verb="close", **by)
    casework.operations.reopen_case(case=case, why="not done", **by)
    return case


class TestStory:
    @pytest.mark.parametrize("language", ["en", "zh-hans", "ru"])
    def test_every_event_of_a_case_has_words(self, full_life, language):
        told = {event.verb for event in full_life.timeline.events.all() if event.verb.startswith("case.")}
        with translation.override(language):
            lines = queries.story_for_staff(full_life)
        assert told - {"case.resolved"} <= set(presenters())
        assert len(lines) == sum(event.verb in presenters() for event in full_life.timeline.events.all())
        assert all(line.text and "%(" not in line.text for line in lines)

    def test_staff_read_who_did_what(self, full_life, fang, qiang):
        lines = {line.text: line for line in queries.story_for_staff(full_life)}
        assert lines[f"{qiang} was asked to take it"].by == str(fang)
        assert lines["Note among ourselves"].note == "not done"  # the last one
        assert "Phone call, to the customer: nobody was reached" in lines

    def test_customers_read_their_words_and_no_names(self, full_life):
        lines = queries.story_for_customer(full_life)
        said = " ".join(f"{line.text} {line.note} {line.by}" for line in lines)
        assert "The one in the kitchen" in said
        assert "Which meter?" in said
        for ours in ("secret", "ask Wei", "王芳", "刘强", "017"):
            assert ours not in said

    def test_it_costs_the_same_however_long(self, full_life, django_assert_max_num_queries):
        with django_assert_max_num_queries(5):
            queries.story_for_staff(full_life)
