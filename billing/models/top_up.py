from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..devices.cards import CardImage
from ..states import TopUpStatus

if TYPE_CHECKING:
    from .receipt import Receipt


class TopUp(models.Model):
    """One volume of gas bought for one account, from payment to the card.

    The life is in states.TOP_UP. ``lines`` is the tier split as sold, a snapshot that never changes:
    ``[{"tier": 1, "litres": 42000, "unit_price": 27500, "amount": 11550}, ...]``; ``amount`` is its sum in minor units.
    ``counter`` is the card's purchase counter this order is to leave behind, reserved before writing.
    ``idempotency_key`` makes a repeated request harmless. ``timeline`` is empty for purchases carried over from the
    system before ours: they have no journal. Credits without money (meter change, gift, lost gas) have amount 0.
    """

    class Kind(models.TextChoices):
        PURCHASE = "purchase", _("purchase")
        METER_CHANGE = "meter_change", _("credit moved from the old meter")
        GIFT = "gift", _("gift")
        LOST_GAS = "lost_gas", _("lost credit written again")

    class Channel(models.TextChoices):
        COUNTER = "counter", _("company hall")
        GOVERNMENT = "government", _("government hall")
        CABINET = "cabinet", _("cabinet")
        KIOSK = "kiosk", _("kiosk")
        API = "api", _("connected system")
        CARRIED_OVER = "carried_over", _("carried over")

    reference = models.CharField(_("reference"), max_length=14, unique=True)
    idempotency_key = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001 - many rows have none
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="top_ups")
    meter = models.ForeignKey("accounts.Meter", on_delete=models.PROTECT, related_name="top_ups")
    card = models.ForeignKey("accounts.GasCard", on_delete=models.PROTECT, null=True, related_name="top_ups")
    shift = models.ForeignKey("billing.Shift", on_delete=models.PROTECT, null=True, related_name="top_ups")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PURCHASE)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    status = models.CharField(_("status"), max_length=8, choices=TopUpStatus, default=TopUpStatus.PAID)
    version = models.PositiveIntegerField(default=0)
    litres = models.PositiveBigIntegerField(_("volume (litres)"))
    free_litres = models.PositiveBigIntegerField(_("of these free (litres)"), default=0)
    amount = models.PositiveBigIntegerField(_("amount"))
    lines = models.JSONField(_("tier split"), default=list)
    tariff_version = models.ForeignKey("billing.TariffVersion", on_delete=models.PROTECT, null=True, related_name="+")
    tier_year = models.PositiveSmallIntegerField(_("tier year"))
    bought_on = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    counter = models.PositiveIntegerField(_("purchase counter"), null=True)
    paid_at = models.DateTimeField(_("paid"))
    written_at = models.DateTimeField(_("written at"), null=True)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, null=True, related_name="top_up")

    receipts_at_hand: "list[Receipt] | None" = None  # all there are, where whoever made this object has them

    class Meta:
        verbose_name = _("top-up")
        verbose_name_plural = _("top-ups")
        indexes = [models.Index(fields=["account", "bought_on"], name="top_up_by_account_and_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["card"], condition=Q(status__in=["reserved", "writing", "unknown"]), name="a_card_carries_one_unsettled_order"
            ),
            models.CheckConstraint(condition=Q(litres__gt=0), name="a_top_up_has_a_volume"),
            models.CheckConstraint(condition=Q(free_litres__lte=models.F("litres")), name="free_volume_is_part_of_the_volume"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def can_be_written(self) -> bool:
        """Ready for the card, or for another try."""
        return not self.goes_by_air and self.status in {TopUpStatus.PAID, TopUpStatus.RESERVED, TopUpStatus.FAILED}

    @property
    def is_unsure(self) -> bool:
        """Only the card itself can tell whether it was written."""
        return not self.goes_by_air and self.status in {TopUpStatus.WRITING, TopUpStatus.UNKNOWN}

    @property
    def goes_by_air(self) -> bool:
        """Without a card, to a connected meter."""
        return self.card_id is None and self.meter.is_connected


class Payment(models.Model):
    """Money that came in for a top-up: how, how much was handed over, how much went back as change."""

    class Method(models.TextChoices):
        CASH = "cash", _("cash")
        BANK_CARD = "bank_card", _("bank card")
        WECHAT = "wechat", _("WeChat Pay")
        ALIPAY = "alipay", _("Alipay")
        BANK = "bank", _("bank transfer")
        KIOSK_CASH = "kiosk_cash", _("cash at a kiosk")

    #: What a clerk takes at a till.
    TILL_METHODS = tuple((way.value, way.label) for way in (Method.CASH, Method.BANK_CARD))

    top_up = models.OneToOneField(TopUp, on_delete=models.PROTECT, related_name="payment")
    method = models.CharField(_("method"), max_length=12, choices=Method)
    amount = models.PositiveBigIntegerField(_("amount"))
    tendered = models.PositiveBigIntegerField(_("handed over"), null=True)
    slip = models.CharField(_("terminal slip number"), max_length=40, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.CheckConstraint(
                condition=Q(method="cash", tendered__gte=models.F("amount")) | (~Q(method="cash") & Q(tendered__isnull=True)),
                name="cash_handed_over_covers_the_amount",
            ),
        ]

    @property
    def change(self) -> int:
        return (self.tendered or self.amount) - self.amount


class CardWrite(models.Model):
    """One try to write a card: the images before, wanted and read back. Kept for good: it is the evidence.

    ``outcome`` is empty while the card is in the reader (or power was lost just then).
    """

    class Outcome(models.TextChoices):
        WRITTEN = "written", _("written")
        NOT_WRITTEN = "not_written", _("not written")
        UNKNOWN = "unknown", _("unknown")

    card = models.ForeignKey("accounts.GasCard", on_delete=models.PROTECT, related_name="writes")
    top_up = models.ForeignKey(TopUp, on_delete=models.PROTECT, null=True, related_name="writes")
    operation = models.CharField(max_length=16)
    before = models.JSONField()
    wanted = models.JSONField()
    read_back = models.JSONField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    error = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("card write")
        verbose_name_plural = _("card writes")
        indexes = [models.Index(fields=["card"], name="write_nobody_saw_the_end_of", condition=Q(outcome__in=["", "unknown"]))]

    @property
    def before_image(self) -> CardImage | None:
        """The card as it was; None for a new chip."""
        return CardImage.from_json(self.before) if self.before else None

    @property
    def wanted_image(self) -> CardImage:
        """What the driver is to write, with the password to present in ``unlock``."""
        return CardImage.from_json(self.wanted)


class Reversal(models.Model):
    """The wish to take a purchase back, its approval, and its carrying out (states.REVERSAL)."""

    from ..states import ReversalStatus as Status

    class Cause(models.TextChoices):
        """The codes of Refund.Reason that a purchase can have: where it was paid online the refund carries the same."""

        WRONG = "wrong", _("wrong account or volume")
        TWICE = "twice", _("paid twice")
        CHANGED_MIND = "changed_mind", _("not wanted any more")
        NOT_DELIVERED = "not_delivered", _("could not be delivered")

    top_up = models.ForeignKey(TopUp, on_delete=models.PROTECT, related_name="reversals")
    cause = models.CharField(_("kind of reason"), max_length=14, choices=Cause, default=Cause.CHANGED_MIND)
    status = models.CharField(_("status"), max_length=8, choices=Status)
    version = models.PositiveIntegerField(default=0)
    reason = models.CharField(_("reason"), max_length=200)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)

    class Meta:
        verbose_name = _("reversal")
        verbose_name_plural = _("reversals")
        constraints = [
            models.UniqueConstraint(
                fields=["top_up"], condition=Q(status__in=["asked", "approved", "done"]), name="a_purchase_is_taken_back_once"
            ),
        ]

    @property
    def timeline_id(self) -> int | None:
        """Its steps stand in the journal of the purchase."""
        return self.top_up.timeline_id
