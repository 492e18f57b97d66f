from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Kiosk(models.Model):
    """A self-service machine that writes gas cards, with a key of its own; one with ``sells`` also takes money (the terminal of a hall).

    Enrolled by staff, then known by its heartbeats: ``heard_at`` and what it said of itself. ``state`` is what customers are told
    (promise T04: at once), kept by whoever changes what it depends on. ``cash_ceiling`` (minor units): above it no more cash is taken.
    """

    class State(models.TextChoices):
        WORKING = "working", _("working")
        LIMITED = "limited", _("works, with limits")
        OUT = "out", _("out of order")
        SILENT = "silent", _("not heard of")
        RETIRED = "retired", _("taken away")

    class Part(models.TextChoices):
        """What a machine says of its paper, reader, cash box and door."""

        GOOD = "good", _("in order")
        LOW = "low", _("nearly used up")
        EMPTY = "empty", _("used up")
        FULL = "full", _("full")
        BROKEN = "broken", _("broken")
        OPEN = "open", _("stands open")
        NONE = "none", _("has none")

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("place"), max_length=120)
    address = models.CharField(_("address"), max_length=200)
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, related_name="kiosks", verbose_name=_("hall that looks after it"))
    territory = models.ForeignKey("accounts.Territory", on_delete=models.PROTECT, related_name="kiosks", verbose_name=_("territory"))
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    hours = models.CharField(_("when it can be reached"), max_length=120, blank=True)
    sells = models.BooleanField(_("takes money"), default=False)
    cash_ceiling = models.PositiveBigIntegerField(_("most cash it may hold"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.SILENT)
    since = models.DateTimeField(_("since"))
    heard_at = models.DateTimeField(_("last heard of"), null=True, blank=True)
    paper = models.CharField(_("paper"), max_length=8, choices=Part, default=Part.GOOD)
    reader = models.CharField(_("card reader"), max_length=8, choices=Part, default=Part.GOOD)
    cash_box = models.CharField(_("cash box"), max_length=8, choices=Part, default=Part.NONE)
    door = models.CharField(_("door"), max_length=8, choices=Part, default=Part.GOOD)
    software = models.CharField(_("software"), max_length=20, blank=True)
    skew_ms = models.IntegerField(_("its clock is off by (ms)"), default=0)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="kiosk")
    history = HistoricalRecords(
        excluded_fields=["state", "since", "heard_at", "paper", "reader", "cash_box", "door", "software", "skew_ms", "timeline"]
    )

    class Meta:
        verbose_name = _("kiosk")
        verbose_name_plural = _("kiosks")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True) | Q(latitude__isnull=False, longitude__isnull=False),
                name="a_kiosk_has_both_coordinates",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DeviceKey(models.Model):
    """The secret a machine signs its requests with: made by us, shown once, kept sealed (FIELD_KEY), revoked in a moment.

    Two may live at once, so that a key can be changed without a pause. Belongs to a kiosk, or to the gateway of connected meters.
    """

    class Kind(models.TextChoices):
        KIOSK = "kiosk", _("kiosk")
        METERS = "meters", _("gateway of connected meters")

    handle = models.CharField(max_length=16, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    kiosk = models.ForeignKey(Kiosk, on_delete=models.PROTECT, null=True, blank=True, related_name="keys")
    sealed = models.TextField()
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(max_length=64)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("device key")
        verbose_name_plural = _("device keys")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="kiosk", kiosk__isnull=False) | Q(kind="meters", kiosk__isnull=True), name="a_device_key_has_its_device"
            ),
        ]

    def __str__(self) -> str:
        return self.handle


class KioskCash(models.Model):
    """Cash in a machine from one emptying to the next; ``expected`` grows with each sale, ``counted`` is what was found.

    ``hall`` is the one into whose safe it went: the machine may stand elsewhere later.
    """

    kiosk = models.ForeignKey(Kiosk, on_delete=models.PROTECT, related_name="cash")
    hall = models.ForeignKey("accounts.Hall", on_delete=models.PROTECT, null=True, related_name="kiosk_cash", verbose_name=_("hall"))
    since = models.DateTimeField(_("since"))
    expected = models.PositiveBigIntegerField(_("by our books"), default=0)
    counted = models.PositiveBigIntegerField(_("counted"), null=True)
    reason = models.CharField(_("reason for the difference"), max_length=200, blank=True)
    emptied_at = models.DateTimeField(_("emptied"), null=True)
    emptied_by = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("cash of a kiosk")
        verbose_name_plural = _("cash of kiosks")
        constraints = [
            models.UniqueConstraint(fields=["kiosk"], condition=Q(emptied_at__isnull=True), name="a_kiosk_fills_one_box_at_a_time"),
        ]
