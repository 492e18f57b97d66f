from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models import AppendOnly


class Book(models.TextChoices):
    """The chart of accounts. Signs: money we hold or are owed is positive, what we owe or earned is negative."""

    CASH = "cash", _("cash in tills")
    BANK_CARD = "bank_card", _("bank card takings")
    SAFE = "safe", _("cash handed in")
    PREPAID = "prepaid", _("paid, not yet on a card")
    SALES = "sales", _("gas sold")
    OVER_SHORT = "over_short", _("cash over and short")
    OPENING = "opening", _("carried over")
    COMPENSATION = "compensation", _("compensation for broken promises")
    CREDIT = "credit", _("credit of customers")
    WECHAT = "wechat", _("money at WeChat Pay")
    ALIPAY = "alipay", _("money at Alipay")
    BANK = "bank", _("money on the bank account")
    KIOSK_CASH = "kiosk_cash", _("cash in kiosks")
    HELD = "held", _("held: to be given back or assigned")
    RECEIVABLE = "receivable", _("owed by customers")
    FEES = "fees", _("fees of providers")
    WRITTEN_OFF = "written_off", _("written off")
    ADVANCES = "advances", _("paid in advance for works")
    WORKS = "works", _("works done")


class Posting(AppendOnly):
    """One business fact in the ledger: two or more entries that sum to zero. A correction is a posting that ``reverses`` another."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("payment taken")
        DELIVERY = "delivery", _("volume written to a card")
        UNDELIVERY = "undelivery", _("volume taken off a card")
        REFUND = "refund", _("money given back")
        FLOAT = "float", _("float put into a till")
        HAND_IN = "hand_in", _("till handed in")
        OVER_SHORT = "over_short", _("cash over or short")
        COMPENSATION = "compensation", _("compensation credited")
        BILLED = "billed", _("month billed")
        BILL_PAID = "bill_paid", _("bill paid")
        HELD_IN = "held_in", _("money held that nobody can use")
        ASSIGNED = "assigned", _("held money assigned")
        SETTLEMENT = "settlement", _("money paid out by a provider")
        WRITE_OFF = "write_off", _("written off")
        DEPOSIT = "deposit", _("cash taken to the bank")
        FEE = "fee", _("fee of a provider")
        COMPENSATION_BACK = "comp_back", _("compensation taken back")
        PAID_OUT = "paid_out", _("credit paid out")
        CHARGE_PAID = "charge_paid", _("charge paid")
        CHARGE_BACK = "charge_back", _("charge given back")
        WORKS_DONE = "works_done", _("works done for a charge")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("at"), db_index=True)
    by = models.CharField(max_length=64)
    top_up = models.ForeignKey("billing.TopUp", on_delete=models.PROTECT, null=True, related_name="postings")
    bill = models.ForeignKey("billing.Bill", on_delete=models.PROTECT, null=True, related_name="postings")
    charge = models.ForeignKey("billing.Charge", on_delete=models.PROTECT, null=True, related_name="postings")
    shift = models.ForeignKey("billing.Shift", on_delete=models.PROTECT, null=True, related_name="postings")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")


class Entry(AppendOnly):
    """One line of a posting, in minor units, signed; with the account or shift it belongs to, so that each has a balance."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="entries")
    book = models.CharField(_("book"), max_length=12, choices=Book)
    amount = models.BigIntegerField(_("amount"))
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="entries")
    shift = models.ForeignKey("billing.Shift", on_delete=models.PROTECT, null=True, related_name="entries")

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="an_entry_moves_something")]
