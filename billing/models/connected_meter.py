from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..states import CommandStatus


class ConnectedMeter(models.Model):
    """What a connected meter last said of itself (domain.md 1.3). One row a meter of kind IOT, made when it is installed or first heard.

    ``balance_litres`` may be negative while emergency credit is used. ``next_number`` numbers the commands, so that the meter never
    takes one twice. ``valve_because`` is why the valve is closed. ``report_number`` is the meter's own number of the last report
    heard: an older one that comes late, or again, says nothing new of its state.
    """

    class Valve(models.TextChoices):
        OPEN = "open", pgettext_lazy("valve", "open")
        CLOSED = "closed", pgettext_lazy("valve", "closed")
        WAITS_FOR_KEY = "waits_for_key", _("may be opened by pressing the key")

    class Because(models.TextChoices):
        LOW_CREDIT = "low_credit", _("credit used up")
        DEBT = "debt", _("emergency credit used up")
        IDLE = "idle", _("no gas used for many days")
        TAMPER = "tamper", _("meter was tampered with")
        BATTERY = "battery", _("battery low")
        REMOTE = "remote", _("closed by the company")

    meter = models.OneToOneField("accounts.Meter", on_delete=models.PROTECT, primary_key=True, related_name="connected")
    balance_litres = models.BigIntegerField(_("credit (litres)"), default=0)
    reading_litres = models.PositiveBigIntegerField(_("reading (litres)"), default=0)
    emergency_litres = models.PositiveBigIntegerField(_("emergency credit used (litres)"), default=0)
    valve = models.CharField(_("valve"), max_length=14, choices=Valve, default=Valve.OPEN)
    valve_because = models.CharField(_("why"), max_length=12, choices=Because, blank=True)
    valve_since = models.DateTimeField(_("valve as it is since"), null=True)
    battery_percent = models.PositiveSmallIntegerField(_("battery (%)"), null=True)
    heard_at = models.DateTimeField(_("last heard of"), null=True)
    report_number = models.PositiveBigIntegerField(default=0)
    next_number = models.PositiveIntegerField(default=1)
    reminded_at = models.DateTimeField(_("reminded of low credit"), null=True)

    class Meta:
        verbose_name = _("connected meter")
        verbose_name_plural = _("connected meters")


class MeterDay(models.Model):
    """What a connected meter used on one day."""

    meter = models.ForeignKey("accounts.Meter", on_delete=models.CASCADE, related_name="days")
    day = models.DateField(_("day"))
    used_litres = models.PositiveBigIntegerField(_("used (litres)"))
    reading_litres = models.PositiveBigIntegerField(_("reading (litres)"))

    class Meta:
        verbose_name = _("day of a connected meter")
        verbose_name_plural = _("days of connected meters")
        constraints = [models.UniqueConstraint(fields=["meter", "day"], name="a_meter_has_one_row_a_day")]


class MeterCommand(models.Model):
    """Something a connected meter is to do when it next connects. The life is in states.METER_COMMAND.

    ``number`` runs per meter: a meter that has confirmed 7 ignores 7 the next time, so a command sent twice acts once. ``because`` is
    what the meter is to show as the reason of a closed valve; ``reason`` are the words of whoever ordered it. What a meter never took
    before it was replaced goes to its successor with a command of its own: a ``top_up`` may have several, but one that is not withdrawn.
    """

    class Kind(models.TextChoices):
        RECHARGE = "recharge", _("add credit")
        OPEN_VALVE = "open_valve", _("let the valve be opened")
        CLOSE_VALVE = "close_valve", _("close the valve")

    meter = models.ForeignKey("accounts.Meter", on_delete=models.PROTECT, related_name="commands")
    number = models.PositiveIntegerField(_("number"))
    because = models.CharField(_("why"), max_length=12, choices=ConnectedMeter.Because, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    top_up = models.ForeignKey("billing.TopUp", on_delete=models.PROTECT, null=True, related_name="commands")
    litres = models.BigIntegerField(_("volume (litres)"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=CommandStatus, default=CommandStatus.QUEUED)
    version = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.CharField(max_length=64)
    queued_at = models.DateTimeField(_("queued"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    expires_at = models.DateTimeField(_("valid until"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    timeline = models.ForeignKey("casework.Timeline", on_delete=models.PROTECT, related_name="meter_commands")

    class Meta:
        verbose_name = _("command to a meter")
        verbose_name_plural = _("commands to meters")
        indexes = [models.Index(fields=["expires_at"], name="command_open", condition=Q(ended_at__isnull=True))]
        constraints = [
            models.UniqueConstraint(fields=["meter", "number"], name="a_command_has_its_own_number"),
            models.UniqueConstraint(fields=["top_up"], condition=~Q(status="withdrawn"), name="a_purchase_goes_to_one_meter"),
            models.CheckConstraint(condition=Q(kind="recharge", litres__gt=0) | ~Q(kind="recharge"), name="a_recharge_adds_something"),
        ]
