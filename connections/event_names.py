"""What the events of applications for gas are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT_NAMES: Mapping[str, str | Promise] = {
    "connection.accept": _("the application was accepted"),
    "connection.accepted": _("the application has its number"),
    "connection.design": _("the design began"),
    "connection.design_begun": _("the connection is being designed"),
    "connection.offer": _("the contract was offered"),
    "connection.offered": _("quote and contract went to the applicant"),
    "connection.redesign": _("the offer was taken back"),
    "connection.offer_withdrawn": _("quote and contract hold no longer"),
    "connection.build": _("the works began"),
    "connection.ordered": _("the installation was ordered"),
    "connection.inspect": _("the installer reported it done"),
    "connection.installed": _("the connection is built"),
    "connection.fail": _("the inspection found defects"),
    "connection.acceptance_failed": _("the acceptance failed; a list of corrections was given"),
    "connection.correct": _("corrections were reported done"),
    "connection.corrected": _("the corrections are to be checked"),
    "connection.pass": _("the inspection found it good"),
    "connection.acceptance_passed": _("the connection passed its acceptance"),
    "connection.doubt": _("a defect was found after the acceptance"),
    "connection.connect": _("gas was let in"),
    "connection.gas_on": _("gas is on"),
    "connection.close": _("the application was closed"),
    "connection.reopen": _("the application was opened again"),
    "connection.cancel": _("the application was withdrawn"),
    "connection.merge": _("the application was merged into another case"),
    "connection.steward_told": _("the gas steward was told of the new customer"),
}
