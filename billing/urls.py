"""Pages of this app."""

from django.urls import URLPattern, path, re_path

from .views import receipts

app_name = "billing"

_NUMBER = r"(?P<number>[^/\s]{1,8}-\d{4}-\d{6,9})"

urlpatterns: list[URLPattern] = [
    re_path(rf"^receipts/{_NUMBER}/$", receipts.receipt_print, name="receipt"),
    re_path(rf"^receipts/{_NUMBER}\.pdf$", receipts.receipt_pdf, name="receipt_pdf"),
    path("verify/", receipts.verify_start, name="verify_start"),
    re_path(r"^verify/(?P<code>[0-9A-Za-z -]{4,40})/$", receipts.verify, name="verify"),
]
