from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Way(models.TextChoices):
    """How an answer reaches who asked; the values are means of a contact (casework.models.Contact.Means)."""

    LETTER = "letter", pgettext_lazy("answer", "by letter")
    EMAIL = "email", _("by e-mail")
    SMS = "sms", _("by text message")
    CALL = "call", _("on the phone")
    COUNTER = "counter", _("face to face")
    CABINET = "cabinet", _("in the personal cabinet")


class Answer(models.Model):
    """What we answered to a complaint, an appeal or an application, in a person's own words and for good.

    A case reopened is answered again: ``number`` counts the answers of a case, and with its reference names the letter. The letter
    itself is made whenever somebody asks for it. ``text`` is blanked with the case.
    """

    Way = Way

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("answer"), blank=True)
    language = models.CharField(_("language"), max_length=10)
    way = models.CharField(_("how"), max_length=8, choices=Way)
    by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="an_answer_of_a_case_has_its_own_number")]

    @property
    def letter_number(self) -> str:
        """What stands above the letter, and what whoever rings about it reads out."""
        return f"{self.case.reference}/{self.number}"
