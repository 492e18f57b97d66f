"""The tiles of the workbench by what they are about; the menu holds a few of them in the same order."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Verb

from .place import Place


@dataclass(frozen=True)
class Chapter:
    """Places that belong together, under one heading."""

    title: str | Promise
    places: tuple[Place, ...]


CHAPTERS = (
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
    Chapter(
        _("Our word, and how we keep it"),
        (
            Place(_("Board"), "sla:board", Verb.SEE_BOARD, "gauge", _("What is due next, what is late, how well we keep our word.")),
            Place(
                _("Approvals"),
                "sla:approvals",
                Verb.SEE_PROMISES,
                "stamp",
                _("Alarms to take up, more time to decide about."),
                in_menu=False,
            ),
            Place(
                _("Promises"),
                "sla:promise_list",
                Verb.SEE_PROMISES,
                "book-open",
                _("What is promised, to whom, within what time."),
                in_menu=False,
            ),
            Place(
                _("Recurring duties"),
                "sla:duty_list",
                Verb.SEE_PROMISES,
                "calendar-sync",
                _("Calls, visits and checks that come round."),
                in_menu=False,
            ),
            Place(
                _("Calendars"),
                "sla:calendar_list",
                Verb.SEE_PROMISES,
                "calendar-range",
                _("Working time, holidays, make-up days."),
                in_menu=False,
            ),
            Place(
                _("Compensations"),
                "sla:compensation_list",
                Verb.SEE_LEDGER,
                "hand-coins",
                _("What broken promises cost, and what is not owed."),
                in_menu=False,
            ),
            Place(
                _("How the hotline answers"),
                "desk:hotline_figures",
                Verb.SEE_BOARD,
                "phone-incoming",
                _("Service level, waiting, what people ring about."),
                in_menu=False,
            ),
            Place(
                _("What complaints come to"),
                "complaints:complaint_results",
                Verb.SEE_BOARD,
                "chart-no-axes-column",
                _("How many, how grave, justified or not, how satisfied."),
                in_menu=False,
            ),
            Place(
                _("How applications age"),
                "connections:ageing",
                Verb.SEE_BOARD,
                "hourglass",
                _("Where new connections wait, and why."),
                in_menu=False,
            ),
            Place(
                _("Timekeepers"),
                "sla:engine",
                Verb.SEE_OPERATION,
                "alarm-clock",
                _("Who keeps time, and promises at fault."),
                in_menu=False,
            ),
        ),
    ),
    Chapter(
        _("Money"),
        (
            Place(_("Tills"), "billing:shift_list", Verb.COUNTERSIGN_SHIFT, "signature", _("Sign for counted tills, or send them back.")),
            Place(_("Reversals"), "billing:reversal_list", Verb.APPROVE_REVERSAL, "undo-2", _("Purchases somebody wants to take back.")),
            Place(
                _("Close the day"),
                "billing:hall_day",
                Verb.COUNTERSIGN_SHIFT,
                "calendar-check",
                _("When every till is signed for."),
                in_menu=False,
            ),
            Place(
                _("Money that goes back"),
                "billing:online_payments",
                Verb.APPROVE_REVERSAL,
                "undo-2",
                _("Online payments that could not be used, refunds to approve."),
                in_menu=False,
            ),
            Place(
                _("Reconciliation"),
                "billing:break_list",
                Verb.SEE_LEDGER,
                "scale",
                _("Where providers, ledger and deliveries do not agree."),
                in_menu=False,
            ),
            Place(_("Ledger"), "billing:ledger", Verb.SEE_LEDGER, "book-open-check", _("Every posting, and the proof that they add up.")),
            Place(
                _("Files for finance"),
                "billing:exports",
                Verb.SEE_LEDGER,
                "file-down",
                _("Journal, takings, purchases, receipts: CSV or XLSX."),
                in_menu=False,
            ),
            Place(
                _("Credit forecasts"),
                "billing:forecasts",
                Verb.FIND_ACCOUNTS,
                "calendar-clock",
                _("How often we were right about when credit ends."),
                in_menu=False,
            ),
        ),
    ),
    Chapter(
        _("What we say"),
        (
            Place(
                _("Announcements"),
                "notices:announcements",
                Verb.ANNOUNCE,
                "megaphone",
                _("What we tell many customers at once, and how far it has come."),
                in_menu=False,
            ),
            Place(
                _("Answers for everybody"),
                "complaints:publication_list",
                Verb.HANDLE_CASES,
                "newspaper",
                _("Publish what is of use to others, without personal data."),
                in_menu=False,
            ),
            Place(
                _("Knowledge base"),
                "notices:knowledge",
                Verb.WRITE_KNOWLEDGE,
                "book-open",
                _("What we answer, in three languages."),
                in_menu=False,
            ),
            Place(_("Words of letters"), "notices:letters", Verb.WRITE_LETTERS, "mail-plus", _("What messages say."), in_menu=False),
            Place(
                _("Messages"),
                "notices:message_list",
                Verb.SEE_OPERATION,
                "mail",
                _("What we owe to say, and what was sent."),
                in_menu=False,
            ),
        ),
    ),
    Chapter(
        _("The house"),
        (
            Place(_("People"), "accounts:people", Verb.MANAGE_STAFF, "id-card", _("Who works here, and their roles."), in_menu=False),
            Place(
                _("Roster"),
                "accounts:roster",
                Verb.EDIT_ROSTER,
                "calendar-days",
                _("Who works where and when; who stands in."),
                in_menu=False,
            ),
            Place(
                _("Kiosks"),
                "billing:kiosk_list",
                Verb.MANAGE_DEVICES,
                "monitor-smartphone",
                _("Machines that write cards: how each is, keys, cash."),
                in_menu=False,
            ),
            Place(
                _("Connected meters"),
                "billing:meter_list",
                Verb.MANAGE_DEVICES,
                "radio-tower",
                _("Silent, tampered with, or with paid gas they did not fetch."),
                in_menu=False,
            ),
            Place(
                _("How connections go"),
                "connections:plan_list",
                Verb.EDIT_CONNECTION_PLANS,
                "list-checks",
                _("Stages, papers and fees of applications for gas."),
                in_menu=False,
            ),
            Place(
                _("Webhooks"), "notices:webhooks", Verb.MANAGE_WEBHOOKS, "webhook", _("Other systems that hear of events."), in_menu=False
            ),
            Place(_("Components"), "desk:components", Verb.MANAGE_STAFF, "shapes", _("What every page is built from."), in_menu=False),
        ),
    ),
)
