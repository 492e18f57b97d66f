"""The product's settings with nothing between the server and the one view: no middleware, no sign-in, no throttling."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS as _APPS

# The sign-in library insists on its middleware.
INSTALLED_APPS = [app for app in _APPS if not app.startswith("allauth")]
ROOT_URLCONF = "bench.bare"
MIDDLEWARE: list[str] = []
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "UNAUTHENTICATED_USER": None,
}
DEBUG_PROPAGATE_EXCEPTIONS = True  # a fault here is the benchmark's own
