"""The customer's own pages, and the whole view of an account for staff; part of this app's urls."""

from django.urls import URLPattern, path

from .views import account, binding, buying, cabinet, cabinet_bills, cabinet_meter

urlpatterns: list[URLPattern] = [
    path("staff/accounts/<str:number>/", account.account, name="account"),
    path("cabinet/", cabinet.home, name="cabinet"),
    path("cabinet/choose/", cabinet.choose, name="cabinet_choose"),
    path("cabinet/purchases/", cabinet.purchases, name="cabinet_purchases"),
    path("cabinet/purchases/<str:reference>/", cabinet.purchase, name="cabinet_purchase"),
    path("cabinet/buy/", buying.buy, name="cabinet_buy"),
    path("cabinet/bills/<str:number>/pay/", buying.pay_bill, name="cabinet_pay_bill"),
    path("cabinet/payments/", buying.payment_list, name="cabinet_payments"),
    path("cabinet/payments/<str:reference>/", buying.payment, name="cabinet_payment"),
    path("cabinet/payments/<str:reference>/live/", buying.payment_live, name="cabinet_payment_live"),
    path("cabinet/payments/<str:reference>/back/", buying.payment_back, name="cabinet_payment_back"),
    path("cabinet/payments/<str:reference>/show/", buying.payment_show, name="cabinet_payment_show"),
    path("cabinet/payments/<str:reference>/cancel/", buying.payment_cancel, name="cabinet_payment_cancel"),
    path("cabinet/cards/", cabinet.cards, name="cabinet_cards"),
    path("cabinet/meter/", cabinet_meter.meter, name="cabinet_meter"),
    path("cabinet/tariff/", cabinet.tariff, name="cabinet_tariff"),
    path("cabinet/readings/", cabinet_bills.readings, name="cabinet_readings"),
    path("cabinet/bills/", cabinet_bills.bills, name="cabinet_bills"),
    path("cabinet/bills/<str:number>/", cabinet_bills.bill, name="cabinet_bill"),
    path("cabinet/documents/", cabinet.documents, name="cabinet_documents"),
    path("cabinet/details/", cabinet.details, name="cabinet_details"),
    path("cabinet/bind/", binding.bind, name="cabinet_bind"),
    path("cabinet/bind/code/", binding.bind_code, name="cabinet_bind_code"),
    path("cabinet/accounts/<str:number>/unbind/", binding.unbind, name="cabinet_unbind"),
]
