"""The product's database and models with nothing between the server and the one view: no middleware, no sign-in, no throttling."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = [
    *("django.contrib.auth", "django.contrib.contenttypes", "rest_framework", "phonenumber_field", "simple_history", "sequences"),
    *("billing", "sla", "notices", "casework", "accounts"),
]
ROOT_URLCONF = "bench.bare"
MIDDLEWARE: list[str] = []
DEBUG_PROPAGATE_EXCEPTIONS = True  # a fault here is the benchmark's own
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "UNAUTHENTICATED_USER": None,
}
