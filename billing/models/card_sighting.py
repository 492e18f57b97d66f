from django.db import models
from django.utils.translation import gettext_lazy as _

from ..devices.cards import CardImage


class CardSighting(models.Model):
    """How a card was when a reader of ours saw it last, in a hall or at a kiosk: what the hotline and the cabinet know of it.

    Overwritten by the next read. What a write left on the card stands in CardWrite.
    """

    card = models.OneToOneField("accounts.GasCard", on_delete=models.CASCADE, primary_key=True, related_name="sighting")
    image = models.JSONField()
    at = models.DateTimeField(_("at"))
    by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("last read of a card")
        verbose_name_plural = _("last reads of cards")

    @property
    def seen(self) -> CardImage:
        """The content as it was read."""
        return CardImage.from_json(self.image)
