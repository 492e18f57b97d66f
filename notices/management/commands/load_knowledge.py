"""``manage.py load_knowledge``: the articles of the knowledge base and its synonyms from their files."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.clock import business_now
from notices.knowledge_files import BadArticles
from notices.operations.knowledge_loading import load_knowledge


class Command(BaseCommand):
    help = "Brings the knowledge base up to its files; only what changed is written, and what colleagues wrote stays."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_knowledge(at=business_now())
        except BadArticles as fault:
            raise CommandError(str(fault)) from fault
        if options["verbosity"]:
            self.stdout.write(f"{loaded.articles} new articles, {loaded.texts} new texts, {loaded.synonyms} groups of synonyms")
