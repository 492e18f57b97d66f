"""``manage.py gateway_key``: the keys with which the gateway of the connected meters signs what it asks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

import billing.operations.device_keys
from accounts.actors import System
from accounts.clock import business_now

from ...queries.kiosks import gateway_keys

_BY = System("command")


class Command(BaseCommand):
    help = "Lists, makes, changes or revokes the keys of the gateway of the connected meters. A secret is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = "list; make one more; change: a new one, while those before it go on for a day; revoke: at once"
        parser.add_argument("act", choices=["list", "make", "change", "revoke"], help=acts)
        parser.add_argument("handle", nargs="?", default="", help="of the key to revoke")

    def handle(self, *args: Any, **options: Any) -> None:
        act, at = options["act"], business_now()
        if act == "list":
            for key in gateway_keys(at):
                self.stdout.write(
                    f"{key.handle} made {key.made_at:%Y-%m-%d} last used {key.used_at or 'never'} ends {key.expires_at or 'never'}"
                )
        elif act == "revoke":
            found = next((one for one in gateway_keys(at) if one.handle == options["handle"]), None)
            if found is None:
                raise CommandError("Name a key of `gateway_key list`.")
            billing.operations.device_keys.revoke_key(key=found, by=_BY, at=at)
        else:
            make = billing.operations.device_keys.rotate_key if act == "change" else billing.operations.device_keys.make_key
            made = make(by=_BY, at=at)
            self.stdout.write(f"key {made.key.handle}\nsecret {made.secret}")
