"""Rooms stay small: the budgets of the house."""

from statistics import median

import pytest

from tests.house import sources

MODULES = sources.modules()
FUNCTIONS = [(f"{path}:{node.lineno} {node.name}", node) for path, tree in MODULES.items() for node in sources.functions(tree)]
TEMPLATES = [path for path in (sources.ROOT / "templates").rglob("*") if path.is_file()]


def lines(path):
    return len((sources.ROOT / path).read_text(encoding="utf-8").splitlines())


def test_no_module_has_more_than_400_lines():
    assert [str(path) for path in MODULES if lines(path) > 400] == []


def test_modules_are_typically_small():
    sizes = [count for path in MODULES if (count := lines(path))]
    assert median(sizes) <= 60
    assert sources.percentile(sizes, 90) <= 200


def test_no_function_has_more_than_50_lines():
    assert [name for name, node in FUNCTIONS if sources.length(node) > 50] == []


def test_functions_are_typically_small():
    sizes = [sources.length(node) for _name, node in FUNCTIONS]
    assert median(sizes) <= 8
    assert sources.percentile(sizes, 90) <= 25


def test_no_template_has_more_than_120_lines():
    assert [str(path) for path in TEMPLATES if lines(path) > 120] == []


def parameters(node):
    listed = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [parameter for parameter in listed if parameter.arg not in {"self", "cls"}]


def test_no_function_takes_more_than_six_parameters():
    assert [name for name, node in FUNCTIONS if len(parameters(node)) > 6] == []


def test_no_function_takes_two_booleans():
    def booleans(node):
        return [one for one in parameters(node) if one.annotation is not None and getattr(one.annotation, "id", "") == "bool"]

    assert [name for name, node in FUNCTIONS if len(booleans(node)) > 1] == []


@pytest.mark.parametrize("word", ["utils", "core", "common", "helpers", "misc"])
def test_no_room_has_a_name_that_refuses_nothing(word):
    assert [str(path) for path in MODULES if word in (path.stem, *path.parent.parts)] == []


def test_tests_are_short():
    long = []
    for path in sorted((sources.ROOT / "tests").rglob("test_*.py")):
        tree = sources.ast.parse(path.read_text(encoding="utf-8"))
        named = [node for node in sources.functions(tree) if node.name.startswith("test_")]
        long += [f"{path.name}:{node.lineno} {node.name}" for node in named if sources.length(node) > 25]
    assert long == []
