"""What an inspection found and nobody has checked as mended."""

from django.db.models import QuerySet

from ..models import Application, Defect


def open_defects(application: Application) -> "QuerySet[Defect]":
    """Found, and not yet checked to be mended."""
    return Defect.objects.filter(application=application, checked_at=None)


def keeps_gas_off(application: Application) -> bool:
    """Whether a critical defect is open. Ask under the lock of the case: defects are only written under it."""
    return open_defects(application).filter(grade=Defect.Grade.CRITICAL).exists()
