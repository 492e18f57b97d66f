"""Tables, a queue, an agent; prints the agent's token and the queue's key. ``python -m helpdesk_site.found`` in its environment."""

import os

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk_site.settings")


def main() -> None:
    django.setup()
    from django.contrib.auth import get_user_model
    from helpdesk.models import Queue
    from rest_framework.authtoken.models import Token

    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)
    queue = Queue.objects.create(title="Repairs", slug="repairs", email_address="repairs@example.org")
    agent = get_user_model().objects.create_superuser("agent", "agent@example.org", "of a benchmark")
    print(Token.objects.create(user=agent).key, queue.pk)


if __name__ == "__main__":
    main()
