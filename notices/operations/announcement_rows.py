"""Owe an announcement to everybody it reaches, with one INSERT ... SELECT for VIP customers and one for all others.

Note [Order of owing]. VIP customers' messages are written first, so their numbers are the lower ones, and fall due at ``vip_at``, the
others' at ``publish_at``: whoever takes the next message takes theirs first (T37), and the page shows both hours.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Case, CharField, DateTimeField, F, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from ..models import Announcement, Channel, Message, MessageStatus, Topic
from ..queries.announcement_reach import FIRST, languages, routed, wanted_by
from ..quiet import quiet_until

LETTER = "announcement"
#: So long a message is worth sending after its hour.
LIVES = timedelta(days=3)
_DISTURBING = (Channel.SMS, Channel.VOICE)
_TEXT = CharField()


def owe_rows(*, announcement: Announcement, at: datetime) -> tuple[int, int]:
    """Write the messages, without their words, each customer's once; how many to VIP customers and how many to others.

    In the caller's transaction. Asked for again it writes nothing.
    """
    people = routed(wanted_by(announcement), at=at).exclude(way="")
    vip_at, others_at = announcement.vip_at or at, announcement.publish_at or at
    first = _insert(people.filter(FIRST), announcement, due=vip_at, at=at)
    others = _insert(people.exclude(FIRST), announcement, due=others_at, lead=others_at - vip_at, at=at)
    return first, others


def key_of(announcement: int) -> str:
    """Under which key its messages are found; the customer's is added. Repeats to the provider carry the same."""
    return f"announcement:{announcement}:c"


def _insert(people: QuerySet[Any], announcement: Announcement, *, due: datetime, at: datetime, lead: timedelta = timedelta()) -> int:
    values = _values(announcement, due=due, lead=lead, at=at)
    fields = [one for one in Message._meta.concrete_fields if not one.primary_key]
    given = {f"c_{one.attname}": values.get(one.attname, _constant(one)) for one in fields}
    chosen, params = people.order_by().annotate(**given).values_list(*given).query.sql_with_params()
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(one.column)) for one in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(Message._meta.db_table)} ({columns}) {chosen} ON CONFLICT DO NOTHING", params)
        return int(cursor.rowcount)


def _values(announcement: Announcement, *, due: datetime, lead: timedelta, at: datetime) -> dict[str, Any]:
    """What a message of it says, column by column; the others have their defaults."""
    moment = DateTimeField()
    undisturbed = Case(
        When(way__in=_DISTURBING, then=Value(_awake(announcement, due, lead), output_field=moment)),
        default=Value(due, output_field=moment),
        output_field=moment,
    )
    address = Case(
        When(way__in=_DISTURBING, then=F("phone")), When(way=Channel.EMAIL, then=F("email")), default=Value(""), output_field=_TEXT
    )
    return {
        "kind": Value(LETTER, output_field=_TEXT),
        "key": Concat(Value(key_of(announcement.pk), output_field=_TEXT), Cast("pk", _TEXT), output_field=_TEXT),
        "channel": F("way"),
        "address": address,
        "customer_id": F("pk"),
        "language": languages(),
        # Dangers and what is owed can be stopped by nobody.
        "topic": Value("" if announcement.is_safety or announcement.is_payment else str(Topic.NEWS), output_field=_TEXT),
        "is_safety": Value(announcement.is_safety),
        "status": Value(str(MessageStatus.OWED), output_field=_TEXT),
        "announcement_id": Value(announcement.pk),
        "created_at": Value(at, output_field=moment),
        "next_attempt_at": undisturbed,
        "expires_at": Value(due + LIVES, output_field=moment),
    }


def _constant(column: Any) -> Value:
    """The default of a column, typed."""
    return Value(None if column.null else column.get_default(), output_field=column if not column.is_relation else column.target_field)


def _awake(announcement: Announcement, due: datetime, lead: timedelta) -> datetime:
    """When the house's quiet hours around an hour end; VIP customers stay ahead. Whoever has hours of their own is put off then."""
    if announcement.is_safety:
        return due
    until = quiet_until(due, span=settings.QUIET_HOURS, zone=settings.TIME_ZONE)
    return until + lead if until else due
