"""Staff's pages about money that came in online."""

from django.urls import URLPattern, path

from .views import held_money, online_payments

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
]
