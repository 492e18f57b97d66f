from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """The way a message goes out."""

    SMS = "sms", _("text message")
    EMAIL = "email", _("e-mail")
    VOICE = "voice", _("phone call")
    CABINET = "cabinet", _("personal cabinet")
    INBOX = "inbox", _("staff inbox")
    WEBHOOK = "webhook", _("webhook")


#: Delivered by being there.
AT_HAND = (Channel.CABINET, Channel.INBOX)


class MessageStatus(models.TextChoices):
    """Where a message stands."""

    OWED = "owed", _("owed")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    GATHERED = "gathered", _("sent in a digest")
    DEAD = "dead", _("given up")


class MessageQuerySet(models.QuerySet["Message"]):
    def owed(self) -> "MessageQuerySet":
        """To be sent: waiting, or leased to a sender that may have died."""
        return self.filter(status__in=[MessageStatus.OWED, MessageStatus.SENDING])

    def given_up(self) -> "MessageQuerySet":
        """A person must look."""
        return self.filter(status=MessageStatus.DEAD)


class Message(models.Model):
    """One message owed to one recipient, exactly once per cause: ``key`` names the cause and goes to the provider too.

    owed -> sending (leased until ``next_attempt_at``, before the call) -> sent; tried again after a growing pause when the
    channel fails; dead after the last try or past ``expires_at``, for a person to look at. The address and text are personal:
    masked on screen, never logged; the text of a one-time code is blanked once it is sent or dead. Both are blanked when they are old,
    and when the case they are about is erased; the row stays.

    One of an ``announcement`` has no words until it is sent: they are made then, and kept.

    With a ``group`` it may be gathered: what one person is owed by one way in one group goes out as one ``digest``, counted by
    ``about`` (words). ``delivered_at`` is what the provider reported, ``read_at`` what the reader did. With a
    ``topic`` (of Refusal) it says how its like is stopped.
    """

    Channel = Channel
    Status = MessageStatus

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    address = models.CharField(max_length=254, blank=True)
    customer = models.ForeignKey("accounts.Customer", on_delete=models.SET_NULL, null=True, related_name="messages")
    staff = models.ForeignKey("accounts.Staff", on_delete=models.SET_NULL, null=True, related_name="messages")
    subscription = models.ForeignKey("notices.Subscription", on_delete=models.SET_NULL, null=True, related_name="messages")
    announcement = models.ForeignKey("notices.Announcement", on_delete=models.PROTECT, null=True, db_index=False, related_name="messages")
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)
    group = models.CharField(max_length=24, blank=True)
    about = models.CharField(max_length=120, blank=True)
    topic = models.CharField(max_length=8, blank=True)
    is_safety = models.BooleanField(default=False)
    digest = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="gathered")
    status = models.CharField(_("status"), max_length=8, choices=MessageStatus, default=MessageStatus.OWED)
    created_at = models.DateTimeField(_("owed since"))
    next_attempt_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True)
    read_at = models.DateTimeField(_("read"), null=True)
    provider_id = models.CharField(max_length=80, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            # Without announcements: a hundred thousand of those may be due, and a sign-in code must not be looked for behind them.
            models.Index(
                fields=["next_attempt_at"], name="message_owed_alone", condition=Q(status__in=["owed", "sending"], announcement=None)
            ),
            models.Index(
                fields=["next_attempt_at"],
                name="message_owed_safety",
                condition=Q(status__in=["owed", "sending"], is_safety=True, announcement=None),
            ),
            models.Index(
                fields=["announcement", "status", "next_attempt_at", "id"],
                name="message_of_announcement",
                condition=Q(announcement__isnull=False),
            ),
            models.Index(fields=["-created_at"], name="message_newest"),
            models.Index(fields=["created_at"], name="message_with_words", condition=~Q(text="")),
            models.Index(fields=["staff", "-created_at"], name="message_of_inbox", condition=Q(channel="inbox")),
            models.Index(fields=["staff"], name="message_unread", condition=Q(channel="inbox", read_at__isnull=True)),
            # One person's share of a group: what still waits (no sent_at) and what went out within the hour.
            models.Index(fields=["staff", "customer", "sent_at"], name="message_of_group", condition=~Q(group="") & ~Q(channel="inbox")),
            models.Index(fields=["provider_id"], name="message_of_provider", condition=~Q(provider_id="")),
        ]

    @property
    def is_given_up(self) -> bool:
        return self.status == MessageStatus.DEAD

    @property
    def may_be_resent(self) -> bool:
        """A given-up message whose words are still there; a one-time code's are not."""
        return self.is_given_up and bool(self.text)
