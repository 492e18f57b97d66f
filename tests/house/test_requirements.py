"""The pinned requirements are what pyproject.toml asks for: checked without asking any index."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house import sources

PROJECT = tomllib.loads((sources.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
DEVELOPMENT = [*RUNTIME, *(Requirement(text) for text in PROJECT["dependency-groups"]["dev"])]
CASES = [pytest.param("requirements.txt", RUNTIME, id="runtime"), pytest.param("requirements-dev.txt", DEVELOPMENT, id="development")]


def pins(name):
    """Package -> version, of every pinned line."""
    text = (sources.ROOT / name).read_text(encoding="utf-8")
    return {
        canonicalize_name(package): version for package, version in re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==([^\s;]+)", text, re.M)
    }


def reachable(requirements):
    """Every package that installing these brings on this machine."""
    found, todo = set(), [(one.name, one.extras) for one in requirements]
    while todo:
        name, extras = todo.pop()
        key = (canonicalize_name(name), frozenset(extras))
        if key not in found:
            found.add(key)
            todo += [(one.name, one.extras) for one in wanted_by(name, extras)]
    return {name for name, _extras in found}


def wanted_by(name, extras):
    try:
        lines = [Requirement(line) for line in distribution(name).requires or ()]
    except PackageNotFoundError:
        return []
    return [one for one in lines if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in (*extras, ""))]


@pytest.mark.parametrize(("name", "requirements"), CASES)
def test_every_dependency_is_pinned_within_its_range(name, requirements):
    pinned = pins(name)
    missing = [
        str(one) for one in requirements if not one.specifier.contains(pinned.get(canonicalize_name(one.name), "0"), prereleases=True)
    ]
    assert missing == []


@pytest.mark.parametrize(("name", "requirements"), CASES)
def test_everything_a_dependency_brings_is_pinned(name, requirements):
    assert sorted(reachable(requirements) - set(pins(name))) == []


@pytest.mark.parametrize(("name", "requirements"), CASES)
def test_nothing_is_pinned_that_nobody_asks_for(name, requirements):
    installed = {package for package in pins(name) if is_installed(package)}
    assert sorted(installed - reachable(requirements)) == []


def is_installed(package):
    try:
        return bool(distribution(package))
    except PackageNotFoundError:
        return False


@pytest.mark.parametrize(("name", "requirements"), CASES)
def test_every_pin_has_a_hash(name, requirements):
    text = (sources.ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    assert [line[:60] for line in lines if "--hash=sha256:" not in line] == []


def test_the_tests_run_what_is_shipped():
    shipped, tested = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {package: version for package, version in shipped.items() if tested.get(package) != version} == {}


def test_every_dependency_says_what_it_is_for():
    text = (sources.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("dependencies = [") : text.index("[dependency-groups]")]
    assert [line for line in re.findall(r'^  "\S+".*$', block, re.M) if "#" not in line] == []
