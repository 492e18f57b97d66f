from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..states import CheckoutStatus, RefundStatus


class Provider(models.TextChoices):
    """Whoever moves the money for us."""

    WECHAT = "wechat", _("WeChat Pay")
    ALIPAY = "alipay", _("Alipay")
    BANK = "bank", _("bank transfer")


class Checkout(models.Model):
    """A customer is about to pay for one thing: a volume of gas, a bill, or a charge. The life is in states.CHECKOUT.

    ``reference`` is the order number the provider knows (out_trade_no). ``lines``, ``amount`` and ``tariff_version`` are the offer as
    shown, a snapshot that never changes. ``shown`` is what the customer needs to pay: a code to scan, a form to send, parameters for
    the app. A paid checkout has made its ``top_up`` (or paid its ``bill`` or ``charge``) in the same transaction; whatever else comes
    in for it is money to give back. ``ask_at`` is when the provider is asked about it the next time, because callbacks get lost.
    A charge has no account (models.Charge); gas and bills always have.
    """

    class Purpose(models.TextChoices):
        TOP_UP = "top_up", _("purchase of gas")
        BILL = "bill", _("bill")
        CHARGE = "charge", _("charge for works")

    class Channel(models.TextChoices):
        CABINET = "cabinet", _("cabinet")
        KIOSK = "kiosk", _("kiosk")
        API = "api", _("connected system")
        LINK = "link", _("link to the charge")

    class Product(models.TextChoices):
        QR = "qr", _("code to scan")
        APP = "app", _("in the app")
        PAGE = "page", _("page of the provider")
        TRANSFER = "transfer", _("transfer by reference")

    reference = models.CharField(_("reference"), max_length=14, unique=True)
    idempotency_key = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001 - many rows have none
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="checkouts")
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    provider = models.CharField(_("paid through"), max_length=8, choices=Provider)
    product = models.CharField(_("how it is paid"), max_length=8, choices=Product)
    status = models.CharField(_("status"), max_length=10, choices=CheckoutStatus, default=CheckoutStatus.OPEN)
    version = models.PositiveIntegerField(default=0)
    amount = models.PositiveBigIntegerField(_("amount"))
    litres = models.PositiveBigIntegerField(_("volume (litres)"), null=True)
    free_litres = models.PositiveBigIntegerField(_("of these free (litres)"), default=0)
    lines = models.JSONField(_("tier split"), default=list)
    tariff_version = models.ForeignKey("billing.TariffVersion", on_delete=models.PROTECT, null=True, related_name="+")
    tier_year = models.PositiveSmallIntegerField(_("tier year"), null=True)
    fingerprint = models.CharField(max_length=32, blank=True)
    bill = models.ForeignKey("billing.Bill", on_delete=models.PROTECT, null=True, related_name="checkouts")
    charge = models.ForeignKey("billing.Charge", on_delete=models.PROTECT, null=True, related_name="checkouts")
    kiosk = models.ForeignKey("billing.Kiosk", on_delete=models.PROTECT, null=True, related_name="checkouts")
    top_up = models.OneToOneField("billing.TopUp", on_delete=models.PROTECT, null=True, related_name="checkout")
    shown = models.JSONField(default=dict)
    opened_at = models.DateTimeField(_("opened"))
    expires_at = models.DateTimeField(_("can be paid until"))
    ask_at = models.DateTimeField(null=True)
    asked = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(_("ended"), null=True)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="checkout")

    class Meta:
        verbose_name = _("online payment")
        verbose_name_plural = _("online payments")
        indexes = [
            models.Index(fields=["ask_at"], name="checkout_to_ask_about", condition=Q(ask_at__isnull=False)),
            models.Index(fields=["account", "-opened_at"], name="checkout_by_account"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_checkout_asks_for_money"),
            models.CheckConstraint(
                condition=Q(purpose="top_up", litres__gt=0, bill=None, charge=None, account__isnull=False)
                | Q(purpose="bill", litres=None, bill__isnull=False, charge=None, account__isnull=False)
                | Q(purpose="charge", litres=None, bill=None, charge__isnull=False, account=None),
                name="a_checkout_is_for_gas_a_bill_or_a_charge",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ProviderPayment(models.Model):
    """Money that a provider says has come in: one row for each of its transactions, however often and by whichever way we hear of it.

    ``use`` says what became of it: it paid its checkout, or it is held (nobody knows for what, or it cannot be used) until all of it
    is given back or assigned (HeldAssignment). ``heard_by`` is the first way: callback, query, or the provider's own statement.
    """

    class Use(models.TextChoices):
        CREDITED = "credited", _("used for what it was paid for")
        HELD = "held", _("held: to be given back or assigned")
        RETURNED = "returned", _("given back")
        ASSIGNED = "assigned", _("used for something else")

    class HeldBecause(models.TextChoices):
        UNKNOWN = "unknown", _("nobody knows for what")
        CANCELLED = "cancelled", _("the purchase had been cancelled")
        TWICE = "twice", _("paid twice")
        AMOUNT = "amount", _("another amount than asked for")
        NOT_DELIVERABLE = "undeliverable", _("what was paid for cannot be given")

    class HeardBy(models.TextChoices):
        CALLBACK = "callback", _("callback")
        QUERY = "query", _("our question")
        STATEMENT = "statement", _("statement of the provider")

    provider = models.CharField(_("provider"), max_length=8, choices=Provider)
    transaction = models.CharField(_("number of the provider"), max_length=64)
    order_number = models.CharField(_("our reference, as the provider gave it"), max_length=64)
    checkout = models.ForeignKey(Checkout, on_delete=models.PROTECT, null=True, related_name="payments")
    amount = models.PositiveBigIntegerField(_("amount"))
    paid_at = models.DateTimeField(_("paid"))
    heard_at = models.DateTimeField(_("heard of"))
    heard_by = models.CharField(_("heard by"), max_length=10, choices=HeardBy)
    use = models.CharField(_("use"), max_length=8, choices=Use)
    held_because = models.CharField(_("held because"), max_length=13, choices=HeldBecause, blank=True)

    class Meta:
        verbose_name = _("payment at a provider")
        verbose_name_plural = _("payments at providers")
        constraints = [
            models.UniqueConstraint(fields=["provider", "transaction"], name="a_transaction_of_a_provider_is_booked_once"),
            models.UniqueConstraint(fields=["checkout"], condition=Q(use="credited"), name="a_checkout_is_paid_once"),
            models.CheckConstraint(
                condition=Q(use="credited", held_because="", checkout__isnull=False) | (~Q(use="credited") & ~Q(held_because="")),
                name="held_money_says_why_and_credited_money_for_what",
            ),
        ]

    def __str__(self) -> str:
        return self.transaction


class ProviderNotice(models.Model):
    """A callback that was heard: its number at the provider, once. What it said is in ProviderPayment and Refund."""

    provider = models.CharField(max_length=8, choices=Provider)
    number = models.CharField(max_length=64)
    heard_at = models.DateTimeField()

    class Meta:
        verbose_name = _("callback")
        verbose_name_plural = _("callbacks")
        constraints = [models.UniqueConstraint(fields=["provider", "number"], name="a_callback_is_heard_once")]


class Refund(models.Model):
    """Money that goes back through the provider it came from, whole or in part. The life is in states.REFUND.

    ``reference`` is our number at the provider (out_refund_no): a repeated request with it is harmless. ``reversal`` is the taking
    back of the purchase, where gas was credited, ``charge_return`` that of a charge; a refund of held money has neither. ``out_of``
    names our bank where the provider could not give it back, and a person ordered a transfer instead; else it is empty.
    """

    class Reason(models.TextChoices):
        TWICE = "twice", _("paid twice")
        WRONG = "wrong", _("wrong account or volume")
        CHANGED_MIND = "changed_mind", _("not wanted any more")
        NOT_DELIVERED = "not_delivered", _("could not be delivered")
        UNCLAIMED = "unclaimed", _("nobody knows for what it was paid")

    reference = models.CharField(_("reference"), max_length=14, unique=True)
    payment = models.ForeignKey(ProviderPayment, on_delete=models.PROTECT, related_name="refunds")
    reversal = models.OneToOneField("billing.Reversal", on_delete=models.PROTECT, null=True, related_name="refund")
    charge_return = models.OneToOneField("billing.ChargeReturn", on_delete=models.PROTECT, null=True, related_name="refund")
    amount = models.PositiveBigIntegerField(_("amount"))
    reason = models.CharField(_("reason"), max_length=14, choices=Reason)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    out_of = models.CharField(_("given back through"), max_length=8, choices=Provider, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=RefundStatus)
    version = models.PositiveIntegerField(default=0)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    try_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(_("ended"), null=True)
    timeline = models.OneToOneField("casework.Timeline", on_delete=models.PROTECT, related_name="refund")

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        indexes = [models.Index(fields=["try_at"], name="refund_to_send", condition=Q(try_at__isnull=False))]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="a_refund_gives_something_back")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_by_itself(self) -> bool:
        """Of held money, not of a purchase or a charge that is taken back."""
        return self.reversal_id is None and self.charge_return_id is None
