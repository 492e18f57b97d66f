from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Part(models.Model):
    """Something a crew builds in, with its price in minor units; no longer offered once retired."""

    code = models.CharField(_("code"), max_length=16, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    name_ru = models.CharField(max_length=120, blank=True)
    unit = models.CharField(_("unit"), max_length=8, default="pc")
    price = models.PositiveBigIntegerField(_("price, minor units"), default=0)
    retired_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ["code"]


class WorkLine(models.Model):
    """A part built in (quantity in thousandths of its unit) or labour (minutes) on a visit, with the price it had then."""

    class Kind(models.TextChoices):
        PART = "part", _("part")
        LABOUR = "labour", _("labour")

    visit = models.ForeignKey("fieldwork.Visit", on_delete=models.PROTECT, related_name="work_lines")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    quantity_milli = models.PositiveIntegerField(_("quantity, thousandths"), default=0)
    minutes = models.PositiveIntegerField(_("minutes"), default=0)
    price = models.PositiveBigIntegerField(_("unit price, minor units"), default=0)
    note = models.CharField(_("note"), max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("line of work")
        verbose_name_plural = _("lines of work")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="part", part__isnull=False, quantity_milli__gt=0) | Q(kind="labour", part__isnull=True, minutes__gt=0),
                name="a_line_of_work_is_parts_or_minutes",
            ),
        ]


class Signature(models.Model):
    """Somebody at the door put their name to the work: a drawing as an attachment, or the code we sent them."""

    visit = models.OneToOneField("fieldwork.Visit", on_delete=models.PROTECT, primary_key=True, related_name="signature")
    name = models.CharField(_("name"), max_length=120, blank=True)
    drawing = models.ForeignKey("casework.Attachment", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_by_code = models.BooleanField(default=False)
    happened_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
