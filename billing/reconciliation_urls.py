"""Pages about reconciliation; part of this app's urls."""

from django.urls import URLPattern, path

from .views import breaks, statements

urlpatterns: list[URLPattern] = [
    path("staff/reconciliation/", breaks.break_list, name="break_list"),
    path("staff/reconciliation/bills/", statements.statement_list, name="statement_list"),
    path("staff/reconciliation/bills/<int:key>/", statements.statement_detail, name="statement_detail"),
    path("staff/reconciliation/bills/upload/", statements.statement_upload, name="statement_upload"),
    path("staff/reconciliation/bills/fetch/", statements.statement_fetch, name="statement_fetch"),
    path("staff/reconciliation/payouts/", statements.payout_note, name="payout_note"),
    path("staff/reconciliation/<str:reference>/", breaks.break_detail, name="break_detail"),
    path("staff/reconciliation/<str:reference>/take-on/", breaks.break_take_on, name="break_take_on"),
    path("staff/reconciliation/<str:reference>/act/", breaks.break_act, name="break_act"),
    path("staff/reconciliation/<str:reference>/approve/", breaks.break_approve, name="break_approve"),
    path("staff/reconciliation/<str:reference>/refuse/", breaks.break_refuse, name="break_refuse"),
]
