"""Who may do what: verbs as an enum, the seeds' roles as choices, and one table between them.

Roles are those of requirements.md section 1; a role that has no room yet holds only what every staff member may.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(StrEnum):
    """Something a staff member may be allowed to do."""

    FIND_ACCOUNTS = "find_accounts"
    EDIT_CUSTOMERS = "edit_customers"
    KEEP_REGISTER = "keep_register"
    REVEAL_PERSONAL_DATA = "reveal_personal_data"
    FREEZE_ACCOUNTS = "freeze_accounts"
    IMPORT_ACCOUNTS = "import_accounts"
    SELL_GAS = "sell_gas"
    ISSUE_CARDS = "issue_cards"
    REQUEST_REVERSAL = "request_reversal"
    APPROVE_REVERSAL = "approve_reversal"
    APPROVE_LARGE_REVERSAL = "approve_large_reversal"
    COUNTERSIGN_SHIFT = "countersign_shift"
    CLOSE_HALL_DAY = "close_hall_day"
    SEE_LEDGER = "see_ledger"
    EDIT_TARIFFS = "edit_tariffs"
    MANAGE_DEVICES = "manage_devices"
    RECONCILE = "reconcile"
    APPROVE_WRITE_OFFS = "approve_write_offs"
    TAKE_READINGS = "take_readings"
    APPROVE_ALLOWANCES = "approve_allowances"
    EDIT_ROSTER = "edit_roster"
    MANAGE_STAFF = "manage_staff"
    HANDLE_CASES = "handle_cases"
    ANSWER_CALLS = "answer_calls"
    TAKE_APPLICATIONS = "take_applications"
    ASSIGN_CASES = "assign_cases"
    ROUTE_APPEALS = "route_appeals"
    APPROVE_EXTENSIONS = "approve_extensions"
    EXEMPT_COMPENSATION = "exempt_compensation"
    ERASE_PERSONAL_DATA = "erase_personal_data"
    SEE_OPERATION = "see_operation"
    MANAGE_WEBHOOKS = "manage_webhooks"
    WRITE_LETTERS = "write_letters"
    ANNOUNCE = "announce"
    APPROVE_ANNOUNCEMENTS = "approve_announcements"
    WRITE_KNOWLEDGE = "write_knowledge"
    PUBLISH_KNOWLEDGE = "publish_knowledge"
    PUBLISH_ANSWERS = "publish_answers"
    SEE_BOARD = "see_board"
    SEE_PROMISES = "see_promises"
    CORRECT_SCORES = "correct_scores"
    EDIT_PROMISES = "edit_promises"
    EDIT_CONNECTION_PLANS = "edit_connection_plans"
    DISPATCH = "dispatch"
    VISIT = "visit"
    PLAN_CREWS = "plan_crews"
    PLAN_OUTAGES = "plan_outages"
    APPROVE_OUTAGES = "approve_outages"
    INSPECT_WORKS = "inspect_works"
    LET_GAS_IN = "let_gas_in"
    SEE_GALLERY = "see_gallery"


class Role(models.TextChoices):
    """What somebody works as."""

    CLERK = "clerk", _("clerk at the counter")
    HALL_HEAD = "hall_head", _("head of a hall")
    HOTLINE_AGENT = "hotline_agent", _("hotline agent")
    DISPATCHER = "dispatcher", _("dispatcher")
    CREW = "crew", _("emergency crew")
    INSPECTOR = "inspector", _("safety inspector")
    STEWARD = "steward", _("gas steward")
    KEY_ACCOUNT_MANAGER = "key_account_manager", _("key-account manager")
    RECEPTION_SPECIALIST = "reception_specialist", _("virtual reception specialist")
    DIRECTION_SPECIALIST = "direction_specialist", _("specialist by territory or function")
    APPLICATION_ROUTER = "application_router", _("specialist who routes applications")
    COMPLAINT_ROUTER = "complaint_router", _("specialist who routes complaints")
    ENGINEER = "engineer", _("engineering department")
    MARKETING = "marketing", _("marketing department")
    INSTALLER = "installer", _("installer")
    SERVICE_OPERATOR = "service_operator", _("operator of paid services")
    SUPERVISOR = "supervisor", _("supervisor")
    BRANCH_MANAGER = "branch_manager", _("branch manager")
    HEAD_OFFICE = "head_office", _("head office")
    FINANCE = "finance", _("finance department")
    ADMINISTRATOR = "administrator", _("administrator")


_EVERYBODY = frozenset({Verb.SEE_GALLERY, Verb.SEE_PROMISES, Verb.TAKE_APPLICATIONS, Verb.WRITE_KNOWLEDGE})
_LOOKING = _EVERYBODY | {Verb.FIND_ACCOUNTS}
_FRONT = _LOOKING | {Verb.HANDLE_CASES, Verb.TAKE_READINGS}
_ROUTER = _FRONT | {Verb.ASSIGN_CASES}
_OUT = _FRONT | {Verb.VISIT}
_WORKS = {Verb.INSPECT_WORKS, Verb.LET_GAS_IN}
_CLERK = _FRONT | {Verb.SELL_GAS, Verb.ISSUE_CARDS, Verb.REQUEST_REVERSAL, Verb.EDIT_CUSTOMERS}
_HEAD = _CLERK | {
    Verb.APPROVE_REVERSAL,
    Verb.COUNTERSIGN_SHIFT,
    Verb.CLOSE_HALL_DAY,
    Verb.FREEZE_ACCOUNTS,
    Verb.APPROVE_ALLOWANCES,
    Verb.EDIT_ROSTER,
    Verb.REVEAL_PERSONAL_DATA,
    Verb.KEEP_REGISTER,
    Verb.ASSIGN_CASES,
    Verb.APPROVE_EXTENSIONS,
    Verb.SEE_BOARD,
    Verb.MANAGE_DEVICES,
    Verb.PUBLISH_KNOWLEDGE,
    Verb.PUBLISH_ANSWERS,
}
_FINANCE = _LOOKING | {
    Verb.RECONCILE,
    Verb.SEE_LEDGER,
    Verb.EDIT_TARIFFS,
    Verb.APPROVE_REVERSAL,
    Verb.APPROVE_LARGE_REVERSAL,
    Verb.COUNTERSIGN_SHIFT,
    Verb.APPROVE_ALLOWANCES,
}

GRANTS: Mapping[Role, frozenset[Verb]] = {
    **dict.fromkeys(Role, _FRONT),
    Role.CLERK: _CLERK,
    Role.HOTLINE_AGENT: _FRONT | {Verb.ANSWER_CALLS, Verb.ANNOUNCE},
    Role.MARKETING: _FRONT | {Verb.ANNOUNCE},
    Role.HALL_HEAD: _HEAD,
    Role.DISPATCHER: _ROUTER | {Verb.DISPATCH, Verb.PLAN_CREWS, Verb.PLAN_OUTAGES},
    Role.CREW: _OUT,
    Role.INSPECTOR: _OUT | _WORKS,
    Role.INSTALLER: _OUT,
    Role.SERVICE_OPERATOR: _OUT,
    Role.STEWARD: _OUT,
    Role.ENGINEER: _FRONT | _WORKS | {Verb.PLAN_OUTAGES},
    Role.APPLICATION_ROUTER: _ROUTER | {Verb.ROUTE_APPEALS},
    Role.COMPLAINT_ROUTER: _ROUTER | {Verb.PUBLISH_ANSWERS},
    Role.RECEPTION_SPECIALIST: _ROUTER | {Verb.ROUTE_APPEALS, Verb.PUBLISH_KNOWLEDGE, Verb.PUBLISH_ANSWERS},
    Role.SUPERVISOR: _ROUTER
    | _WORKS
    | {
        Verb.ANSWER_CALLS,
        Verb.ANNOUNCE,
        Verb.PUBLISH_ANSWERS,
        Verb.APPROVE_ANNOUNCEMENTS,
        Verb.PUBLISH_KNOWLEDGE,
        Verb.APPROVE_EXTENSIONS,
        Verb.REVEAL_PERSONAL_DATA,
        Verb.KEEP_REGISTER,
        Verb.ROUTE_APPEALS,
        Verb.ERASE_PERSONAL_DATA,
        Verb.SEE_OPERATION,
        Verb.SEE_BOARD,
        Verb.DISPATCH,
        Verb.PLAN_CREWS,
        Verb.PLAN_OUTAGES,
        Verb.APPROVE_OUTAGES,
    },
    Role.HEAD_OFFICE: _FRONT
    | {
        Verb.APPROVE_EXTENSIONS,
        Verb.APPROVE_WRITE_OFFS,
        Verb.EXEMPT_COMPENSATION,
        Verb.SEE_LEDGER,
        Verb.SEE_OPERATION,
        Verb.SEE_BOARD,
        Verb.CORRECT_SCORES,
    },
    Role.BRANCH_MANAGER: _HEAD
    | _WORKS
    | {
        Verb.EDIT_PROMISES,
        Verb.CORRECT_SCORES,
        Verb.EDIT_CONNECTION_PLANS,
        Verb.ROUTE_APPEALS,
        Verb.WRITE_LETTERS,
        Verb.ANNOUNCE,
        Verb.APPROVE_ANNOUNCEMENTS,
        Verb.APPROVE_LARGE_REVERSAL,
        Verb.APPROVE_WRITE_OFFS,
        Verb.EXEMPT_COMPENSATION,
        Verb.SEE_LEDGER,
        Verb.ERASE_PERSONAL_DATA,
        Verb.SEE_OPERATION,
        Verb.PLAN_OUTAGES,
        Verb.APPROVE_OUTAGES,
    },
    Role.FINANCE: _FINANCE,
    Role.ADMINISTRATOR: _LOOKING
    | {
        Verb.EDIT_PROMISES,
        Verb.PUBLISH_KNOWLEDGE,
        Verb.EDIT_CONNECTION_PLANS,
        Verb.ROUTE_APPEALS,
        Verb.WRITE_LETTERS,
        Verb.IMPORT_ACCOUNTS,
        Verb.MANAGE_STAFF,
        Verb.EDIT_ROSTER,
        Verb.SEE_OPERATION,
        Verb.EDIT_TARIFFS,
        Verb.MANAGE_DEVICES,
        Verb.MANAGE_WEBHOOKS,
    },
}
