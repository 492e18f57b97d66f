"""Who gets what, as one table: nobody, a customer without the account, its customer, a clerk, finance."""

import pytest
from django.core.files.base import ContentFile, File
from django.db import connection, transaction
from drf_spectacular.generators import EndpointEnumerator

from billing.devices.cards import encode
from notices.way_out import Reader, WayOut
from tests.connections.conftest import make_plan
from tests.factories import billing as money
from tests.factories.bills import BillFactory
from tests.factories.callbacks import FollowUpFactory
from tests.factories.casework import GeneralRequestFactory, stored_file
from tests.factories.checkouts import AssignmentFactory, CheckoutFactory, CreditPayoutFactory, HeldPaymentFactory
from tests.factories.complaints import FollowUpWorkFactory, InquiryFactory
from tests.factories.connections import ApplicationFactory, PaperFactory
from tests.factories.hall_appointments import FAR, HallAppointmentFactory
from tests.factories.knowledge import ArticleTextFactory, AskedQuestionFactory
from tests.factories.reception import DirectionQuestionFactory, ServiceApplicationFactory
from tests.factories.repairs import RepairFactory, RestorationFactory
from tests.factories.repairs_outages import UnderWayFactory
from tests.factories.statements import BreakFactory

CALLERS = ["visitor", "stranger", "olives", "fangs", "meis"]
# What belongs to an account: 404 where others may not even know that it exists.
OF_AN_ACCOUNT = [401, 404, 200, 200, 200]
# What is a clerk's work.
OF_THE_COUNTER = [401, 403, 403, 200, 403]
# What every staff member has.
OF_STAFF = [401, 403, 403, 200, 200]
# What only a machine that signs with its key may ask.
OF_FINANCE = [401, 403, 403, 403, 200]
OF_A_MACHINE = [401, 401, 401, 401, 401]
OF_THE_ADMINISTRATOR = [401, 403, 403, 403, 403]
# A customer's request, which staff who handle cases see and finance does not.
OF_A_CASE = [401, 404, 200, 200, 404]
#: Only for whoever signs with a machine's key (test_kiosk_signatures.py).
OF_A_MACHINE = [401, 401, 401, 401, 401]
#: What a crew's device tells; nobody here is in a crew.
CREW_STEPS = (
    *("accept", "arrive", "decline", "evidence", "find-nobody", "finish", "give-back"),
    *("made-safe", "read-meter", "restored", "set-off", "sign", "work"),
)
TABLE = {
    "GET /halls/": [200, 200, 200, 200, 200],
    "GET /wechat/menu/": [404, 404, 404, 404, 404],  # without an account at WeChat
    # Agents of the hotline: tests/api/test_hotline.py has one.
    "GET /hall-appointments/services/": [200, 200, 200, 200, 200],
    "GET /hall-appointments/times/": [400, 400, 400, 400, 400],  # asked for nothing
    "GET /hall-appointments/": [401, 200, 200, 404, 403],  # staff name a hall
    "POST /hall-appointments/book/": [401, 400, 400, 400, 400],
    "GET /hall-appointments/{hall_appointment}/": OF_A_CASE,
    "POST /hall-appointments/{hall_appointment}/move/": [401, 404, 422, 422, 404],  # the hall receives nobody
    "POST /hall-appointments/{hall_appointment}/cancel/": OF_A_CASE,
    "POST /hall-appointments/{hall_appointment}/note/": [401, 403, 403, 409, 403],  # not today
    "POST /hotline/events/": [401, 403, 403, 403, 403],
    "POST /hotline/lines/": [401, 403, 403, 403, 403],
    "GET /hotline/calls/NOSUCHCALL/": [401, 403, 403, 403, 403],
    "POST /hotline/calls/NOSUCHCALL/save/": [401, 403, 403, 403, 403],
    "GET /tariffs/": [200, 200, 200, 200, 200],
    "GET /promises/": [200, 200, 200, 200, 200],
    "GET /kiosks/": [200, 200, 200, 200, 200],
    "POST /kiosks/nearest/": [200, 200, 200, 200, 200],
    "POST /kiosk/heartbeat/": OF_A_MACHINE,
    "POST /kiosk/card-reads/": OF_A_MACHINE,
    "POST /kiosk/quotes/": OF_A_MACHINE,
    "POST /kiosk/sales/": OF_A_MACHINE,
    "POST /kiosk/checkouts/": OF_A_MACHINE,
    "POST /kiosk/checkouts/{reference}/state/": OF_A_MACHINE,
    "POST /kiosk/checkouts/{reference}/cancel/": OF_A_MACHINE,
    "POST /kiosk/orders/{reference}/writes/": OF_A_MACHINE,
    "POST /kiosk/writes/1/result/": OF_A_MACHINE,
    "GET /promises/explain/": [400, 400, 400, 400, 400],
    "GET /me/": [401, 200, 200, 200, 200],
    "GET /me/accounts/": [401, 200, 200, 200, 200],
    "GET /me/tokens/": [401, 200, 200, 200, 200],
    "DELETE /me/tokens/nothing/": [401, 404, 404, 404, 404],
    "POST /accounts/search/": [401, 403, 403, 200, 200],
    "GET /accounts/{account}/": OF_AN_ACCOUNT,
    "GET /accounts/{account}/top-ups/": OF_AN_ACCOUNT,
    "GET /top-ups/{reference}/": OF_AN_ACCOUNT,
    "GET /top-ups/{reference}/promises/": OF_AN_ACCOUNT,
    "GET /receipts/{receipt}/": OF_AN_ACCOUNT,
    "GET /receipts/{receipt}/pdf/": OF_AN_ACCOUNT,
    "POST /quotes/": OF_AN_ACCOUNT,
    "GET /accounts/{account}/checkouts/": OF_AN_ACCOUNT,
    "POST /checkouts/": [401, 404, 422, 422, 422],  # no provider is set up here
    "GET /checkouts/{checkout}/": OF_AN_ACCOUNT,
    "POST /checkouts/{checkout}/cancel/": OF_AN_ACCOUNT,
    "GET /held-payments/": [401, 403, 403, 403, 200],
    "POST /held-payments/{payment}/assign/": [401, 403, 403, 403, 201],
    "POST /held-assignments/{assignment}/approve/": [401, 403, 403, 403, 200],
    "POST /held-assignments/{assignment}/refuse/": [401, 403, 403, 403, 200],
    "GET /reconciliation/breaks/": OF_FINANCE,
    "GET /reconciliation/breaks/{break}/": OF_FINANCE,
    "POST /reconciliation/breaks/{break}/take-on/": OF_FINANCE,
    "POST /reconciliation/breaks/{break}/settle/": OF_FINANCE,
    "POST /reconciliation/breaks/{break}/approve/": OF_THE_ADMINISTRATOR,  # managers of a branch and head office
    "POST /reconciliation/breaks/{break}/refuse/": OF_THE_ADMINISTRATOR,
    "GET /reconciliation/bills/": OF_FINANCE,
    "POST /reconciliation/bills/fetch/": [401, 403, 403, 403, 422],  # no provider is set up here
    "POST /reconciliation/payouts/": [401, 403, 403, 403, 422],  # nothing lies there
    "GET /exports/journal/": [401, 403, 403, 403, 400],
    "GET /halls/LL01/days/2026-11-20/": OF_FINANCE,
    "POST /halls/LL01/days/2026-11-20/close/": OF_THE_ADMINISTRATOR,  # heads of halls
    "POST /halls/LL01/days/2026-11-20/sign/": [401, 403, 403, 403, 404],
    "POST /halls/LL01/deposits/": OF_THE_ADMINISTRATOR,
    "POST /accounts/{account}/credit-payouts/": [401, 403, 403, 422, 403],
    "POST /credit-payouts/{credit_payout}/approve/": [401, 403, 403, 403, 422],
    "POST /credit-payouts/{credit_payout}/refuse/": OF_FINANCE,
    "GET /accounts/{account}/readings/": OF_AN_ACCOUNT,
    "POST /accounts/{account}/readings/take/": [401, 404, 422, 422, 403],
    "GET /accounts/{account}/bills/": OF_AN_ACCOUNT,
    "GET /bills/{bill}/": OF_AN_ACCOUNT,
    "GET /bills/{bill}/pdf/": OF_AN_ACCOUNT,
    "POST /bills/{bill}/take-payment/": [401, 403, 403, 201, 403],
    "POST /calculations/": [200, 200, 200, 200, 200],
    "GET /accounts/{neighbour}/": [401, 404, 404, 200, 200],
    "GET /accounts/{neighbour}/top-ups/": [401, 404, 404, 200, 200],
    "GET /priority-entries/": OF_THE_ADMINISTRATOR,  # heads of halls and supervisors keep it
    "POST /priority-entries/1/extend/": OF_THE_ADMINISTRATOR,
    "POST /priority-entries/1/end/": OF_THE_ADMINISTRATOR,
    "GET /accounts/{account}/priority-entries/": OF_THE_ADMINISTRATOR,
    "POST /accounts/{account}/priority-entries/put/": OF_THE_ADMINISTRATOR,
    "GET /accounts/0000000000/": [401, 404, 404, 404, 404],
    "POST /top-ups/": [401, 403, 403, 409, 403],
    "POST /card-reads/": OF_THE_COUNTER,
    "POST /top-ups/{reference}/writes/": [401, 403, 403, 201, 403],
    "POST /writes/1/result/": [401, 403, 403, 404, 403],
    "GET /shifts/current/": OF_THE_COUNTER,
    "GET /accounts/{account}/meter/": [401, 404, 404, 404, 404],  # it takes a card
    "GET /accounts/{account}/meter/days/": [401, 404, 404, 404, 404],
    "POST /accounts/{account}/meter/valve/": [401, 403, 403, 403, 403],
    "POST /meter-gateway/connections/": OF_A_MACHINE,
    "POST /meter-gateway/done/": OF_A_MACHINE,
    "GET /cases/": [401, 200, 200, 200, 200],
    "POST /cases/open/": [401, 201, 201, 201, 403],
    "POST /cases/search/": [401, 403, 403, 200, 403],
    "GET /cases/{case}/": OF_A_CASE,
    "GET /cases/{case}/promises/": OF_A_CASE,
    "GET /cases/{case}/appointment/": OF_A_CASE,
    **{f"POST /cases/{{case}}/appointment/{act}/": [401, 404, 409, 409, 404] for act in ("agree", "move", "cancel")},
    "POST /cases/{case}/appointment/arrange/": [401, 403, 403, 422, 403],
    **{f"GET /slots/{what}": OF_THE_ADMINISTRATOR for what in ("", "plans/", "closed-days/")},
    **{f"POST /slots/{what}/": OF_THE_ADMINISTRATOR for what in ("plans/add", "plans/1/capacity", "plans/1/drop")},
    **{f"POST /slots/{what}/": OF_THE_ADMINISTRATOR for what in ("closed-days/add", "closed-days/1/open")},
    "GET /cases/{case}/files/": OF_A_CASE,
    "GET /cases/{case}/files/{file}/": OF_A_CASE,
    "POST /cases/{case}/files/add/": [401, 404, 201, 201, 404],
    "POST /cases/{case}/papers/missing/": OF_THE_COUNTER,
    "POST /cases/{case}/papers/received/": [401, 403, 403, 409, 403],
    "POST /cases/{case}/papers/complete/": [401, 403, 403, 409, 403],
    "POST /cases/{case}/contacts/": OF_A_CASE,
    "POST /cases/{case}/cancel/": OF_A_CASE,
    "POST /cases/{case}/reopen/": [401, 404, 409, 409, 404],
    "POST /cases/{case}/accept/": [401, 403, 403, 200, 403],
    "POST /cases/{case}/answer/": [401, 403, 403, 200, 403],
    "POST /cases/{case}/close/": [401, 403, 403, 409, 403],
    "POST /cases/{case}/decline/": [401, 403, 403, 409, 403],
    "POST /cases/{case}/transfer/": [401, 403, 403, 403, 403],
    "POST /cases/{case}/assign/": [401, 403, 403, 403, 403],
    "GET /me/notifications/": OF_STAFF,
    "POST /me/notifications/read/": OF_STAFF,
    "GET /crew/visits/": OF_THE_ADMINISTRATOR,
    "GET /crew/visits/1/": OF_THE_ADMINISTRATOR,
    "POST /crew/sync/": OF_THE_ADMINISTRATOR,
    "POST /crew/photos/": OF_THE_ADMINISTRATOR,
    "POST /crew/position/": OF_THE_ADMINISTRATOR,
    **{f"POST /crew/visits/1/{step}/": OF_THE_ADMINISTRATOR for step in CREW_STEPS},
    "GET /crews/": OF_THE_ADMINISTRATOR,
    "GET /visits/": OF_THE_ADMINISTRATOR,
    "GET /visits/1/": OF_THE_ADMINISTRATOR,
    "GET /visits/1/suggestions/": OF_THE_ADMINISTRATOR,
    "POST /visits/1/offer/": OF_THE_ADMINISTRATOR,
    "POST /visits/1/recall/": OF_THE_ADMINISTRATOR,
    "POST /visits/1/reassign/": OF_THE_ADMINISTRATOR,
    "POST /visits/1/cancel/": OF_THE_ADMINISTRATOR,
    "POST /visits/1/radio/": OF_THE_ADMINISTRATOR,
    "GET /crews/K1/shifts/": OF_THE_ADMINISTRATOR,
    "POST /crews/K1/shifts/plan/": OF_THE_ADMINISTRATOR,
    "POST /crews/K1/shifts/1/drop/": OF_THE_ADMINISTRATOR,
    "GET /places/": OF_THE_COUNTER,
    "GET /reception/letters/": [401, 200, 200, 200, 200],
    "POST /reception/letters/send/": [401, 201, 201, 201, 403],
    "GET /reception/letters/{letter}/": OF_A_CASE,
    "POST /reception/letters/{letter}/answer/": OF_THE_COUNTER,
    "POST /reception/letters/{letter}/ask/": [401, 403, 403, 409, 403],
    "POST /reception/letters/{letter}/decline/": [401, 403, 403, 409, 403],
    "POST /reception/letters/{letter}/direction-answer/": OF_THE_ADMINISTRATOR,
    "POST /reception/letters/{letter}/forward/": OF_THE_COUNTER,
    "POST /reception/letters/{letter}/tell-date/": OF_THE_COUNTER,
    "GET /reception/services/": [401, 200, 200, 200, 200],
    "POST /reception/services/apply/": [401, 201, 201, 201, 403],
    "GET /reception/services/{service}/": OF_A_CASE,
    "POST /reception/services/{service}/agree/": OF_THE_ADMINISTRATOR,
    "POST /reception/services/{service}/details/": OF_A_CASE,
    "POST /reception/services/{service}/finish/": OF_THE_ADMINISTRATOR,
    "POST /reception/services/{service}/missing/": OF_THE_COUNTER,
    "POST /reception/services/{service}/route/": OF_THE_ADMINISTRATOR,
    "GET /complaints/": [401, 200, 200, 200, 200],
    "POST /complaints/complain/": [401, 201, 201, 201, 403],
    "GET /complaints/{complaint}/": OF_A_CASE,
    "POST /complaints/{complaint}/investigate/": [401, 403, 403, 409, 403],  # somebody looks into it already
    "POST /complaints/{complaint}/ask/": OF_THE_COUNTER,
    "POST /complaints/{complaint}/judge/": OF_THE_COUNTER,
    "POST /complaints/{complaint}/answer/": OF_THE_COUNTER,
    "POST /complaints/{complaint}/refuse/": OF_THE_COUNTER,
    "POST /complaints/{complaint}/works/{work}/done/": OF_THE_COUNTER,
    "GET /inquiries/": OF_THE_COUNTER,
    "POST /inquiries/{inquiry}/answer/": OF_THE_COUNTER,  # put to whoever is a clerk
    "GET /connections/": [401, 200, 200, 200, 200],
    "POST /connections/apply/": [401, 201, 201, 201, 201],
    "GET /connections/{application}/": OF_A_CASE,
    "GET /connections/{application}/papers/": OF_A_CASE,
    "POST /connections/{application}/papers/identity/hand-in/": [401, 404, 422, 422, 404],
    "POST /connections/{application}/papers/identity/judge/": [401, 403, 403, 200, 403],
    "GET /connections/{application}/visits/": OF_A_CASE,
    "POST /connections/{application}/visits/book/": [401, 404, 409, 409, 404],
    "POST /connections/{application}/hand-over/": [401, 403, 403, 403, 403],
    "GET /connections/{application}/offer/": OF_A_CASE,
    "GET /connections/{application}/stages/": OF_A_CASE,
    "POST /connections/{application}/offer/accept/": [401, 404, 409, 409, 404],
    "POST /connections/{application}/withdraw/": OF_A_CASE,
    "GET /connections/{application}/works/": [401, 403, 403, 200, 403],
    "POST /connections/{application}/works/log/": [401, 403, 403, 409, 403],
    "GET /connection-plans/": [200, 200, 200, 200, 200],
    "GET /connection-plans/residential/9999/": [404, 404, 404, 404, 404],
    "POST /connections/{application}/stages/papers/begin/": [401, 403, 403, 404, 403],  # this one has no stages
    "POST /connections/{application}/stages/papers/finish/": [401, 403, 403, 404, 403],
    "POST /connections/{application}/stages/papers/skip/": [401, 403, 403, 404, 403],
    "POST /connections/{application}/stages/papers/turn/": [401, 403, 403, 404, 403],
    "POST /connections/{application}/stages/papers/move/": [401, 403, 403, 404, 403],
    "POST /connections/{application}/merge/": [401, 403, 403, 404, 403],  # no such other one
    "POST /connections/{application}/day/": [401, 403, 403, 409, 403],
    "POST /connections/{application}/way/": [401, 403, 403, 200, 403],
    "GET /connections/{application}/mandates/": OF_A_CASE,
    "POST /connections/{application}/mandates/give/": [401, 404, 201, 403, 404],
    "POST /connections/{application}/mandates/revoke/": [401, 404, 409, 409, 404],
    "GET /connections/{application}/notices/": OF_A_CASE,
    "GET /connections/{application}/notices/0/": [401, 404, 404, 404, 404],
    "POST /connections/{application}/notices/give/": [401, 403, 403, 201, 403],
    "GET /connections/{application}/offer/quotes/": [401, 403, 403, 200, 403],
    "POST /connections/{application}/offer/quotes/draft/": [401, 403, 403, 201, 403],
    "POST /connections/{application}/offer/designs/add/": [401, 403, 403, 201, 403],
    "POST /connections/{application}/offer/send/": [401, 403, 403, 409, 403],
    "POST /connections/{application}/offer/take-back/": [401, 403, 403, 409, 403],
    "POST /connections/{application}/offer/refund/": [401, 403, 403, 409, 403],
    "POST /connections/{application}/works/dispatch/": [401, 403, 403, 409, 403],
    "POST /connections/{application}/works/send-out/": [401, 403, 403, 409, 403],
    "POST /connections/{application}/works/ready/": [401, 403, 403, 409, 403],
    "POST /connections/{application}/works/built/": [401, 403, 403, 409, 403],
    "POST /connections/{application}/works/defects/": [401, 403, 403, 403, 403],  # inspectors and engineers
    "POST /connections/{application}/works/defects/1/mended/": [401, 403, 403, 404, 403],
    "POST /connections/{application}/works/defects/1/check/": [401, 403, 403, 403, 403],
    "POST /connections/{application}/works/pass/": [401, 403, 403, 403, 403],
    "POST /connections/{application}/works/gas-on/": [401, 403, 403, 403, 403],
    "GET /stewards/portfolio/": [401, 403, 403, 200, 403],
    "GET /stewards/ageing/": OF_THE_ADMINISTRATOR,
    "POST /repairs/report/": [401, 201, 201, 201, 403],
    "POST /repairs/triage/": [401, 403, 403, 200, 403],
    "GET /repairs/waiting/": [401, 403, 403, 200, 403],
    "GET /repairs/{repair}/": OF_A_CASE,
    "POST /repairs/{repair}/classify/": [401, 403, 403, 200, 403],
    "POST /repairs/{repair}/conclude/": [401, 403, 403, 409, 403],
    "POST /repairs/{repair}/confirm/": [401, 404, 409, 403, 404],
    "POST /repairs/{repair}/dispute/": [401, 404, 409, 409, 404],
    "POST /repairs/{repair}/follow/": [401, 404, 409, 409, 404],
    "POST /repairs/{repair}/order/": [401, 403, 403, 200, 403],
    "POST /repairs/{repair}/release/": OF_THE_ADMINISTRATOR,
    "POST /repairs/{repair}/send-again/": [401, 403, 403, 200, 403],
    "POST /repairs/{repair}/stand-alone/": [401, 404, 409, 409, 404],
    "POST /restorations/accept/": [401, 403, 403, 201, 403],
    "GET /restorations/{restoration}/": OF_A_CASE,
    "GET /call-backs/": OF_THE_COUNTER,
    "GET /call-backs/results/": OF_THE_ADMINISTRATOR,
    "GET /call-backs/{follow_up}/": [401, 403, 403, 200, 403],
    "POST /call-backs/{follow_up}/attempt/": [401, 403, 403, 200, 403],
    "POST /call-backs/{follow_up}/give-up/": [401, 403, 403, 409, 403],
    "POST /call-backs/{follow_up}/hand-over/": [401, 403, 403, 200, 403],
    "POST /call-backs/{follow_up}/hear/": [401, 403, 403, 200, 403],
    "POST /call-backs/{follow_up}/letter/": [401, 403, 403, 200, 403],
    "POST /call-backs/{follow_up}/link/": [401, 403, 403, 200, 403],
    "POST /call-backs/{follow_up}/refuse/": [401, 403, 403, 200, 403],
    "POST /call-backs/{follow_up}/wrong-number/": [401, 403, 403, 200, 403],
    "GET /accounts/{account}/wanted/": OF_THE_COUNTER,
    "POST /accounts/{account}/wanted/change/": OF_THE_COUNTER,
    "GET /unsubscribe/{way_out}/": [200, 200, 200, 200, 200],
    "POST /unsubscribe/{way_out}/change/": [200, 200, 200, 200, 200],
    "GET /news/": [200, 200, 200, 200, 200],
    "POST /news/write/": OF_THE_ADMINISTRATOR,
    "GET /news/1/": [401, 403, 403, 404, 403],
    **{
        f"POST /news/1/{act}/": OF_THE_ADMINISTRATOR
        for act in ("rewrite", "let-out", "approve", "send-back", "withdraw", "drop", "correct")
    },
    **{f"POST /news/1/correction/{act}/": OF_THE_ADMINISTRATOR for act in ("apply", "refuse")},
    "GET /announcements/": [200, 200, 200, 200, 200],
    "POST /announcements/write/": OF_THE_ADMINISTRATOR,  # the hotline, marketing and those above them
    "GET /announcements/1/": [401, 403, 403, 404, 403],
    **{f"POST /announcements/1/{act}/": OF_THE_ADMINISTRATOR for act in ("schedule", "approve", "send-back", "move", "cancel", "again")},
    "GET /outages/": [200, 200, 200, 200, 200],
    "GET /outages/{outage}/": [200, 200, 200, 200, 200],
    "POST /outages/count/": OF_THE_ADMINISTRATOR,
    "POST /outages/plan/": OF_THE_ADMINISTRATOR,
    "POST /outages/declare/": OF_THE_ADMINISTRATOR,
    "GET /outages/calls/": OF_THE_COUNTER,
    "POST /outages/calls/1/result/": [401, 403, 403, 404, 403],
    "GET /outages/{outage}/delivery/": OF_THE_COUNTER,
    "GET /outages/{outage}/words/": OF_THE_ADMINISTRATOR,
    "POST /outages/{outage}/change/": OF_THE_ADMINISTRATOR,
    "POST /outages/{outage}/confirm/": OF_THE_ADMINISTRATOR,
    "POST /outages/{outage}/announce/": OF_THE_ADMINISTRATOR,
    "POST /outages/{outage}/begin/": OF_THE_ADMINISTRATOR,
    "POST /outages/{outage}/promise/": OF_THE_ADMINISTRATOR,
    "POST /outages/{outage}/widen/": OF_THE_ADMINISTRATOR,
    "POST /outages/{outage}/end/": OF_THE_ADMINISTRATOR,
    "POST /outages/{outage}/call-off/": OF_THE_ADMINISTRATOR,
    "POST /outages/{outage}/exceptions/": OF_THE_ADMINISTRATOR,
    "GET /outages/exceptions/": OF_THE_ADMINISTRATOR,
    "POST /outages/{outage}/exceptions/1/approve/": OF_THE_ADMINISTRATOR,
    "POST /outages/{outage}/exceptions/1/refuse/": OF_THE_ADMINISTRATOR,
    "POST /outages/{outage}/tickets/": [401, 403, 403, 409, 403],
    "POST /outages/{outage}/tickets/remove/": [401, 403, 403, 404, 403],
    "POST /outages/{outage}/ring-missed/": OF_THE_COUNTER,
    "GET /published-answers/": [200, 200, 200, 200, 200],
    "GET /published-answers/1/": [404, 404, 404, 404, 404],  # nothing is published
    "POST /published-answers/search/": [200, 200, 200, 200, 200],
    "GET /knowledge/articles/": [400, 400, 400, 400, 400],  # which section?
    "GET /knowledge/articles/{article}/": [200, 200, 200, 200, 200],
    "POST /knowledge/articles/{article}/feedback/": [204, 204, 204, 204, 204],
    "POST /knowledge/search/": [200, 200, 200, 200, 200],
    "GET /knowledge/questions/": OF_STAFF,
    "POST /knowledge/questions/ask/": [401, 403, 403, 201, 201],
    "POST /knowledge/questions/{question}/answer/": [401, 403, 403, 200, 403],  # put to clerks
    "GET /webhooks/": OF_THE_ADMINISTRATOR,
    "POST /webhooks/subscribe/": OF_THE_ADMINISTRATOR,
    "GET /webhooks/{webhook}/": OF_THE_ADMINISTRATOR,
    "GET /webhooks/{webhook}/calls/": OF_THE_ADMINISTRATOR,
    "POST /webhooks/{webhook}/change/": OF_THE_ADMINISTRATOR,
    "POST /webhooks/{webhook}/rotate/": OF_THE_ADMINISTRATOR,
    "POST /webhooks/{webhook}/switch-off/": OF_THE_ADMINISTRATOR,
    "POST /webhooks/{webhook}/switch-on/": OF_THE_ADMINISTRATOR,
    "POST /webhooks/{webhook}/test/": OF_THE_ADMINISTRATOR,
}


@pytest.fixture
def names(account, neighbour, sold, monkeypatch):
    import billing.operations.papers

    monkeypatch.setattr(billing.operations.papers, "render_receipt", lambda receipt, **_: b"%PDF")
    case = GeneralRequestFactory(case__account=account).case
    application = ApplicationFactory(case__account=account, policy=make_plan())
    asked = InquiryFactory(complaint__case__account=account, to_staff=None, to_role="clerk")
    PaperFactory(application=application, row=application.policy.papers.get(key="identity"))
    return {
        "account": account.number,
        "neighbour": neighbour.number,
        "case": case.reference,
        "file": stored_file(case).token,
        "reference": sold["reference"],
        "checkout": CheckoutFactory(account=account).reference,
        "receipt": sold["receipts"][0],
        "bill": BillFactory(account=account).number,
        "payment": (held := HeldPaymentFactory()).pk,
        "assignment": AssignmentFactory(payment=held, account=account).reference,
        "break": BreakFactory().reference,
        "credit_payout": CreditPayoutFactory(account=account).reference,
        "webhook": 1,
        "article": ArticleTextFactory().article.slug,
        "question": AskedQuestionFactory().pk,
        "outage": UnderWayFactory().reference,
        "hall_appointment": HallAppointmentFactory(account=account, starts_at=FAR).reference,
        "repair": RepairFactory(case__account=account).case.reference,
        "follow_up": FollowUpFactory(case__account=account).pk,
        "way_out": WayOut(Reader(account.customer_id), "news", "sms").token,
        "restoration": RestorationFactory(case__account=account).case.reference,
        "application": application.case.reference,
        "complaint": asked.complaint.case.reference,
        "inquiry": asked.pk,
        "work": FollowUpWorkFactory(answer__complaint=asked.complaint).pk,
        "letter": DirectionQuestionFactory(appeal__case__account=account).appeal.case.reference,
        "service": ServiceApplicationFactory(case__account=account, details={"place": "12", "meter": "G4"}).case.reference,
    }


@pytest.fixture
def bodies(account, card, sale):
    image = encode(money.image_of(card))
    return {
        "/accounts/search/": {"q": account.number},
        "/quotes/": {"account": account.number, "litres": 1_000},
        "/checkouts/": {"account": account.number, "litres": 1_000, "fingerprint": "x", "provider": "bank", "product": "transfer"},
        "/top-ups/": sale,
        "/accounts/{account}/readings/take/": {"litres": 1_000},
        "/held-payments/{payment}/assign/": {"target": account.number, "evidence": "proof"},
        "/reconciliation/breaks/{break}/settle/": {"action": "deliver"},
        "/reconciliation/bills/fetch/": {"provider": "wechat", "day": "2020-01-01"},
        "/reconciliation/payouts/": {"provider": "wechat", "amount": 100, "day": "2026-11-20", "slip": "B1"},
        "/accounts/{account}/credit-payouts/": {"reason": "wished"},
        "/credit-payouts/{credit_payout}/approve/": {"slip": "B1"},
        "/bills/{bill}/take-payment/": {"method": "cash"},
        "/calculations/": {"price_class": "resident", "first": "2026-11-01", "end": "2026-12-01", "litres": 50_000},
        "/card-reads/": {"image": image},
        "/kiosks/nearest/": {"latitude": 34.85, "longitude": 118.07},
        "/top-ups/{reference}/writes/": {"image": image},
        "/writes/1/result/": {"fault": "pulled"},
        "/call-backs/{follow_up}/attempt/": {"result": "no_answer", "version": 0},
        "/call-backs/{follow_up}/hear/": {"settled": True, "score": 5},
        "/call-backs/{follow_up}/letter/": {"text": "How did it go?"},
        "/hall-appointments/{hall_appointment}/move/": {"starts_at": "2026-11-24T09:00:00+08:00"},
        "/hall-appointments/{hall_appointment}/note/": {"step": "arrive"},
        "/cases/open/": {"topic": "bill", "text": "Too high"},
        "/cases/search/": {"q": "bill"},
        "/cases/{case}/files/add/": ContentFile(b"%PDF-1.7", name="lease.pdf"),
        "/cases/{case}/papers/missing/": {"papers": [{"name": "Lease"}], "means": "counter"},
        "/cases/{case}/papers/received/": {"names": ["Lease"]},
        "/cases/{case}/contacts/": {"content": "And May?"},
        "/cases/{case}/cancel/": {"reason": "found it"},
        "/cases/{case}/appointment/agree/": {"starts_at": "2026-11-23T09:00:00+08:00"},
        "/cases/{case}/appointment/move/": {"starts_at": "2026-11-23T09:00:00+08:00"},
        "/cases/{case}/appointment/arrange/": {"starts_at": "2026-11-23T09:00:00+08:00", "purpose": "steward"},
        "/cases/{case}/reopen/": {"reason": "it did not help"},
        "/cases/{case}/answer/": {"text": "It is right.", "means": "call"},
        "/cases/{case}/decline/": {"reason": "away"},
        "/cases/{case}/transfer/": {"staff": "017"},
        "/cases/{case}/assign/": {"staff": "017"},
        "/knowledge/articles/{article}/feedback/": {"is_useful": True},
        "/knowledge/search/": {"words": "card"},
        "/published-answers/search/": {"words": "card"},
        "/knowledge/questions/ask/": {"text": "May it?", "language": "en", "department": "clerk"},
        "/knowledge/questions/{question}/answer/": {"answer": "It may."},
        "/me/notifications/read/": {"ids": [1]},
        "/connections/{application}/papers/identity/hand-in/": ContentFile(b"%PDF-1.7", name="licence.pdf"),
        "/connections/{application}/papers/identity/judge/": {"verdict": "waived", "reason": "We have it.", "version": 0},
        "/connections/{application}/visits/book/": {"purpose": "survey", "starts_at": "2026-11-23T14:00:00+08:00"},
        "/connections/{application}/offer/accept/": {"digest": "0" * 64},
        "/connections/{application}/withdraw/": {"reason": "moved away"},
        "/connections/{application}/works/log/": {"text": "Pipe laid."},
        "/connections/{application}/stages/papers/begin/": {"version": 0},
        "/connections/{application}/stages/papers/finish/": {"version": 0},
        "/connections/{application}/stages/papers/skip/": {"version": 0, "reason": "We have it."},
        "/connections/{application}/stages/papers/turn/": {"version": 0, "ball": "company"},
        "/connections/{application}/stages/papers/move/": {"version": 0, "until": "2126-12-04T17:30:00+08:00"},
        "/connections/{application}/merge/": {"into": "C00000000"},
        "/connections/{application}/day/": {"until": "2126-12-04T17:30:00+08:00"},
        "/connections/{application}/way/": {"is_one_stop": True},
        "/connections/{application}/mandates/give/": {"how": "cabinet"},
        "/connections/{application}/notices/give/": {"means": "counter", "language": "en"},
        "/connections/{application}/offer/quotes/draft/": {"lines": [{"words": "All", "price": 1}], "seen": ""},
        "/connections/{application}/offer/designs/add/": ContentFile(b"%PDF-1.7", name="plan.pdf"),
        "/connections/{application}/offer/send/": {"seen": "1.1"},
        "/connections/{application}/offer/refund/": {"done": []},
        "/connections/{application}/works/dispatch/": {"to": "engineering"},
        "/connections/{application}/hand-over/": {"steward": "017", "note": "Go on."},
        "/complaints/complain/": {"about": "money", "text": "Too high."},
        "/complaints/{complaint}/ask/": {"role": "clerk", "question": "What happened?"},
        "/complaints/{complaint}/judge/": {"about": "money", "major_why": ""},
        "/complaints/{complaint}/answer/": {"outcome": "partly", "text": "It is right.", "way": "call"},
        "/complaints/{complaint}/refuse/": {"text": "Not ours.", "way": "call"},
        "/accounts/{account}/wanted/change/": {"news": ["email"]},
        "/unsubscribe/{way_out}/change/": {"news": ["email"]},
        "/inquiries/{inquiry}/answer/": {"finding": "Nothing."},
        "/reception/letters/send/": {"form": "review", "topic": "service", "text": "Kind people."},
        "/reception/letters/{letter}/answer/": {"text": "It is right.", "way": "call"},
        "/reception/letters/{letter}/ask/": {"question": "Which month?"},
        "/reception/letters/{letter}/decline/": {"reason": "Not ours."},
        "/reception/letters/{letter}/direction-answer/": {"answer": "The second tier."},
        "/reception/letters/{letter}/forward/": {"to": "017"},
        "/reception/letters/{letter}/tell-date/": {"until": "2126-11-23T14:00:00+08:00", "reason": "An archive."},
        "/reception/services/apply/": {"service": "meter", "phone": "13900139000"},
        "/reception/services/{service}/agree/": {"agreed_for": "2126-11-23T14:00:00+08:00"},
        "/reception/services/{service}/details/": {"details": {"owner": "I am"}},
        "/reception/services/{service}/finish/": {"words": "Done."},
        "/reception/services/{service}/missing/": {"items": ["owner"]},
        "/reception/services/{service}/route/": {"to": "017"},
        "/connections/apply/": {"kind": "residential", "place": "文峰路12号", "name": "周敏", "phone": "13900139000"},
        "/repairs/report/": {"fault": "leak", "place": "文峰路"},
        "/repairs/triage/": {"fault": "leak"},
        "/repairs/{repair}/conclude/": {"words": "Nothing was wrong"},
        "/repairs/{repair}/dispute/": {"words": "Still no gas"},
        "/repairs/{repair}/classify/": {"urgency": "urgent", "classification": "major"},
        "/restorations/accept/": {"account": account.number, "cause": "debt"},
        "/outages/calls/1/result/": {"result": "reached", "attempts": 0},
        "/outages/{outage}/tickets/": {"case": GeneralRequestFactory().case.reference},
        "/outages/{outage}/tickets/remove/": {"case": "R00000000"},
    }


def area_of(address):
    """Addresses that are asked in one test: selling and papers for each address and caller would take minutes."""
    return address.split("/")[1]


@pytest.mark.every_row
@pytest.mark.parametrize("area", sorted({area_of(address) for address in TABLE}))
def test_everybody_gets_what_is_theirs(request, names, bodies, area):
    expected = {address: statuses_of(row) for address, row in TABLE.items() if area_of(address) == area}
    clients = {who: request.getfixturevalue(who) for who in CALLERS}
    found = {address: {who: ask(clients[who], address, names, bodies).status_code for who in row} for address, row in expected.items()}
    assert found == expected


def statuses_of(row):
    """By caller. Who may do what is the same on both databases: on PostgreSQL the first who may does, for the address's statements."""
    statuses = dict(zip(CALLERS, row, strict=True))
    may = [who for who, status in statuses.items() if status not in {401, 403, 404}]
    return statuses if connection.vendor == "sqlite" else {who: statuses[who] for who in may[:1]}


def ask(client, address, names, bodies):
    """The answer, and the database as if nobody had asked."""
    method, path = address.split(" ")
    headers = {"Accept": "*/*", "Idempotency-Key": "table"}
    url, body = f"/api/v1{path.format(**names)}", bodies.get(path)
    with transaction.atomic():
        if isinstance(body, File):
            body.seek(0)
            response = client.post(url, {"file": body}, format="multipart", headers=headers)
        else:
            response = client.generic(method, url, **_body(body), headers=headers)
        transaction.set_rollback(True)
    return response


def _body(body):
    import json

    return {"data": json.dumps(body), "content_type": "application/json"} if body else {}


#: How an address is written here -> what stands there in the schema.
HOLES = {
    "{application}": "{reference}",
    "{letter}": "{reference}",
    "unsubscribe/{way_out}/": "unsubscribe/{token}/",
    "{complaint}": "{reference}",
    "{service}": "{reference}",
    "defects/1/": "defects/{defect}/",
    "papers/identity/": "papers/{key}/",
    "stages/papers/": "stages/{key}/",
    "notices/0/": "notices/{notice}/",
    "connection-plans/residential/9999/": "connection-plans/{kind}/{version}/",
    "NOSUCHCALL": "{reference}",
    "announcements/1/": "announcements/{announcement}/",
    "news/1/": "news/{news}/",
    "published-answers/1/": "published-answers/{number}/",
    "{repair}": "{reference}",
    "{restoration}": "{reference}",
    "{outage}": "{reference}",
    "calls/1/": "calls/{call}/",
    "exceptions/1/": "exceptions/{wish}/",
    "{break}": "{reference}",
    "{hall_appointment}": "{reference}",
    "{credit_payout}": "{reference}",
    "/exports/journal/": "/exports/{sheet}/",
    "/halls/LL01/": "/halls/{code}/",
    "/days/2026-11-20/": "/days/{day}/",
    "{receipt}": "{number}",
    "{payment}": "{key}",
    "{assignment}": "{reference}",
    "{account}": "{number}",
    "{bill}": "{number}",
    "{checkout}": "{reference}",
    "{case}": "{reference}",
    "{file}": "{token}",
    "visits/1/": "visits/{visit}/",
    "crews/K1/": "crews/{crew}/",
    "/writes/1/": "/writes/{write}/",
    "shifts/1/": "shifts/{shift}/",
    "priority-entries/1/": "priority-entries/{entry}/",
    "plans/1/": "plans/{plan}/",
    "closed-days/1/": "closed-days/{closure}/",
}


def _as_in_schema(address):
    for hole, name in HOLES.items():
        address = address.replace(hole, name)
    return address


def test_the_table_knows_every_address():
    # Only its addresses are asked: to draw the whole schema takes seconds.
    found = [(method, path) for path, _regex, method, _view in EndpointEnumerator().get_api_endpoints()]
    named = {f"{method} {path.removeprefix('/api/v1')}" for method, path in found if path.startswith("/api/v1/")}
    assert len(named) > 300
    shaped = {_as_in_schema(address) for address in TABLE}
    shaped |= {"DELETE /me/tokens/{handle}/", "POST /writes/{write}/result/", "POST /tokens/", "POST /tokens/codes/"}
    assert named <= shaped, named - shaped


def test_a_payer_sees_the_account_but_not_the_households_papers(olive, olives, account, names):
    olive.bindings.update(role="payer")
    assert olives.get(f"/api/v1/accounts/{account.number}/").status_code == 200
    assert olives.get(f"/api/v1/receipts/{names['receipt']}/").status_code == 404


def test_a_binding_that_ended_shows_nothing(olive, olives, account, now):
    olive.bindings.update(unbound_at=now)
    assert olives.get(f"/api/v1/accounts/{account.number}/").status_code == 404
