"""``manage.py demo_sign_ins``: how to get into the demo, in every role."""

import time
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from desk.city.people_at_work import ROSTER
from desk.city.places import GOVERNMENT
from desk.city.sign_ins import NoSignIns, SignIns, otpauth, totp


class Command(BaseCommand):
    help = "Prints a sign-in for every role of the demo city, second factor included."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--codes", action="store_true", help="only user names and the codes that are good now")
        parser.add_argument("--all", action="store_true", help="everybody, not only one person per role")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sign_ins = SignIns.read()
        except NoSignIns as missing:
            raise CommandError(str(missing)) from None
        lines = _codes(sign_ins, time.time()) if options["codes"] else _page(sign_ins, time.time(), options["all"])
        for line in lines:
            self.stdout.write(line)


def _codes(sign_ins: SignIns, moment: float) -> Iterator[str]:
    for username, secret in sign_ins.secrets.items():
        code, seconds = totp(secret, moment)
        yield f"{username:<8} {code} ({seconds} s)"


def _page(sign_ins: SignIns, moment: float, everybody: bool) -> Iterator[str]:
    yield _("Staff: user name, password, and the code of the second factor (a new one every 30 seconds)")
    yield _("Password of everybody: %(password)s") % {"password": sign_ins.password}
    seen: set[tuple[str, bool]] = set()
    for username, _number, _name, hall, role in ROSTER:
        # A government hall works differently enough that its people count as roles of their own.
        part = (role, hall == GOVERNMENT)
        if part in seen and not everybody:
            continue
        seen.add(part)
        secret = sign_ins.secrets[username]
        code, seconds = totp(secret, moment)
        where = f" {hall}" if hall else ""
        yield f"  {username:<7} {code} {seconds:>2} s  {role.label}{where}"
        yield f"          {otpauth(secret, username)}"
    if sign_ins.customer_phone:
        yield _("Customer with a cabinet: phone %(phone)s, the same password") % {"phone": sign_ins.customer_phone}
        yield _("or a code by text message: read it on the page of the SMS stand-in whose address stands above.")
        yield _("or one tap: “Sign in with WeChat” on the page of the sign-in, then phone 1.")
