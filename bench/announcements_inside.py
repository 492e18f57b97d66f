"""What bench.announcements measures on one database: run as ``python -m bench.announcements_inside customers sent runs``."""

import json
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

#: One statement by hand, for what ours does: the same rows, those who have a living account and a first number.
_RAW = """
INSERT INTO notices_message (kind, key, channel, address, customer_id, language, subject, text, link, "group", about, topic, is_safety,
    status, created_at, next_attempt_at, expires_at, attempts, provider_id, last_error, announcement_id)
SELECT 'announcement', 'announcement:' || %s || ':c' || c.id, c.channel, p.number, c.id, c.language, '', '', '', '', '', 'news', {no},
    'owed', {now}, {now}, {now}, 0, '', '', %s
FROM accounts_customer c JOIN accounts_phone p ON p.customer_id = c.id AND p.is_primary
WHERE c.id IN (SELECT customer_id FROM accounts_account WHERE status <> 'closed')
"""
_PORTION = 5_000


def main() -> None:
    django.setup()
    from django.core.management import call_command

    customers, sent, runs = (int(count) for count in sys.argv[1:4])
    call_command("migrate", verbosity=0)
    call_command("load_promises", verbosity=0)
    _people(customers)
    figures: dict[str, Any] = _owing(runs)
    figures |= _sending(sent)
    print(json.dumps(figures))


def _people(count: int) -> None:
    from django.db import connection

    from accounts.clock import business_now
    from accounts.models import Account, Customer, Phone, Premises, Territory

    at = business_now()
    root = Territory.objects.create(level="county", name="Bench", area="urban")
    Territory.objects.filter(pk=root.pk).update(path=f"/{root.pk}/")
    for start in range(0, count, _PORTION):
        span = range(start, min(start + _PORTION, count))
        people = [Customer(name=f"李{n}", segment="vip" if n % 100 == 0 else "ordinary", channel="sms", created_at=at) for n in span]
        Customer.objects.bulk_create(people)
        pairs = list(zip(span, people, strict=True))
        Phone.objects.bulk_create([Phone(customer=one, number=f"+86138{n:08d}", is_primary=True) for n, one in pairs])
        doors = Premises.objects.bulk_create([Premises(territory=root, door=str(n), address=f"Bench {n}") for n in span])
        Account.objects.bulk_create(
            [
                Account(number=f"{1_000_000_000 + n}", customer=one, premises=door, opened_at=at, search="")
                for n, one, door in zip(span, people, doors, strict=True)
            ]
        )
    _tidy(connection)


def _owing(runs: int) -> dict[str, Any]:
    from django.db import connection, transaction

    from notices.operations import announcement_sending
    from notices.queries.announcement_reach import Wanted, reach_of

    ours, raw = [], []
    for number in range(runs + 1):
        row = _scheduled()
        mine = _timed(lambda row=row: announcement_sending.release_due(at=row.vip_at))
        _empty(connection)
        other = _scheduled()
        now = "now()" if connection.vendor == "postgresql" else "datetime('now')"
        statement = _RAW.format(now=now, no="false" if connection.vendor == "postgresql" else "0")

        def by_hand(other: Any = other, statement: str = statement) -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [str(other.pk), other.pk])

        theirs = _timed(by_hand)
        _empty(connection)
        other.__class__.objects.filter(pk=other.pk).update(status="cancelled")
        if number:  # the first warms both
            ours.append(mine)
            raw.append(theirs)
    began = time.perf_counter()
    reach_of(Wanted(), at=_now())
    count = 1000 * (time.perf_counter() - began)
    ratios = [mine / theirs for mine, theirs in zip(ours, raw, strict=True)]
    medians = statistics.median(ours), statistics.median(raw)
    return {"ours": medians[0], "raw": medians[1], "ratio": medians[0] / medians[1], "ratios": ratios, "count": count}


def _sending(count: int) -> dict[str, Any]:
    from notices.models import Message
    from notices.operations import announcement_sending, announcements, deliver_crowd

    tries, taken = Counter[str](), Counter[str]()
    _gateway(tries, taken)
    row = _scheduled()
    announcement_sending.release_due(at=row.vip_at)
    # Until the hour of all others only VIP customers' are due: what failed comes round again among them.
    before, at, began = _memory(), row.vip_at, time.perf_counter()
    assert at is not None
    done = deliver_crowd(at, announcement=row.pk, limit=count)
    seconds = time.perf_counter() - began
    deliver_crowd(at + timedelta(minutes=4), announcement=row.pk, limit=count)
    slow = _slow_gateway(row, count)
    after = _memory()
    row.refresh_from_db()
    cancel = _timed(lambda: announcements.call_off(announcement=row, reason="bench", by=_system(), at=at))
    clear = _timed(lambda: _all_of(lambda: announcement_sending.clear(announcement=row.pk)))
    given_up = Message.objects.filter(announcement=row.pk, last_error="CalledOff").count()
    return {
        "sent": Message.objects.filter(announcement=row.pk, status="sent").count(),
        "tries": sum(tries.values()),
        "repeated": sum(tried > 1 for tried in tries.values()),
        "doubled": sum(times > 1 for times in taken.values()),
        "rate": done / seconds,
        "slow": slow,
        "before": before,
        "after": after,
        "cancel": 1000 * cancel,
        "clear": clear,
        "given_up": given_up,
    }


def _gateway(tries: Counter[str], taken: Counter[str]) -> None:
    """Takes what it is given, but fails the first try of every tenth."""
    from notices import channels

    def send(message: Any) -> str:
        tries[message.key] += 1
        if tries[message.key] == 1 and len(tries) % 10 == 0:
            raise channels.Unanswered
        taken[message.key] += 1
        return "bench"

    channels._CARRIERS[channels.Channel.SMS] = send


def _slow_gateway(row: Any, count: int) -> float:
    """Messages a second to a gateway that takes a tenth of a second for each: those of all others, as many."""
    from notices import channels
    from notices.operations import deliver_crowd

    def send(message: Any) -> str:
        time.sleep(0.1)
        return "bench"

    channels._CARRIERS[channels.Channel.SMS] = send
    began = time.perf_counter()
    return deliver_crowd(row.publish_at, announcement=row.pk, limit=count) / (time.perf_counter() - began)


def _scheduled() -> Any:
    from notices.operations import announcements
    from notices.operations.announcements import Draft, Words

    settings = django.conf.settings
    settings.ANNOUNCE_ALONE_BELOW, settings.QUIET_HOURS = 10**9, (settings.QUIET_HOURS[0], settings.QUIET_HOURS[0])
    draft = Draft(texts={"en": Words("New hours", "The hall opens at eight from Monday on.")})
    written = announcements.write_announcement(draft=draft, by=_system(), at=_now())
    return announcements.schedule(announcement=written, publish_at=None, by=_system(), at=_now())


def _system() -> Any:
    from accounts.actors import System

    return System("bench")


def _now() -> Any:
    from accounts.clock import business_now

    return business_now()


def _empty(connection: Any) -> None:
    from notices.models import Announcement

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE notices_message" if connection.vendor == "postgresql" else "DELETE FROM notices_message")
    Announcement.objects.filter(status="sending").update(status="sent")
    _tidy(connection)


def _tidy(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _timed(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _all_of(act: Callable[[], int]) -> None:
    while act():
        pass


def _memory() -> float:
    """The most this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
