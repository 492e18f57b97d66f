"""Who may do what: the whole table, held against what the city's staff were promised."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import permissions, queries
from accounts.models import Binding
from accounts.permissions import Forbidden, MissingVerb, NotYourAccount
from accounts.roles import Role, Verb
from tests.factories import accounts as people
from tests.signing_in import sign_in

EVERYBODY = set(Role)
COUNTERS = {Role.CLERK, Role.HALL_HEAD, Role.BRANCH_MANAGER}
HEADS = {Role.HALL_HEAD, Role.BRANCH_MANAGER}
WATCHERS = {Role.SUPERVISOR, Role.BRANCH_MANAGER, Role.HEAD_OFFICE}
ROUTERS = {Role.DISPATCHER, Role.APPLICATION_ROUTER, Role.COMPLAINT_ROUTER, Role.RECEPTION_SPECIALIST}
#: Read from the requirements and not from accounts.roles: verb -> everybody who may.
WHO_MAY = {
    Verb.SEE_GALLERY: EVERYBODY,
    Verb.SEE_PROMISES: EVERYBODY,
    Verb.TAKE_APPLICATIONS: EVERYBODY,
    Verb.FIND_ACCOUNTS: EVERYBODY,
    Verb.HANDLE_CASES: EVERYBODY - {Role.FINANCE, Role.ADMINISTRATOR},
    Verb.ANSWER_CALLS: {Role.HOTLINE_AGENT, Role.SUPERVISOR},
    Verb.ASSIGN_CASES: ROUTERS | HEADS | {Role.SUPERVISOR},
    Verb.ROUTE_APPEALS: {
        *(Role.APPLICATION_ROUTER, Role.RECEPTION_SPECIALIST, Role.SUPERVISOR, Role.BRANCH_MANAGER, Role.ADMINISTRATOR),
    },
    Verb.SELL_GAS: COUNTERS,
    Verb.ISSUE_CARDS: COUNTERS,
    Verb.REQUEST_REVERSAL: COUNTERS,
    Verb.EDIT_CUSTOMERS: COUNTERS,
    Verb.KEEP_REGISTER: HEADS | {Role.SUPERVISOR},
    Verb.APPROVE_REVERSAL: HEADS | {Role.FINANCE},
    Verb.APPROVE_LARGE_REVERSAL: {Role.BRANCH_MANAGER, Role.FINANCE},
    Verb.COUNTERSIGN_SHIFT: HEADS | {Role.FINANCE},
    Verb.APPROVE_ALLOWANCES: HEADS | {Role.FINANCE},
    Verb.CLOSE_HALL_DAY: HEADS,
    Verb.FREEZE_ACCOUNTS: HEADS,
    Verb.EDIT_ROSTER: HEADS | {Role.ADMINISTRATOR},
    Verb.REVEAL_PERSONAL_DATA: HEADS | {Role.SUPERVISOR},
    Verb.ERASE_PERSONAL_DATA: {Role.SUPERVISOR, Role.BRANCH_MANAGER},
    Verb.APPROVE_EXTENSIONS: WATCHERS | HEADS,
    Verb.EXEMPT_COMPENSATION: {Role.BRANCH_MANAGER, Role.HEAD_OFFICE},
    Verb.SEE_BOARD: WATCHERS | HEADS,
    Verb.SEE_OPERATION: WATCHERS | {Role.ADMINISTRATOR},
    Verb.SEE_LEDGER: {Role.FINANCE, Role.BRANCH_MANAGER, Role.HEAD_OFFICE},
    Verb.EDIT_TARIFFS: {Role.FINANCE, Role.ADMINISTRATOR},
    Verb.CORRECT_SCORES: {Role.BRANCH_MANAGER, Role.HEAD_OFFICE},
    Verb.EDIT_PROMISES: {Role.BRANCH_MANAGER, Role.ADMINISTRATOR},
    Verb.EDIT_CONNECTION_PLANS: {Role.BRANCH_MANAGER, Role.ADMINISTRATOR},
    Verb.WRITE_LETTERS: {Role.BRANCH_MANAGER, Role.ADMINISTRATOR},
    Verb.ANNOUNCE: {Role.HOTLINE_AGENT, Role.MARKETING, Role.SUPERVISOR, Role.BRANCH_MANAGER},
    Verb.APPROVE_ANNOUNCEMENTS: {Role.SUPERVISOR, Role.BRANCH_MANAGER},
    Verb.WRITE_KNOWLEDGE: EVERYBODY,
    Verb.PUBLISH_KNOWLEDGE: HEADS | {Role.SUPERVISOR, Role.RECEPTION_SPECIALIST, Role.ADMINISTRATOR},
    Verb.PUBLISH_ANSWERS: HEADS | {Role.SUPERVISOR, Role.RECEPTION_SPECIALIST, Role.COMPLAINT_ROUTER},
    Verb.IMPORT_ACCOUNTS: {Role.ADMINISTRATOR},
    Verb.MANAGE_STAFF: {Role.ADMINISTRATOR},
    Verb.MANAGE_WEBHOOKS: {Role.ADMINISTRATOR},
    Verb.MANAGE_DEVICES: HEADS | {Role.ADMINISTRATOR},
    Verb.RECONCILE: {Role.FINANCE},
    Verb.APPROVE_WRITE_OFFS: {Role.BRANCH_MANAGER, Role.HEAD_OFFICE},
    Verb.TAKE_READINGS: EVERYBODY - {Role.FINANCE, Role.ADMINISTRATOR},
    Verb.DISPATCH: {Role.DISPATCHER, Role.SUPERVISOR},
    Verb.PLAN_CREWS: {Role.DISPATCHER, Role.SUPERVISOR},
    Verb.VISIT: {Role.CREW, Role.INSPECTOR, Role.INSTALLER, Role.SERVICE_OPERATOR, Role.STEWARD},
    Verb.INSPECT_WORKS: {Role.INSPECTOR, Role.ENGINEER, Role.SUPERVISOR, Role.BRANCH_MANAGER},
    Verb.LET_GAS_IN: {Role.INSPECTOR, Role.ENGINEER, Role.SUPERVISOR, Role.BRANCH_MANAGER},
    Verb.PLAN_OUTAGES: {Role.DISPATCHER, Role.SUPERVISOR, Role.ENGINEER, Role.BRANCH_MANAGER},
    Verb.APPROVE_OUTAGES: {Role.SUPERVISOR, Role.BRANCH_MANAGER},
}
TRUTH = {role: {verb for verb, roles in WHO_MAY.items() if role in roles} for role in Role}


def test_every_verb_stands_in_the_table():
    assert set(WHO_MAY) == set(Verb)


@pytest.mark.parametrize("role", Role)
def test_a_role_holds_exactly_its_verbs(role, now, db):
    user = people.StaffFactory(roles=[role]).user
    assert permissions.verbs_of(user, now) == TRUTH[role]


@pytest.mark.parametrize("role", Role)
def test_a_check_agrees_with_the_table(role, now, db):
    user = people.StaffFactory(roles=[role]).user
    asked = {verb: permissions.may(permissions.check_verb, user, verb, at=now) for verb in Verb}
    assert {verb for verb in Verb if asked[verb].yes} == TRUTH[role]
    assert {verb for verb in Verb if not asked[verb].why} == TRUTH[role]


class TestVerbsOf:
    def test_two_roles_add_up(self, now, db):
        user = people.StaffFactory(roles=[Role.CLERK, Role.FINANCE]).user
        assert permissions.verbs_of(user, now) == TRUTH[Role.CLERK] | TRUTH[Role.FINANCE]

    @pytest.mark.parametrize(
        ("since", "until", "holds"), [(-2, None, True), (0, None, True), (1, None, False), (-2, 0, False), (-2, 1, True)]
    )
    def test_a_grant_counts_from_its_first_moment_until_before_its_last(self, now, db, since, until, holds):
        staff = people.StaffFactory()
        staff.grants.all().delete()
        end = now + timedelta(days=until) if until is not None else None
        people.RoleGrantFactory(staff=staff, since=now + timedelta(days=since), until=end)
        assert (Verb.SELL_GAS in permissions.verbs_of(staff.user, now)) == holds

    def test_somebody_who_left_may_nothing(self, fang, now):
        fang.left_at = now
        fang.save(update_fields=["left_at"])
        assert not permissions.verbs_of(fang.user, now)

    def test_a_closed_sign_in_may_nothing(self, fang, now):
        fang.user.is_active = False
        assert not permissions.verbs_of(fang.user, now)

    def test_customers_and_strangers_may_nothing(self, olive, now):
        assert not permissions.verbs_of(olive, now)
        assert not permissions.verbs_of(AnonymousUser(), now)

    def test_a_deputy_gets_no_role_by_standing_in(self, fang, mei, now):
        people.AbsenceFactory(staff=fang, deputy=mei, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1))
        assert Verb.SELL_GAS not in permissions.verbs_of(mei.user, now)


class TestGrantsAtHand:
    """Read once for a request; each question is still answered for its own moment, and the next request reads again."""

    def test_answer_many_questions_with_one_query(self, fang, now, django_assert_num_queries):
        with django_assert_num_queries(1):
            queries.keep_grants_at_hand(fang.user)
            assert {Verb.SELL_GAS in permissions.verbs_of(fang.user, now) for _ in range(3)} == {True}

    def test_know_the_moment_a_role_ends(self, fang, now):
        fang.grants.update(until=now)
        queries.keep_grants_at_hand(fang.user)
        assert permissions.verbs_of(fang.user, now - timedelta(seconds=1))
        assert not permissions.verbs_of(fang.user, now)

    def test_are_read_again_by_the_next_request(self, client, fang, now):
        sign_in(client, fang)
        assert client.get("/counter/").status_code == 200
        fang.grants.all().delete()
        assert client.get("/counter/").status_code == 403

    def test_are_nothing_for_a_customer(self, olive, now, django_assert_num_queries):
        with django_assert_num_queries(0):
            queries.keep_grants_at_hand(olive)
        assert not permissions.verbs_of(olive, now)


class TestSeeingAccounts:
    def seen(self, user, account, at):
        allowed = bool(permissions.may(permissions.check_may_see_account, user, account, at=at))
        assert allowed == (account in permissions.visible_accounts(user, at))  # list and single page agree
        return allowed

    def test_staff_see_all(self, fang, account, neighbour, now):
        assert self.seen(fang.user, account, now)
        assert self.seen(fang.user, neighbour, now)

    def test_a_customer_sees_the_bound_one_alone(self, olive, account, neighbour, now):
        assert self.seen(olive, account, now)
        assert not self.seen(olive, neighbour, now)

    def test_unbinding_ends_it(self, olive, account, now):
        Binding.objects.update(unbound_at=now)
        assert not self.seen(olive, account, now)

    def test_strangers_and_closed_sign_ins_see_none(self, olive, account, now):
        olive.is_active = False
        assert not self.seen(olive, account, now)
        assert not self.seen(AnonymousUser(), account, now)

    def test_the_refusal_does_not_say_whether_the_account_exists(self, olive, neighbour, now):
        with pytest.raises(NotYourAccount, match="among yours"):
            permissions.check_may_see_account(olive, neighbour, at=now)

    @pytest.mark.parametrize(("role", "yes"), [("holder", True), ("family", True), ("payer", False)])
    def test_a_payer_does_not_see_the_household(self, account, now, role, yes):
        user = people.BindingFactory(account=account, role=role).user
        assert bool(permissions.may(permissions.check_may_see_household, user, account, at=now)) == yes


class TestMay:
    def test_it_lets_other_faults_through(self, fang):
        def broken():
            raise LookupError

        with pytest.raises(LookupError):
            permissions.may(broken)

    def test_a_missing_verb_is_a_refusal_with_a_sentence(self, fang, now):
        with pytest.raises(Forbidden, match="Your role"):
            permissions.check_verb(fang.user, Verb.MANAGE_STAFF, at=now)
        assert issubclass(MissingVerb, Forbidden)


class TestCurrentStaff:
    def test_it_finds_the_person_with_the_hall(self, fang, hall, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert queries.current_staff(fang.user).hall == hall

    def test_customers_and_those_who_left_are_not_staff(self, olive, fang, now):
        fang.left_at = now
        fang.save(update_fields=["left_at"])
        for user in (olive, fang.user):
            with pytest.raises(queries.NotStaff):
                queries.current_staff(user)
