"""One of everything a url can name, and who asks for it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from callbacks.operations.links import token_of
from notices.way_out import Reader, WayOut
from tests.factories import accounts as people
from tests.factories import billing as money
from tests.factories import callbacks as calls
from tests.factories import casework as cases
from tests.factories import checkouts as online
from tests.factories import complaints as wrongs
from tests.factories import connections as gas
from tests.factories import hall_appointments as halls
from tests.factories import kiosks as machines
from tests.factories import knowledge as known
from tests.factories import notices, tills
from tests.factories import reception as letters
from tests.factories import repairs as reports
from tests.factories import repairs_outages as outages
from tests.factories import sla as book
from tests.factories.bills import BillFactory, ReadingFactory
from tests.factories.statements import BreakFactory
from tests.signing_in import sign_in

#: The stranger is another customer; the clerk works in another hall.
PERSONAS = ("anonymous", "stranger", "customer", "clerk", "head", "finance", "administrator")


#: A notice as it is kept, with one row of each sort.
TOLD = {
    "days": 3,
    "stages": [{"name": "Survey", "ball": "company", "owner": "", "days": 3}],
    "papers": [{"name": "Identity", "may_follow": False, "at_survey": False, "days": 5}],
    "fees": [{"name": "Connection", "amount": 260_000, "unit": "once", "until": "contract"}],
}


@dataclass
class World:
    """Persona -> client, and what to write into the holes of a route."""

    clients: dict[str, Client]
    names: dict[str, Any]


@pytest.fixture
def world(account, neighbour, olive, fang, qiang, mei, ada, shift, now):
    card = account.cards.get()
    receipt = tills.pay(account, shift, at=now)
    case = cases.GeneralRequestFactory(case__account=account).case
    clock = book.ClockFactory(version=book.PromiseVersionFactory(), timeline=case.timeline, hall=shift.counter.hall)
    phone = people.PhoneFactory(customer=account.customer)
    turn = book.PeriodFactory(obligation__customer=account.customer, promise=book.DutyVersionFactory().promise)
    stranger = people.BindingFactory(account=neighbour).user
    stage = gas.StageFactory(application__case__account=account)
    who = {"stranger": stranger, "customer": olive, "clerk": fang, "head": qiang, "finance": mei, "administrator": ada}
    clients = {persona: sign_in(Client(), somebody) for persona, somebody in who.items()}
    names = {
        "account": account.number,
        "staff": fang.number,
        "phone": phone.pk,
        "allowance": money.AllowanceFactory(account=account).pk,
        "receipt": receipt.full_number,
        "code": receipt.code,
        "reference": receipt.top_up.reference,
        "shift": shift.pk,
        "counter_visit": money.CounterVisitFactory(account=account, shift=shift).reference,
        "chip": money.chip_of(card, shift.counter).pk,
        "duty": people.DutyFactory(staff=fang).pk,
        "grant": fang.grants.first().pk,
        "message": notices.DeadMessageFactory().key,
        "notification": notices.InboxMessageFactory(staff=fang).pk,
        "webhook": notices.SubscriptionFactory().pk,
        "kiosk": (machine := machines.DeviceKeyFactory(kiosk__hall=shift.counter.hall)).kiosk.code,
        "device_key": machine.handle,
        "hall": shift.counter.hall.code,
        "promise": clock.promise_id,
        "draft": book.PromiseVersionFactory(number=2, effective_from=None).pk,
        "calendar": book.HallHoursFactory().key,
        "special_day": book.CalendarDayFactory().pk,
        "case": case.reference,
        "application": stage.application.case.reference,
        "stage": stage.pk,
        "defect": gas.DefectFactory(application=stage.application).pk,
        "paper": gas.PaperFileFactory(paper__application=stage.application, number=1).paper_id,
        "plan": (fee := gas.FeeRowFactory(policy__effective_from=None)).policy_id,
        "fee": fee.pk,
        "told": gas.OneTimeNoticeFactory(application=stage.application, content=TOLD).pk,
        "clock": clock.pk,
        "escalation": book.EscalationFactory(alarm__clock=clock).pk,
        "extension": book.ExtensionFactory(clock=clock, asked_by=fang).pk,
        "compensation": book.CompensationFactory(clock=clock, account=account).pk,
        "recurring": turn.promise_id,
        "turn": turn.pk,
        "fault": book.FaultFactory(timeline=case.timeline).pk,
        "file": cases.stored_file(case).token,
        "follow_up": (asked := calls.FollowUpFactory(case__account=account, link_until=now + timedelta(days=7))).pk,
        "follow_up_token": token_of(asked),
        "way_out": WayOut(Reader(account.customer_id), "news", "sms").token,
        "letter": letters.DirectionQuestionFactory(appeal__case__account=account).appeal.case.reference,
        "service": letters.ServiceApplicationFactory(case__account=account).case.reference,
        "article": known.ArticleTextFactory().article.slug,
        "feedback": known.ArticleFeedbackFactory().pk,
        "question": known.AskedQuestionFactory().pk,
        "inquiry": (asked_why := wrongs.InquiryFactory(complaint__case__account=account, to_staff=fang)).pk,
        "complaint": asked_why.complaint.case.reference,
        "promised_work": wrongs.FollowUpWorkFactory(answer__complaint=asked_why.complaint).pk,
        "repair": reports.RepairFactory(case__account=account).case.reference,
        "outage": (outage := outages.UnderWayFactory()).reference,
        "bill": BillFactory(account=account).number,
        "checkout": online.CheckoutFactory(account=account).reference,
        "refund": (refund := online.RefundFactory()).reference,
        "payment": refund.payment_id,
        "credit_payout": online.CreditPayoutFactory(account=account).reference,
        "assignment": online.AssignmentFactory(payment=refund.payment, account=account).reference,
        "break": (found := BreakFactory()).reference,
        "statement": found.line.statement_id,
        "reading": ReadingFactory(meter=account.meters.get(), standing="doubtful", doubt="far_above").pk,
        "hall_appointment": (expected := halls.to_come(shift.counter.hall, account)).reference,
        "hall_hours": halls.HallPlacesFactory(hall=expected.hall).pk,
        "hall_service": halls.HallServiceFactory(hall=expected.hall).pk,
        "hall_gap": halls.HallGapFactory(hall=expected.hall).pk,
        "outage_call": outages.CallTaskFactory(outage=outage, account=account).pk,
        "outage_wish": outages.OutageWishFactory(outage=outage).pk,
        "outage_ticket": outages.OutageTicketFactory(outage=outage).pk,
    }
    return World({"anonymous": Client(), **clients}, names)
