"""``manage.py wechat_menu``: look at the menu of the company's account at WeChat, or publish it."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import wechat
from desk.wechat_menu import NameTooLong, menu


class Command(BaseCommand):
    help = "Prints the menu of the company's account at WeChat as JSON; with --publish, makes it the account's (docs/wechat.md)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE, help="WeChat shows one menu to everybody")
        parser.add_argument("--publish", action="store_true", help="send it to WeChat; phones show it within a few minutes")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = menu(options["language"])
        except NameTooLong as refusal:
            raise CommandError(str(refusal)) from None
        if not options["publish"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        if not wechat.is_set_up():
            raise CommandError("WECHAT_APPID and WECHAT_SECRET are not set: there is no account to publish it on.")
        try:
            wechat.publish_menu(found)
        except wechat.WeChatRefused as refusal:
            raise CommandError(f"WeChat refused the menu: errcode {refusal.code}") from None
        except wechat.WeChatSilent:
            raise CommandError("WeChat does not answer. Nothing has changed; try again.") from None
        self.stdout.write("Published.")
