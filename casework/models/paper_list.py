from django.db import models
from django.utils.translation import gettext_lazy as _

from .contact import Contact


class PaperList(models.Model):
    """Everything that was missing or wrong with somebody's papers, told to them at once; kept as it was told.

    ``number`` 1 is the first list of a case: later ones ask for what is on it, or came since. Whatever else one asks for
    somebody signed (``signed_by``) and said why (``reason``). Complete when all papers are there, else still open.
    """

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="paper_lists")
    number = models.PositiveSmallIntegerField(_("number"))
    means = models.CharField(_("how"), max_length=8, choices=Contact.Means)
    told_at = models.DateTimeField(_("when"))
    by = models.CharField(max_length=64)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    signed_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("why it was not said before"), max_length=300, blank=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("list of missing papers")
        verbose_name_plural = _("lists of missing papers")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="a_list_of_papers_has_its_own_place_in_its_case"),
            models.CheckConstraint(
                condition=models.Q(signed_by=None) | models.Q(number__gt=1), name="the_first_list_of_papers_needs_no_signature"
            ),
        ]
