"""Staff's pages about money that came in online, or is to go back."""

from django.urls import URLPattern, path

from .views import credit_payouts, held_money, online_payments

urlpatterns: list[URLPattern] = [
    path("staff/online-payments/", online_payments.payment_list, name="online_payments"),
    path("staff/online-payments/held/<int:key>/", online_payments.refund_ask, name="refund_ask"),
    path("staff/online-payments/held/<int:key>/assign/", held_money.assignment_ask, name="assignment_ask"),
    path("staff/online-payments/assignments/<str:reference>/approve/", held_money.assignment_approve, name="assignment_approve"),
    path("staff/online-payments/assignments/<str:reference>/refuse/", held_money.assignment_refuse, name="assignment_refuse"),
    path("staff/online-payments/refunds/<str:reference>/approve/", online_payments.refund_approve, name="refund_approve"),
    path("staff/online-payments/refunds/<str:reference>/refuse/", online_payments.refund_refuse, name="refund_refuse"),
    path("staff/online-payments/refunds/<str:reference>/retry/", online_payments.refund_retry, name="refund_retry"),
    path("staff/online-payments/refunds/<str:reference>/by-hand/", online_payments.refund_by_hand, name="refund_by_hand"),
    path("staff/accounts/<str:number>/credit/", credit_payouts.account_credit, name="account_credit"),
    path("staff/accounts/<str:number>/credit/pay-out/", credit_payouts.payout_ask, name="payout_ask"),
    path("staff/credit-payouts/<str:reference>/approve/", credit_payouts.payout_approve, name="payout_approve"),
    path("staff/credit-payouts/<str:reference>/refuse/", credit_payouts.payout_refuse, name="payout_refuse"),
]
