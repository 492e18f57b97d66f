"""Where the source documents contradict one another or leave a number open, and how we read them: a sentence each.

A version's reading "conflict" names the entries that it was settled by; the promise's page prints them.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONFLICTS: Mapping[str, str | Promise] = {
    "C1": _(
        "One document promises a crew within an hour, the same one a worker within thirty minutes “generally”. We keep one clock with "
        "both: thirty minutes is the target, an hour the limit for leaks and stopped gas; other faults have the target only."
    ),
    "C2": _(
        "Complaints have four times in three documents. They are steps, not rivals: passed on in minutes, a first reply as a target, the "
        "answer within a day; what comes in writing has twenty days as its outer bound, and the day remains the target."
    ),
    "C3": _(
        "A question has three times. The way it came decides: on a live call the target is minutes, at the counter and by phone half an "
        "hour, in writing days, which may be extended."
    ),
    "C4": _(
        "Key accounts are owed a monthly call, a quarterly visit, a half-yearly meeting and a monthly home visit. All four are duties of "
        "their own; a monthly home visit also counts as the visit of its quarter."
    ),
    "C5": _(
        "A callback after a repair has no number in two documents, a day in the third and ten minutes on the hotline. The day is the limit "
        "of the callback; ten minutes are for taking it up once the hotline has it."
    ),
    "C6": _(
        "“Second callback” may mean two callbacks or the callback as a second contact. We make one a case; a second one some days later is "
        "a setting."
    ),
    "C7": _("Two days are promised, forty-eight hours are the law. We count forty-eight hours to the minute and say two days."),
    "C8": _(
        "“Done on the spot” and three to five days are different stages: the application is accepted on the spot, the installation has its "
        "days, the whole project its plan."
    ),
    "C9": _(
        "Dispatch has five times. Each department and channel has its own; emergencies are dispatched at once and wait for none of them."
    ),
    "C10": _(
        "Accidents on the network and repairs at one customer have different limits. Both hold: one for the outage as a whole, one for the "
        "order; an order that belongs to an outage shows both."
    ),
    "C11": _(
        "Not every class of fault has a number everywhere. What is missing falls back: outside town pipeline and major faults count as not "
        "ordinary, in town faults that are not ordinary count as major."
    ),
    "C12": _(
        "Only some repairs name an extension, a general rule allows it in special circumstances. It may be applied for everywhere but in "
        "emergencies, and needs an approval."
    ),
    "C13": _(
        "“Three days including the day of dispatch” are calendar days; due when work ends on the third. A setting makes them working days."
    ),
    "C14": _(
        "The document says “days” and “extension of not more than ten days”. We read calendar days, and ten days as the total; both are "
        "settings."
    ),
    "C15": _(
        "One document accepts first and takes papers later, another starts the clock with complete papers. The case is accepted and "
        "numbered at once; working time counts from the last required paper."
    ),
    "C16": _("One number is for repairs, another for emergencies. On every page about leaks the emergency number stands first."),
}
