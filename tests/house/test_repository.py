"""What the repository may hold."""

import ast
import re
import socket
import subprocess

import pytest
from django.db.migrations.loader import MigrationLoader
from pytest_socket import SocketConnectBlockedError

from config import catalogs
from tests.house import sources

FORBIDDEN = {
    "a path of somebody's machine": re.compile(r"/(?:work|home/[a-z]+|Users/[a-z]+|root)/(?!\.pyenv)[a-z]"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "unfinished work": re.compile(r"\b(?:TODO|FIXME|XXX)\b"),
}
THIS_FILE = sources.ROOT / "tests/house/test_repository.py"


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    texts = {path: path.read_text(encoding="utf-8", errors="ignore") for path in sources.tracked_files() if path != THIS_FILE}
    assert [str(path) for path, text in texts.items() if FORBIDDEN[what].search(text)] == []


def test_migrations_run_in_one_line():
    assert MigrationLoader(None).detect_conflicts() == {}


@pytest.mark.parametrize("script", ["run", "test", ".ci/run", "tools/find_python"])
def test_scripts_can_be_started(script):
    path = sources.ROOT / script
    assert path.stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", path], check=False).returncode == 0


def test_tests_cannot_reach_the_internet():
    with socket.socket() as caller, pytest.warns(UserWarning, match="192.0.2.1"), pytest.raises(SocketConnectBlockedError):
        caller.connect(("192.0.2.1", 80))


@pytest.mark.parametrize("language", ["zh-hans", "ru"])
def test_everything_is_translated(language):
    assert catalogs.untranslated(language)[:20] == []


def test_translators_see_every_string():
    """What collects strings goes by the names of Django's functions, and by _: another name hides every sentence it wraps."""
    renamed = [
        f"{path}: {name.asname}"
        for path, tree in sources.modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.name.endswith(("gettext", "gettext_lazy")) and name.asname not in {None, "_"}
    ]
    assert renamed == []


@pytest.mark.parametrize("language", ["zh-hans", "ru"])
def test_nothing_is_translated_that_nobody_says(language):
    said = {(message.id, message.context) for message in catalogs.collect()}
    assert [message.id for message in catalogs.read(language) if message.id and (message.id, message.context) not in said] == []


@pytest.mark.parametrize("language", ["zh-hans", "ru"])
def test_translations_fill_in_what_the_original_does(language):
    wrong = []
    for message in catalogs.read(language):
        said = holes(message.id)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        # A plural form may leave the number out ("one card"), a plain sentence nothing.
        wrong += [text for text in texts if text and (holes(text) - said or (isinstance(message.id, str) and holes(text) != said))]
    assert wrong == []


def holes(text):
    return set(re.findall(r"%\((\w+)\)[sd]|%[sd]|\{\w*\}", "".join(text))) if text else set()


def test_every_variable_is_explained_to_the_operator():
    code = "".join(
        (sources.ROOT / "config" / name).read_text(encoding="utf-8")
        for name in ("settings.py", "environment.py", "processes.py", "promises.py", "payments.py", "wechat.py")
    )
    read = re.findall(r"""(?:env\.(?:text|flag|number|words)|(?<!\.)text|environ\.get)\("([A-Z_]+)\"""", code)
    explained = (sources.ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    assert {name for name in read if f"`{name}`" not in explained} == set()


def test_templates_hold_no_script_or_style_of_their_own():
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style|\sstyle=|\son[a-z]+=\"", re.I)
    templates = [path for path in (sources.ROOT / "templates").rglob("*.html") if "pdf" not in path.parts]
    assert [str(path) for path in templates if inline.search(path.read_text(encoding="utf-8"))] == []
