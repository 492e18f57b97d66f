"""Forms of offers. What was typed stays, whatever was wrong with it."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from billing.forms import DAY, OUR_TIME, AmountField

from ..models import Design, FeeRow, Quote, QuoteLine
from ..queries.papers import in_words
from ..queries.quote_words import line_words
from ..quote_lines import NewLine, NewQuote

_COUNT = re.compile(r"\d{1,6}([.,]\d{1,2})?")
#: Rows for what the plan has no fee for; more are there once these are filled and saved.
FREE = 3


class CountField(forms.CharField):
    """How many, in any digits and with two decimals at most; cleaned to hundredths, 0 where nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=12, required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> int:
        text = unicodedata.normalize("NFKC", super().clean(value)).replace(" ", "")
        if not text:
            return 0
        if not _COUNT.fullmatch(text):
            raise forms.ValidationError(_("Write a number, as in 12 or 12.5."))
        whole, _point, part = text.replace(",", ".").partition(".")
        return int(whole) * 100 + int(part.ljust(2, "0") if part else 0)


class DesignField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A version of the drawing."""

    def label_from_instance(self, obj: Any) -> str:
        return gettext("Version %(number)d: %(name)s") % {"number": obj.number, "name": obj.attachment.name}


class QuoteForm(forms.Form):
    """A version of a quote: each fee of the plan with how many and the price, and free lines."""

    design = DesignField(label=_("Design it rests on"), queryset=Design.objects.none(), required=False)
    note = forms.CharField(label=_("Remark for the applicant"), max_length=300, required=False)
    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, fees: Sequence[FeeRow], designs: Any, draft: Quote | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fees = {fee.pk: fee for fee in fees}
        field = self.fields["design"]
        assert isinstance(field, DesignField)
        field.queryset = designs
        known = {line.fee_id: line for line in draft.lines.all() if line.fee_id} if draft else {}
        free = [line for line in draft.lines.select_related("fee") if not line.fee_id] if draft else []
        for fee in fees:
            self._add(f"fee_{fee.pk}", in_words(fee.names), known.get(fee.pk), price=fee.amount)
        self.rows = [f"fee_{fee.pk}" for fee in fees]
        for number in range(len(free) + FREE):
            name, line = f"free_{number}", free[number] if number < len(free) else None
            words = forms.CharField(label=_("What for"), max_length=120, required=False, initial=line_words(line) if line else "")
            self.fields[f"{name}_words"] = words
            self._add(name, "", line)
            self.rows.append(name)

    def _add(self, name: str, label: str, line: QuoteLine | None, price: int = 0) -> None:
        count = _plain(line.hundredths) if line else ""
        amount = line.price if line else price
        self.fields[f"{name}_count"] = CountField(label=_("How many"), initial=count)
        self.fields[f"{name}_price"] = AmountField(label=_("Price of one"), required=False, initial=_plain(amount) if amount else "")
        self.fields[f"{name}_count"].words = label  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        for name in self.rows:
            words, count = self.cleaned_data.get(f"{name}_words"), self.cleaned_data.get(f"{name}_count")
            if name.startswith("free_") and count and not (words or "").strip():
                self.add_error(f"{name}_words", _("Say what this line is for."))
            if name.startswith("free_") and (words or "").strip() and not count:
                self.add_error(f"{name}_count", _("Say how many."))
        return self.cleaned_data

    def shown_rows(self) -> list[dict[str, Any]]:
        """Each line with its fields, for the page."""
        return [
            {
                "label": getattr(self.fields[f"{name}_count"], "words", ""),
                "words": self[f"{name}_words"] if f"{name}_words" in self.fields else None,
                "count": self[f"{name}_count"],
                "price": self[f"{name}_price"],
            }
            for name in self.rows
        ]

    def new_quote(self) -> NewQuote:
        """As the operation takes it."""
        given = self.cleaned_data
        return NewQuote(lines=self._new_lines(), design=given["design"], note=given["note"], seen=given["seen"])

    def _new_lines(self) -> list[NewLine]:
        """Those that have a number."""
        given, lines = self.cleaned_data, []
        for name in self.rows:
            if given[f"{name}_count"]:
                fee = self.fees.get(int(name.removeprefix("fee_"))) if name.startswith("fee_") else None
                words, price = given.get(f"{name}_words") or "", given[f"{name}_price"]
                lines.append(NewLine(fee=fee, words=words, price=price, hundredths=given[f"{name}_count"]))
        return lines


class DesignForm(forms.Form):
    file = forms.FileField(label=_("Drawing"), help_text=_("PDF or a picture."))
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)


class SendForm(forms.Form):
    valid_until = forms.DateField(label=_("Holds until"), widget=DAY, validators=OUR_TIME)
    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_valid_until(self) -> date:
        day: date = self.cleaned_data["valid_until"]
        if day < self.today:
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=300)


class DoneForm(forms.Form):
    """How much of each line was done, in its own unit."""

    def __init__(self, *args: Any, lines: Sequence[QuoteLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            whole = gettext("of %(all)s") % {"all": _plain(line.hundredths)}
            self.fields[f"done_{line.pk}"] = CountField(label=line_words(line), help_text=whole)

    def clean(self) -> dict[str, Any]:
        for line in self.lines:
            if self.cleaned_data.get(f"done_{line.pk}", 0) > line.hundredths:
                self.add_error(f"done_{line.pk}", _("More cannot have been done than was ordered."))
        return self.cleaned_data

    def done(self) -> dict[int, int]:
        """By the key of the line, in hundredths."""
        return {line.pk: self.cleaned_data[f"done_{line.pk}"] for line in self.lines}


def _plain(hundredths: int) -> str:
    """As one types it."""
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".") if part else str(whole)
