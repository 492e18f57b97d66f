"""What the source documents of the promises leave open, with the defaults that hold until the operator says otherwise.

Lengths are ISO durations, windows "08:30-12:00,13:30-17:30", ladders "rung=role,...". They are written into the book when it is
loaded: a changed setting makes new versions of the promises it touches. docs/promises.md tells what each is for.
"""

from . import environment as env

DEFAULTS = {
    "country": env.text("HOLIDAYS_OF", "CN"),  # whose public holidays and make-up days count
    "hours": {  # of calendars; the week they hold for is in sla/calendars.json
        "hall": env.text("HALL_HOURS", "08:30-17:30"),
        "government_hall": env.text("GOVERNMENT_HALL_HOURS", "09:00-12:00,13:00-17:00"),
        "hotline": env.text("HOTLINE_HOURS", "08:30-17:30"),
        "office": env.text("OFFICE_HOURS", "08:30-17:30"),
    },
    "ladder": env.text("LADDER", "50%=owner,80%=supervisor,100%=branch_manager,150%=head_office"),
    "safety_ladder": env.text("SAFETY_LADDER", "25%=owner,50%=supervisor,75%=branch_manager,100%=head_office"),
    "on_the_spot": env.text("ON_THE_SPOT", "PT15M"),  # how long "done on the spot" may take
    "at_once": env.text("AT_ONCE", "PT5M"),  # and "immediately"
    "days": env.text("DAYS_ARE", "calendar"),  # or working: what "3 days" counts where the source does not say
    "extension": env.text("EXTENSION_IS", "total"),  # or added: whether "10 days" is the whole time or comes on top
    "extension_times": env.number("EXTENSION_TIMES", 1),
    "extension_share": env.number("EXTENSION_SHARE", 100),  # percent of the first limit
    "second_callback_days": env.number("SECOND_CALLBACK_DAYS", 0),  # 0: one callback a case
    "larger_accident_from": env.number("LARGER_ACCIDENT_FROM", 500),  # customers cut off; fewer is an ordinary accident
    "fault_classes": env.words("FAULT_CLASSES", "ordinary,pipeline,major,non_ordinary"),
    "major_complaint": env.words("MAJOR_COMPLAINT", "injury,media,repeated,official"),
    "repeated_from": env.number("REPEATED_FROM", 3),  # complaints about the same matter
    "sampling": env.text("SAMPLING", "stratified"),  # random with a seed, in proportion to the types of customers
    "unwritten_order_days": env.number("UNWRITTEN_ORDER_DAYS", 30),  # an order that waits longer for its card is asked after
    "supervision_phone": env.text("SUPERVISION_PHONE", ""),
}
