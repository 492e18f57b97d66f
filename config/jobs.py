"""The one list of periodic jobs. Each is a row in the database too; whoever sweeps claims it (sla/operations/timekeeping.py)."""

from datetime import time, timedelta

from django.conf import settings

from sla.schedules import Every

JOBS = [
    Every("billing.ask_providers", "billing.tasks.ask_providers", every=timedelta(seconds=10)),
    Every("billing.send_refunds", "billing.tasks.send_refunds", every=timedelta(seconds=10)),
    Every("billing.reconcile", "billing.tasks.reconcile", every=timedelta(hours=1)),
    Every("billing.watch_kiosks", "billing.tasks.watch_kiosks", every=timedelta(seconds=30)),
    Every("billing.bill_months", "billing.tasks.bill_months", every=timedelta(minutes=20)),
    Every("billing.write_about_bills", "billing.tasks.write_about_bills", at=time(10, 0), zone=settings.TIME_ZONE),
    Every("billing.end_forgotten_visits", "billing.tasks.end_forgotten_visits", every=timedelta(minutes=15)),
    Every("fieldwork.lapse_offers", "fieldwork.tasks.lapse_offers", every=timedelta(seconds=15)),
    Every("fieldwork.remind_dispatchers", "fieldwork.tasks.remind_dispatchers", every=timedelta(seconds=30)),
    Every("fieldwork.offer_booked", "fieldwork.tasks.offer_booked", every=timedelta(minutes=1)),
    Every("fieldwork.note_overdue", "fieldwork.tasks.note_overdue", every=timedelta(seconds=20)),
    Every(
        "fieldwork.remind_of_appointments",
        "fieldwork.tasks.remind_of_appointments",
        at=time(17, 0),
        zone=settings.TIME_ZONE,
    ),
    Every("desk.watch_lines", "desk.tasks.watch_lines", every=timedelta(minutes=1)),
    Every("desk.end_silent_calls", "desk.tasks.end_silent_calls", every=timedelta(minutes=5)),
    Every("desk.link_orders", "desk.tasks.link_orders", every=timedelta(minutes=1)),
    Every("desk.forget_calls", "desk.tasks.forget_calls", at=time(3, 25), zone=settings.TIME_ZONE),
    Every("sla.watch_years", "sla.tasks.watch_years", at=time(6, 0), zone=settings.TIME_ZONE),
    Every("casework.seal_journal", "casework.tasks.seal_journal", at=time(0, 5), zone=settings.TIME_ZONE),
    Every("casework.prune_effects", "casework.tasks.prune_effects", at=time(3, 10), zone=settings.TIME_ZONE),
    Every("accounts.follow_register", "accounts.tasks.follow_register", at=time(0, 2), zone=settings.TIME_ZONE),
    Every("accounts.prune_sign_ins", "accounts.tasks.prune_sign_ins", at=time(3, 20), zone=settings.TIME_ZONE),
    Every("callbacks.draw_samples", "callbacks.tasks.draw_samples", every=timedelta(minutes=10)),
    Every("callbacks.forget_words", "callbacks.tasks.forget_words", at=time(3, 35), zone=settings.TIME_ZONE),
    Every("callbacks.hand_over", "callbacks.tasks.hand_over", every=timedelta(minutes=1)),
    Every("casework.close_answered", "casework.tasks.close_answered", every=timedelta(minutes=15)),
    Every("notices.announce", "notices.tasks.announce", every=timedelta(seconds=5)),
    Every("complaints.close_settled", "complaints.tasks.close_settled", every=timedelta(minutes=15)),
    Every("notices.forget_old_words", "notices.tasks.forget_old_words", at=time(3, 30), zone=settings.TIME_ZONE),
    Every("notices.remind_of_reviews", "notices.tasks.remind_of_reviews", at=time(9, 10), zone=settings.TIME_ZONE),
    Every("repairs.forget_old_notes", "repairs.tasks.forget_old_notes", at=time(3, 50), zone=settings.TIME_ZONE),
    Every("connections.prune_drafts", "connections.tasks.prune_drafts", at=time(3, 15), zone=settings.TIME_ZONE),
    Every("connections.remind_of_papers", "connections.tasks.remind_of_papers", at=time(10, 20), zone=settings.TIME_ZONE),
    Every("connections.end_supplies", "connections.tasks.end_supplies", at=time(4, 20), zone=settings.TIME_ZONE),
    Every("connections.leave_nobody_waiting", "connections.tasks.leave_nobody_waiting", every=timedelta(minutes=1)),
    Every("casework.prune_answers", "casework.tasks.prune_answers", every=timedelta(hours=1)),
    Every("sla.open_duties", "sla.tasks.open_duties", every=timedelta(hours=1)),
    Every("sla.settle_compensation", "sla.tasks.settle_compensation", every=timedelta(hours=1)),
    Every("sla.score_today", "sla.tasks.score_today", every=timedelta(hours=1)),
    Every("sla.score_month", "sla.tasks.score_month", at=time(3, 40), zone=settings.TIME_ZONE),
    Every("billing.expire_meter_commands", "billing.tasks.expire_meter_commands", every=timedelta(minutes=5)),
    Every("billing.forecast_credit", "billing.tasks.forecast_credit", every=timedelta(minutes=5)),
    Every("billing.judge_forecasts", "billing.tasks.judge_forecasts", at=time(4, 10), zone=settings.TIME_ZONE),
]
