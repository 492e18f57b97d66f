"""Rooms stay small: the budgets of the house."""

from functools import cache
from statistics import median

import pytest

from tests.house import sources

TEMPLATES = [path for path in (sources.ROOT / "templates").rglob("*") if path.is_file()]


@cache
def functions():
    """As (where and name, node). Not while tests are collected: every worker of every run would wait for it."""
    return [(f"{path}:{node.lineno} {node.name}", node) for path, tree in sources.modules().items() for node in sources.functions(tree)]


def lines(path):
    return len((sources.ROOT / path).read_text(encoding="utf-8").splitlines())


def test_no_module_has_more_than_400_lines():
    assert [str(path) for path in sources.modules() if lines(path) > 400] == []


def test_modules_are_typically_small():
    sizes = [count for path in sources.modules() if (count := lines(path))]
    assert median(sizes) <= 60
    assert sources.percentile(sizes, 90) <= 200


def test_no_function_has_more_than_50_lines():
    assert [name for name, node in functions() if sources.length(node) > 50] == []


def test_functions_are_typically_small():
    sizes = [sources.length(node) for _name, node in functions()]
    assert median(sizes) <= 8
    assert sources.percentile(sizes, 90) <= 25


def test_no_template_has_more_than_120_lines():
    assert [str(path) for path in TEMPLATES if lines(path) > 120] == []


def parameters(node):
    listed = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [parameter for parameter in listed if parameter.arg not in {"self", "cls"}]


def test_no_function_takes_more_than_six_parameters():
    assert [name for name, node in functions() if len(parameters(node)) > 6] == []


def test_no_function_takes_two_booleans():
    def booleans(node):
        return [one for one in parameters(node) if one.annotation is not None and getattr(one.annotation, "id", "") == "bool"]

    assert [name for name, node in functions() if len(booleans(node)) > 1] == []


@pytest.mark.parametrize("word", ["utils", "core", "common", "helpers", "misc"])
def test_no_room_has_a_name_that_refuses_nothing(word):
    assert [str(path) for path in sources.modules() if word in (path.stem, *path.parent.parts)] == []


def test_tests_are_short():
    long = []
    for path in sorted((sources.ROOT / "tests").rglob("test_*.py")):
        named = [node for node in sources.functions(sources.parsed(path)) if node.name.startswith("test_")]
        long += [f"{path.name}:{node.lineno} {node.name}" for node in named if sources.length(node) > 25]
    assert long == []
