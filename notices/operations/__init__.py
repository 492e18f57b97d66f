"""The verbs of messages: owe one or many, send what is owed, send a given-up one again, call subscribers."""

from .askers import language_of, owe_to_asker, words_about
from .crowd import deliver_crowd
from .delivery import BATCH, NothingToSend, deliver, resend, resend_all
from .forgetting import forget_matter, forget_old_words
from .notice import Line, Notice, Wrapping
from .reading import Outcome, mark_read, note_outcome, prefer
from .subscribers import owe_events, owe_test
from .subscriptions import BadUrl, BadVerbs, NameTaken, Wish, change_subscription, rotate_secret, subscribe, switch_off, switch_on
from .wording import Blank
from .writing import Recipient, WrongChannel, owe, owe_all, owe_grouped, owe_to_customer, owe_to_staff

__all__ = [
    "BATCH",
    "BadUrl",
    "BadVerbs",
    "Blank",
    "Line",
    "NameTaken",
    "NothingToSend",
    "Notice",
    "Outcome",
    "Recipient",
    "Wish",
    "Wrapping",
    "WrongChannel",
    "change_subscription",
    "deliver",
    "deliver_crowd",
    "forget_matter",
    "forget_old_words",
    "language_of",
    "mark_read",
    "note_outcome",
    "owe",
    "owe_all",
    "owe_events",
    "owe_grouped",
    "owe_test",
    "owe_to_asker",
    "owe_to_customer",
    "owe_to_staff",
    "prefer",
    "resend",
    "resend_all",
    "rotate_secret",
    "subscribe",
    "switch_off",
    "switch_on",
    "words_about",
]
