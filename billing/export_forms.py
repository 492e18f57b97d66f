"""What finance takes along, and as which file."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Hall

from .forms import DAY, OUR_TIME
from .models import Book
from .queries.exports import Sheet, Wanted

#: A year and a day: enough for any year's end, and no question takes for ever.
MOST_DAYS = 367
SHEETS = {
    Sheet.JOURNAL: _("entries for the accounts: each day, hall, kind and book, summed"),
    Sheet.POSTINGS: _("every posting of the ledger"),
    Sheet.TAKINGS: _("takings by day, hall and way of payment"),
    Sheet.PURCHASES: _("purchases of gas"),
    Sheet.RECEIPTS: _("receipts, also those in red"),
    Sheet.BILL_PAYMENTS: _("bills paid at counters"),
    Sheet.CHARGE_RECEIPTS: _("receipts for works, also those in red"),
    Sheet.DAYS: _("closed days with their signatures"),
}


class ExportForm(forms.Form):
    """A sheet, a period, and if wanted one hall or one book."""

    sheet = forms.ChoiceField(label=_("What"), choices=[(key.value, label) for key, label in SHEETS.items()], widget=forms.RadioSelect)
    first = forms.DateField(label=_("From"), widget=DAY, validators=OUR_TIME)
    last = forms.DateField(label=_("Until, this day included"), widget=DAY, validators=OUR_TIME)
    hall = forms.ModelChoiceField(Hall.objects.none(), label=_("Hall"), to_field_name="code", empty_label=_("all halls"), required=False)
    book = forms.ChoiceField(label=pgettext_lazy("ledger", "Book"), choices=[("", _("all books")), *Book.choices], required=False)
    form = forms.ChoiceField(
        label=_("As"), choices=[("csv", _("CSV, for any program")), ("xlsx", _("XLSX workbook"))], widget=forms.RadioSelect, initial="csv"
    )

    def __init__(self, *args: Any, halls: QuerySet[Hall], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["hall"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = halls

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if {"first", "last"} <= given.keys():
            self._check_days(given["first"], given["last"])
        return given

    def _check_days(self, first: date, last: date) -> None:
        if last < first:
            self.add_error("last", _("The last day must not lie before the first."))
        elif last - first >= timedelta(days=MOST_DAYS):
            self.add_error("last", _("A year at most can be taken along at once."))

    def wanted(self) -> Wanted:
        """What was asked for."""
        given = self.cleaned_data
        return Wanted(first=given["first"], last=given["last"], hall=given["hall"], book=given["book"])
