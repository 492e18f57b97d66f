from django.db import models
from django.utils.translation import gettext_lazy as _


class NamedPaper(models.Model):
    """One line of a list: a paper that was missing or wrong, and what is wrong with it; arrived when it was handed in again."""

    paper_list = models.ForeignKey("casework.PaperList", on_delete=models.CASCADE, related_name="papers")
    name = models.CharField(_("paper"), max_length=120)
    remark = models.CharField(_("what is wrong with it"), max_length=300, blank=True)
    arrived_at = models.DateTimeField(_("arrived"), null=True)

    class Meta:
        verbose_name = _("missing paper")
        verbose_name_plural = _("missing papers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.remark}" if self.remark else self.name
