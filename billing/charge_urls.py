"""Pages of charges: for whoever has the number, and for staff."""

from django.urls import URLPattern, path

from .views import charge_links, charges

_LINK = "pay/charges/<str:number>/"
urlpatterns: list[URLPattern] = [
    path(_LINK, charge_links.charge_pay, name="charge_pay"),
    path(f"{_LINK}receipts/<str:receipt>.pdf", charge_links.charge_receipt_pdf, name="charge_receipt_pdf"),
    path(f"{_LINK}<str:reference>/", charge_links.charge_payment, name="charge_payment"),
    path(f"{_LINK}<str:reference>/live/", charge_links.charge_payment_live, name="charge_payment_live"),
    path(f"{_LINK}<str:reference>/back/", charge_links.charge_payment_back, name="charge_payment_back"),
    path(f"{_LINK}<str:reference>/show/", charge_links.charge_payment_show, name="charge_payment_show"),
    path(f"{_LINK}<str:reference>/cancel/", charge_links.charge_payment_cancel, name="charge_payment_cancel"),
    path("staff/charges/", charges.charge_list, name="charge_list"),
    path("staff/charges/<str:number>/", charges.charge_detail, name="charge_detail"),
    path("staff/charges/<str:number>/take-payment/", charges.charge_take_payment, name="charge_take_payment"),
    path("staff/charge-returns/<str:reference>/approve/", charges.charge_return_approve, name="charge_return_approve"),
    path("staff/charge-returns/<str:reference>/refuse/", charges.charge_return_refuse, name="charge_return_refuse"),
    path("staff/charge-returns/<str:reference>/pay-out/", charges.charge_return_pay_out, name="charge_return_pay_out"),
]
