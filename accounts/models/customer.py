from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Segment(models.TextChoices):
    """The seeds' customer segments (ACC-07): promises and priority depend on them."""

    ORDINARY = "ordinary", _("ordinary")
    VIP = "vip", _("VIP")
    KEY_ACCOUNT = "key_account", _("key account")
    PRIVATE_NETWORK = "private_network", _("private network")
    IMPORTANT = "important", _("important customer")

    @property
    def comes_first(self) -> bool:
        """Whether their matters go before those of others, to a named person (T36, T41, T62)."""
        return self in COMES_FIRST


COMES_FIRST = (Segment.VIP, Segment.KEY_ACCOUNT, Segment.PRIVATE_NETWORK)


class Customer(models.Model):
    """A person or an entity that holds accounts.

    The identity number is sealed at rest; ``id_number_digest`` finds it, ``id_number_tail`` is what a screen shows.
    ``is_vulnerable`` says that they are on the priority register now (ACC-10); it follows PriorityEntry.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ENTITY = "entity", _("legal entity")

    class Channel(models.TextChoices):
        SMS = "sms", _("text message")
        VOICE = "voice", _("phone call")
        EMAIL = "email", _("e-mail")
        CABINET = "cabinet", _("personal cabinet")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.PERSON)
    name = models.CharField(_("full name"), max_length=120)
    segment = models.CharField(_("segment"), max_length=16, choices=Segment, default=Segment.ORDINARY)
    is_vulnerable = models.BooleanField(_("on the priority register"), default=False)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    channel = models.CharField(_("preferred channel"), max_length=8, choices=Channel, default=Channel.SMS)
    email = models.EmailField(_("e-mail"), blank=True)
    id_number_sealed = models.TextField(blank=True, editable=False)
    id_number_digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    id_number_tail = models.CharField(_("end of the identity number"), max_length=4, blank=True, editable=False)
    created_at = models.DateTimeField(_("since"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")

    def __str__(self) -> str:
        return self.name
