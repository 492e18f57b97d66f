from django.db import models
from django.utils.translation import gettext_lazy as _


class Contact(models.Model):
    """We and somebody spoke, wrote or met about a case; or somebody among us left a note.

    A call keeps how long it rang, was talked and was held (seconds). ``is_reply`` is a human answer to the customer in
    substance: nothing automatic ever is one. ``content`` is what staff wrote down or the customer wrote: personal data.
    """

    class Means(models.TextChoices):
        CALL = "call", _("phone call")
        VISIT = "visit", _("visit")
        COUNTER = "counter", _("talk at the counter")
        LETTER = "letter", _("letter")
        EMAIL = "email", _("e-mail")
        SMS = "sms", _("text message")
        CABINET = "cabinet", _("message in the cabinet")
        NOTE = "note", _("note among ourselves")

    class Direction(models.TextChoices):
        IN = "in", _("from the customer")
        OUT = "out", _("to the customer")
        INSIDE = "inside", _("among ourselves")

    class CallType(models.TextChoices):
        CONSULTATION = "consultation", _("consultation")
        REPAIR = "repair", _("repair")
        COMPLAINT = "complaint", _("complaint")
        CONNECTION = "connection", _("new connection")
        TOP_UP = "top_up", _("top-up")

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="contacts")
    means = models.CharField(_("how"), max_length=8, choices=Means)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction)
    at = models.DateTimeField(_("when"))
    by = models.CharField(max_length=64)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    is_automatic = models.BooleanField(default=False)
    is_reached = models.BooleanField(_("reached"), default=True)
    is_reply = models.BooleanField(_("answers the question"), default=False)
    call_type = models.CharField(_("what it was about"), max_length=16, choices=CallType, blank=True)
    ring_seconds = models.PositiveIntegerField(_("rang, s"), null=True)
    talk_seconds = models.PositiveIntegerField(_("talked, s"), null=True)
    hold_seconds = models.PositiveIntegerField(_("on hold, s"), null=True)
    content = models.TextField(_("what was said"), blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_reply=False) | models.Q(is_automatic=False, is_reached=True, direction="out"),
                name="only_people_reply_and_only_to_who_was_reached",
            ),
        ]
        indexes = [models.Index(fields=["case", "at"], name="contacts_of_a_case")]
