"""What the open score's sections, items and measures are called, and how each number comes about, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

type Words = str | Promise

SECTIONS: Mapping[str, Words] = {
    "promises": _("Promises kept"),
    "arrival": _("Emergencies: when a crew was there"),
    "matters": _("What was brought to us"),
    "complaints": pgettext_lazy("score", "Complaints"),
    "telephone": _("The hotline"),
    "follow_ups": _("What people say when we call back"),
    "samples": _("What samples of customers say"),
    "interruptions": _("Gas off"),
    "compensation": _("What broken promises cost us"),
}
NOTES: Mapping[str, Words] = {
    "promises": _(
        "Every promise made to customers counts once: in the month in which it was kept, or in which its moment passed. "
        "What is still open and late counts as missed."
    ),
    "arrival": _("From the report of a leak to a crew at the door."),
    "telephone": _("Of calls that the telephone exchange told us of."),
    "follow_ups": _(
        "Asked by somebody who did not do the work. With the margin within which the truth lies in 95 of a hundred such months."
    ),
    "samples": _("Drawn by a published seed, weighted by the size of each type, with the margin of error."),
    "interruptions": _("Hours that the average customer was without gas, and how often; what lasts over a month's end is cut there."),
    "compensation": _("Credited to customers without their asking."),
}
#: Section -> measure -> what it is called, and how it comes about.
MEASURES: Mapping[str, Mapping[str, tuple[Words, Words]]] = {
    "promises": {
        "ended": (_("Promises that fell due"), _("Kept, kept with more time, or missed.")),
        "share_kept": (_("Kept in time"), _("Of those that fell due: kept within the time first promised.")),
        "share_with_more_time": (
            _("Kept with more time"),
            _(
                "Of those that fell due: kept after an extension that somebody approved and the customer was told of. "
                "Never added to those kept in time."
            ),
        ),
        "share_missed": (pgettext_lazy("score", "Missed"), _("Of those that fell due: not kept when their moment passed.")),
        "kept": (_("Number kept in time"), _("As a count.")),
        "kept_with_more_time": (_("Number kept with more time"), _("As a count.")),
        "missed": (_("Number missed"), _("As a count. A matter withdrawn after its moment had passed is among them.")),
        "missed_and_open": (_("of these, not done yet"), _("Missed, and nobody had done it when the month was counted.")),
        "half_within": (_("Half within"), _("Working time until it was done, of what was done; within five per cent exact.")),
        "nine_tenths_within": (_("90 in a hundred within"), _("The same for nine of ten: the slowest tenth took longer.")),
    },
    "arrival": {
        "emergencies": (
            _("Emergencies"),
            _("Reports of danger for which the promised hour ended in this month, by an arrival or without one."),
        ),
        "within_30_minutes": (_("Crew there within 30 minutes"), _("Our aim. Who did not arrive at all counts as not there.")),
        "within_60_minutes": (_("Crew there within 60 minutes"), _("Our promise.")),
        "half_within": (_("Half within"), _("Minutes from the report to the arrival.")),
        "nine_tenths_within": (_("90 in a hundred within"), _("The same for nine of ten.")),
    },
    "matters": {
        "opened": (_("Matters opened"), _("Requests, reports, complaints, applications; what went on in another matter counts once."))
    },
    "complaints": {
        "received": (_("Complaints received"), _("On every channel, whoever was right.")),
        "per_10000_accounts": (_("for 10,000 accounts"), _("Received, divided by the accounts supplied, times 10,000.")),
        "accounts": (_("Accounts supplied"), _("When the month was counted.")),
        "decided": (_("Decided"), _("Complaints whose outcome was found in this month.")),
        "justified": (_("Justified, wholly or partly"), _("Of those decided.")),
        "answered_in_time": (_("Answered within a day"), _("Of those whose day ended in this month; more time does not count as in time.")),
        "satisfaction": (_("Satisfaction with our answer, of 5"), _("The mean of what customers said afterwards.")),
    },
    "telephone": {
        "calls": (_("Calls"), _("Everybody who rang, also who gave up.")),
        "within_3_rings": (_("Answered within three rings"), _("Of all calls; who gave up later than that counts against us.")),
        "answered": (_("Answered at all"), _("Of all calls.")),
        "given_up": (_("Given up by the caller"), _("Of all calls.")),
        "wait_half_within": (_("Half answered within"), _("Of answered calls.")),
        "wait_nine_tenths_within": (_("90 in a hundred answered within"), _("Of answered calls.")),
        "talk_mean": (_("Talked, on average"), _("Time on hold left out.")),
        "solved_in_call": (_("Solved during the call"), _("Of answered calls of which the agent said whether.")),
    },
    "follow_ups": {
        "ended": (_("Customers to be asked"), _("After repairs, complaints and new connections; counted when the asking ended.")),
        "reached": (_("Reached"), _("Of those. Who did not want to say anything was reached too.")),
        "heard": (_("Answered our questions"), _("As a count.")),
        "satisfaction": (_("Satisfaction, of 5"), _("The mean, weighted by kind of matter.")),
        "satisfaction_margin": (
            _("give or take"),
            _(
                "Half the width of the interval that holds the truth in 95 of a hundred months; "
                "none is told where one answer speaks for several."
            ),
        ),
        "satisfied": (_("Satisfied"), _("Settled, and a satisfaction of more than 2 of 5.")),
        "satisfied_margin": (_("give or take, for satisfied"), _("The same for this share.")),
    },
    "samples": {
        "drawn": (_("Customers drawn"), _("With those who replaced others who could not be reached.")),
        "heard": (_("Answered our questions"), _("As a count.")),
        "satisfaction": (_("Satisfaction, of 5"), _("Weighted by the size of each type of customer.")),
        "satisfaction_margin": (_("give or take"), _("As with call backs.")),
        "satisfied": (_("Satisfied"), _("As with call backs.")),
        "satisfied_margin": (_("give or take, for satisfied"), _("As with call backs.")),
    },
    "interruptions": {
        "interruptions": (_("Interruptions begun"), _("Planned works and accidents.")),
        "customers": (_("Customers they touched"), _("Somebody without gas twice counts twice.")),
        "customer_hours": (_("Hours without gas, all customers"), _("Each interruption's customers times its hours in this month.")),
        "hours_per_customer": (_("Hours without gas per customer"), _("Divided by all accounts supplied (known as SAIDI).")),
        "interruptions_per_customer": (
            _("Interruptions per customer"),
            _("Customers touched, divided by all accounts supplied (known as SAIFI)."),
        ),
    },
    "compensation": {
        "decided": (_("Compensations decided"), _("Broken promises for which something is owed.")),
        "paid": (_("Compensations credited"), _("Paid in this month, whenever the promise was broken.")),
        "amount_paid": (_("Amount credited"), _("Their sum.")),
    },
}
UNITS: Mapping[str, Words] = {
    "count": _("a number"),
    "percent": _("per cent"),
    "seconds": pgettext_lazy("unit", "seconds"),
    "minor": _("hundredths of the currency"),
    "score": _("1 to 5"),
    "points": _("points of per cent"),
    "hours": pgettext_lazy("unit", "hours"),
    "ratio": _("a ratio"),
}


def measure_name(section: str, measure: str) -> str:
    """What a number is called."""
    return str(MEASURES[section][measure][0])
