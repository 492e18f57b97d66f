"""What the events of applications for gas are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT_NAMES: Mapping[str, str | Promise] = {
    "connection.accept": _("the application was accepted"),
    "connection.accepted": _("the application has its number"),
    "connection.claimed": _("the applicant put the application into the cabinet"),
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
    "connection.survey_agreed": _("a date for the survey was agreed"),
    "connection.survey_moved": _("the date of the survey was moved"),
    "connection.planned": _("a day was named on which gas will be on"),
    "connection.plan_missed": _("the day named for the gas had passed"),
    "connection.plan_moved": _("another day for the gas was agreed"),
    "connection.stage_done": _("a stage was done"),
    "connection.stage_failed": _("a stage ended without success"),
    "connection.stage_goes_on": _("a stage went on"),
    "connection.stage_missed": _("the day of a stage had passed"),
    "connection.stage_moved": _("another day for a stage was agreed"),
    "connection.stage_skipped": _("a stage was not needed"),
    "connection.stage_started": _("a stage began"),
    "connection.stage_waits": _("a stage waited for the customer"),
}
