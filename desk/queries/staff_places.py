"""The tiles of the workbench for who serves customers and goes out to them; the menu holds a few of them in the same order."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb

from .office_places import OFFICE
from .place import Chapter, Place

FRONT = (
    Chapter(
        _("At the counter"),
        (
            Place(_("Counter"), "desk:counter", Verb.SELL_GAS, "credit-card", _("Find a customer, sell gas, write the card.")),
            Place(_("Shift"), "billing:shift", Verb.SELL_GAS, "coins", _("Open your till, count it, hand it in.")),
            Place(_("Accounts"), "desk:search", Verb.FIND_ACCOUNTS, "users", _("Customers, meters, cards and their history.")),
            Place(
                _("Appointments at halls"),
                "desk:hall_day_list",
                Verb.HANDLE_CASES,
                "calendar-check",
                _("Who comes today and when; book for somebody."),
                in_menu=False,
            ),
            Place(
                _("Hours by appointment"),
                "desk:hall_plan",
                Verb.EDIT_ROSTER,
                "calendar-cog",
                _("When halls receive by appointment, what for, and gaps."),
                in_menu=False,
            ),
            Place(
                _("Charges for works"),
                "billing:charge_list",
                Verb.FIND_ACCOUNTS,
                "receipt",
                _("Connections to be paid over the counter, and money of theirs that goes back."),
                in_menu=False,
            ),
            Place(
                _("Readings"),
                "billing:reading_list",
                Verb.TAKE_READINGS,
                "ruler",
                _("Readings to be checked, months not billed."),
                in_menu=False,
            ),
            Place(
                _("Priority register"),
                "accounts:register",
                Verb.KEEP_REGISTER,
                "heart-handshake",
                _("Customers who cannot wait as others can, why and until when."),
                in_menu=False,
            ),
        ),
    ),
    Chapter(
        _("What customers ask of us"),
        (
            Place(_("Cases"), "casework:worklist", Verb.HANDLE_CASES, "inbox", _("What customers asked, and whose turn it is.")),
            Place(_("Hotline"), "desk:hotline", Verb.ANSWER_CALLS, "phone-call", _("Take calls, write them down, make orders of them.")),
            Place(
                _("Reports"),
                "repairs:waiting",
                Verb.HANDLE_CASES,
                "siren",
                _("Take a fault down; reports that wait for a look."),
                in_menu=False,
            ),
            Place(
                _("New application"),
                "connections:intake",
                Verb.TAKE_APPLICATIONS,
                "file-plus",
                _("Somebody wants gas: take it down, whoever you are."),
                in_menu=False,
            ),
            Place(
                _("My applications"),
                "connections:portfolio",
                Verb.HANDLE_CASES,
                "folder-open",
                _("Whom you are the gas steward of, and what is due next."),
                in_menu=False,
            ),
            Place(
                _("Complaints"),
                "complaints:complaint_list",
                Verb.HANDLE_CASES,
                "megaphone",
                _("What is due, what is grave, what was promised."),
                in_menu=False,
            ),
            Place(
                _("What my department is asked"),
                "complaints:inquiry_list",
                Verb.HANDLE_CASES,
                "message-circle-question-mark",
                _("Somebody complained: say what happened."),
                in_menu=False,
            ),
            Place(
                _("Reception"),
                "complaints:reception_work",
                Verb.HANDLE_CASES,
                "mail",
                _("Questions and appeals to be looked at, answered, passed on; services to agree."),
                in_menu=False,
            ),
            Place(
                _("Is it mended?"),
                "repairs:confirm_list",
                Verb.HANDLE_CASES,
                "circle-question-mark",
                _("Finished repairs that the customer has not confirmed."),
                in_menu=False,
            ),
            Place(
                _("Call backs"),
                "callbacks:list",
                Verb.HANDLE_CASES,
                "phone-call",
                _("Whose matter has ended: ask how it went."),
                in_menu=False,
            ),
            Place(
                _("Samples"),
                "callbacks:samples",
                Verb.HANDLE_CASES,
                "dices",
                _("Whom we ask how we serve, and what they say."),
                in_menu=False,
            ),
            Place(
                _("Questionnaires"),
                "callbacks:questionnaires",
                Verb.PUBLISH_KNOWLEDGE,
                "list-checks",
                _("What customers are asked when a matter has ended."),
                in_menu=False,
            ),
            Place(
                _("Care"),
                "callbacks:care",
                Verb.HANDLE_CASES,
                "handshake",
                _("Key accounts, VIPs and private networks: whom to call and visit this month."),
                in_menu=False,
            ),
        ),
    ),
    Chapter(
        _("On the way"),
        (
            Place(_("Dispatch"), "fieldwork:dispatch", Verb.DISPATCH, "truck", _("Who goes where: visits, crews, the map.")),
            Place(_("My visits"), "fieldwork:phone_list", Verb.VISIT, "truck", _("Where your crew goes, and what it does there.")),
            Place(
                _("Crews"), "fieldwork:crew_list", Verb.PLAN_CREWS, "hard-hat", _("Who drives with whom and when; badges."), in_menu=False
            ),
            Place(
                _("From phones, too late"),
                "fieldwork:refused_list",
                Verb.DISPATCH,
                "smartphone",
                _("Steps of crews that were not possible any more."),
                in_menu=False,
            ),
            Place(
                _("Works on connections"),
                "connections:works_list",
                Verb.HANDLE_CASES,
                "hard-hat",
                _("What is being built, inspected, corrected, and ready for gas."),
                in_menu=False,
            ),
            Place(
                _("Interruptions"),
                "repairs:outage_list",
                Verb.HANDLE_CASES,
                "flame-kindling",
                _("Where gas is off or will be; whom to ring."),
                in_menu=False,
            ),
        ),
    ),
)
CHAPTERS = (*FRONT, *OFFICE)
