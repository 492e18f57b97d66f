"""What our cases are about, in the reader's words. What somebody wrote is never a title: lists are read over shoulders."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from casework.matters import Sayer

from .models import About, AppealForm, Service, Topic


def of_complaint(about: str) -> str:
    """The code under which a case keeps what is complained about."""
    return f"complaint.{about}"


def _complaint(code: str) -> str:
    if code not in About.values:
        return _("Complaint")
    # Translators: what a complaint is about follows, as "money, a bill or a price".
    return _("Complaint: %(what)s") % {"what": About(code).label}


def of_appeal(form: str, topic: str) -> str:
    """The code under which a case keeps what an appeal, a question or a review is about."""
    return f"reception.{form}.{topic}"


def of_service(service: str) -> str:
    """The code under which a case keeps what is applied for."""
    return f"service.{service}"


def _reception(code: str) -> str:
    form, _dot, topic = code.partition(".")
    if form not in AppealForm.values or topic not in Topic.values:
        return _("To the virtual reception")
    # Translators: question, appeal or review; then its topic, as "prices, bills and payments".
    return _("%(form)s: %(topic)s") % {"form": _capital(str(AppealForm(form).label)), "topic": Topic(topic).label}


def _service(code: str) -> str:
    if code not in Service.values:
        return _("Service wanted")
    # Translators: what somebody applies for follows, as "change or check a meter".
    return _("Service wanted: %(what)s") % {"what": Service(code).label}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


MATTERS: Mapping[str, Sayer] = {"complaint": _complaint, "reception": _reception, "service": _service}
