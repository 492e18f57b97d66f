"""What the events of complaints, appeals and applications for services are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT_NAMES: Mapping[str, str | Promise] = {
    "complaint.investigate": _("somebody began to look into it"),
    "complaint.investigation_started": _("looking into the complaint began"),
    "complaint.ask_customer": _("the customer was asked"),
    "complaint.hear_customer": _("the customer answered"),
    "complaint.stop_waiting": _("nobody waits for the customer any more"),
    "complaint.answer": _("the complaint was answered"),
    "complaint.settle": _("what the answer promised is done"),
    "complaint.refuse": _("the complaint was refused, with the reason"),
    "complaint.close": _("the complaint was closed"),
    "complaint.reopen": _("the complaint was taken up again"),
    "complaint.cancel": _("the complaint was withdrawn"),
    "complaint.merge": _("the complaint goes on in another case"),
    "appeal.ask_customer": _("the applicant was asked"),
    "appeal.hear_customer": _("the applicant answered"),
    "appeal.stop_waiting": _("nobody waits for the applicant any more"),
    "appeal.forward": _("the appeal was given to the department in charge"),
    "appeal.forwarded": _("the appeal was passed on"),
    "appeal.direction_answer": _("the department in charge wrote its answer"),
    "appeal.direction_answered": _("the department in charge answered"),
    "appeal.date_told": _("the applicant was told a date"),
    "appeal.answer": _("the appeal was answered"),
    "appeal.decline": _("the question is not the company's to answer"),
    "appeal.declined": _("the applicant was told why there is no answer on the merits"),
    "appeal.close": _("the appeal was closed"),
    "appeal.reopen": _("the appeal was taken up again"),
    "appeal.cancel": _("the appeal was withdrawn"),
    "appeal.merge": _("the appeal goes on in another case"),
    "application.ask_customer": _("the client was asked for what is missing"),
    "application.hear_customer": _("the client answered"),
    "application.stop_waiting": _("nobody waits for the client any more"),
    "application.route": _("the application was given to the specialist in charge"),
    "application.routed": _("the specialist in charge has the application"),
    "application.agree": _("a time was agreed with the client"),
    "application.time_agreed": _("the client knows the time"),
    "application.finish": _("the service was done"),
    "application.close": _("the application for a service was closed"),
    "application.reopen": _("the application for a service was taken up again"),
    "application.cancel": _("the application for a service was withdrawn"),
    "application.merge": _("the application for a service goes on in another case"),
}
