"""A real browser for journeys: Debian's Chromium with a Chinese font, where anything on the console fails the test."""

import os
import shutil
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, expect

_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
)
_CONTEXT = {"locale": "en-GB", "timezone_id": "Asia/Shanghai", "viewport": {"width": 1280, "height": 800}}
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def _now_and_then(*values):
    return [pytest.param(value, marks=pytest.mark.long) for value in values]


#: For journeys that only look at many pages: in the language with the longest words always, in the others when there is time.
LOCALES = ["ru-RU", *_now_and_then("en-GB", "zh-CN")]
#: Is it a phone? For journeys that do the same on both: where there is least room always.
SIZES = [True, *_now_and_then(False)]

# What is expected of a page is judged by whether it comes, not by how busy the machine is.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, tmp_path_factory):
    executable = shutil.which("chromium")
    if not executable:
        pytest.fail("chromium is not installed; ./test installs it or says what to type")
    folder = tmp_path_factory.mktemp("fonts")
    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    (folder / "fonts.conf").write_text(_FONTS.format(fonts=fonts, cache=folder / "cache"))
    environment = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    return {**browser_type_launch_args, "executable_path": executable, "args": _ARGUMENTS.split(), "env": environment}


@pytest.fixture
def complaints():
    """What the browser complained about: console errors and warnings, broken scripts, refusals of the security policy.

    Must be empty at the end; a journey that provokes an error on purpose clears it.
    """
    return []


@pytest.fixture
def new_context(new_context, complaints):
    """As pytest-playwright's, and listens."""

    def make(**options):
        context = new_context(**{**_CONTEXT, **options})
        context.set_default_timeout(60_000)
        context.on("console", lambda message: _note(complaints, message))
        context.on("weberror", lambda error: complaints.append(f"{error.page and error.page.url}: {error.error}"))
        return context

    yield make
    assert complaints == []


def _note(complaints, message):
    if message.type in {"error", "warning"}:
        complaints.append(f"{message.location.get('url')}: {message.text}")


@pytest.fixture
def page_in(new_context):
    """``page_in("zh-CN")``, ``page_in("ru-RU", phone=True)``: a page of its own in that language, as wide as a phone or a desk."""

    def make(locale, *, phone=False, **options):
        if phone:
            options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, **options}
        return new_context(locale=locale, **options).new_page()

    return make


def ask(page, question):
    """``question(page)`` of a page that has come; once more if another came in its place meanwhile, as one that loads itself anew."""
    for _time in range(20):
        page.wait_for_load_state()
        try:
            return question(page)
        except Error as error:
            if "Execution context was destroyed" not in str(error):
                raise
    return pytest.fail("The page loads itself anew again and again.")


@pytest.fixture
def axe():
    """``axe(page)`` fails with every accessibility rule that the page breaks, and where."""

    def check(page):
        broken = ask(page, Axe().run).response["violations"]
        assert broken == [], "\n".join(f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes']]}" for rule in broken)

    return check
