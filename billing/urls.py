"""Pages of this app."""

from django.urls import URLPattern, path, re_path, register_converter

from . import charge_urls, kiosk_urls, meter_urls, online_payment_urls, reconciliation_urls
from .converters import Day
from .views import (
    account_bills,
    allowances,
    bills,
    calculator,
    closing,
    counter_visits,
    exports,
    hall_days,
    ledger,
    provider_notices,
    readings,
    receipts,
    reversals,
    shifts,
    tariffs,
    texts,
    tills,
)

app_name = "billing"

register_converter(Day, "day")

_NUMBER = r"(?P<number>[^/\s]{1,8}-\d{4}-\d{6,9})"

urlpatterns: list[URLPattern] = [
    *charge_urls.urlpatterns,
    *kiosk_urls.urlpatterns,
    *meter_urls.urlpatterns,
    *reconciliation_urls.urlpatterns,
    *online_payment_urls.urlpatterns,
    re_path(rf"^receipts/{_NUMBER}/$", receipts.receipt_print, name="receipt"),
    re_path(rf"^receipts/{_NUMBER}\.pdf$", receipts.receipt_pdf, name="receipt_pdf"),
    path("verify/", receipts.verify_start, name="verify_start"),
    re_path(r"^verify/(?P<code>[0-9A-Za-z -]{4,40})/$", receipts.verify, name="verify"),
    path("staff/shift/", shifts.shift, name="shift"),
    path("staff/shift/open/", shifts.shift_open, name="shift_open"),
    path("staff/shift/count/", shifts.shift_count, name="shift_count"),
    path("staff/shifts/", tills.shift_list, name="shift_list"),
    path("staff/shifts/<int:number>/", tills.shift_detail, name="shift_detail"),
    path("staff/shifts/<int:number>.pdf", tills.shift_report, name="shift_report"),
    path("staff/shifts/<int:number>/sign/", tills.shift_sign, name="shift_sign"),
    path("staff/shifts/<int:number>/count/", tills.shift_count_for_clerk, name="shift_count_for_clerk"),
    path("staff/shifts/<int:number>/reopen/", tills.shift_reopen, name="shift_reopen"),
    path("staff/hall-day/", hall_days.hall_day, name="hall_day"),
    path("staff/hall-day/close/", hall_days.hall_day_close, name="hall_day_close"),
    path("staff/hall-day/deposit/", hall_days.cash_deposit, name="cash_deposit"),
    path("staff/hall-day/sign/", hall_days.hall_day_sign, name="hall_day_sign"),
    path("staff/hall-day/<str:code>/<day:day>.pdf", hall_days.day_report, name="day_report"),
    path("staff/counter-visits/<str:reference>/", counter_visits.counter_visit, name="counter_visit"),
    path("staff/ledger/", ledger.ledger, name="ledger"),
    path("staff/ledger.csv", ledger.ledger_csv, name="ledger_csv"),
    path("staff/ledger/<str:reference>/", ledger.money_story, name="money_story"),
    path("staff/exports/", exports.exports, name="exports"),
    path("staff/exports/file/", exports.export_file, name="export_file"),
    path("staff/reversals/", reversals.reversal_list, name="reversal_list"),
    path("staff/reversals/<str:reference>/approve/", reversals.reversal_approve, name="reversal_approve"),
    path("staff/reversals/<str:reference>/refuse/", reversals.reversal_refuse, name="reversal_refuse"),
    path("staff/accounts/<str:number>/allowances/", allowances.allowance_list, name="allowance_list"),
    path("staff/accounts/<str:number>/allowances/grant/", allowances.allowance_grant, name="allowance_grant"),
    path("staff/accounts/<str:number>/allowances/<int:key>/end/", allowances.allowance_end, name="allowance_end"),
    path("pay/wechat/notice/", provider_notices.wechat, name="wechat_notice"),
    path("pay/alipay/notice/", provider_notices.alipay, name="alipay_notice"),
    path("staff/accounts/<str:number>/bills/", account_bills.account_bills, name="account_bills"),
    path("staff/accounts/<str:number>/ending/", closing.account_ending, name="account_ending"),
    path("staff/accounts/<str:number>/ending/final-bill/", closing.final_bill_make, name="final_bill_make"),
    path("staff/accounts/<str:number>/ending/close/", closing.account_close, name="account_close"),
    path("staff/accounts/<str:number>/readings/take/", account_bills.reading_take, name="reading_take"),
    path("staff/bills/<str:number>/", account_bills.bill_detail, name="bill_detail"),
    path("staff/bills/<str:number>/take-payment/", account_bills.bill_take_payment, name="bill_take_payment"),
    path("staff/bills/<str:number>/withdraw/", account_bills.bill_withdraw, name="bill_withdraw"),
    path("staff/readings/", readings.reading_list, name="reading_list"),
    path("staff/readings/<int:pk>/confirm/", readings.reading_confirm, name="reading_confirm"),
    path("staff/readings/<int:pk>/reject/", readings.reading_reject, name="reading_reject"),
    path("bills/<str:number>.pdf", bills.bill_pdf, name="bill_pdf"),
    path("bills/<str:number>/pay/", bills.pay_bill, name="pay_bill"),
    path("gateways/sms/incoming/", texts.incoming_text, name="incoming_text"),
    path("calculator/", calculator.calculator, name="calculator"),
    path("tariffs/", tariffs.tariff_list, name="tariff_list"),
]
