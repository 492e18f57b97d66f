from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One message owed to one recipient, exactly once per cause: ``key`` names the cause.

    owed -> sending (leased, before the call) -> sent; back to owed with a growing pause when the channel fails;
    dead after the last try, for a person to look at. The address and text are personal: masked on screen, never logged.
    """

    class Channel(models.TextChoices):
        SMS = "sms", _("text message")
        EMAIL = "email", _("e-mail")
        CABINET = "cabinet", _("personal cabinet")

    class Status(models.TextChoices):
        OWED = "owed", _("owed")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DEAD = "dead", _("given up")

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    address = models.CharField(max_length=254)
    customer = models.ForeignKey("accounts.Customer", on_delete=models.SET_NULL, null=True, related_name="messages")
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OWED)
    created_at = models.DateTimeField(_("owed since"))
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True)
    provider_id = models.CharField(max_length=80, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [models.Index(fields=["next_attempt_at"], name="message_owed", condition=Q(status__in=["owed", "sending"]))]
