from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Premises(models.Model):
    """A door that gas is or could be supplied to; people come and go, the premises stay.

    ``address`` is the written-out address of the territory chain and the door, province first; kept because
    it is printed on papers and searched, and rewritten by ``operations.rename_node`` and ``move_node`` when a place above changes.
    """

    territory = models.ForeignKey("accounts.Territory", on_delete=models.PROTECT, related_name="premises", verbose_name=_("territory"))
    door = models.CharField(_("door"), max_length=20)
    address = models.CharField(_("address"), max_length=240)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("premises")
        verbose_name_plural = _("premises")
        constraints = [models.UniqueConstraint(fields=["territory", "door"], name="a_door_is_unique_in_its_building")]

    def __str__(self) -> str:
        return self.address
