"""How operations are written, and what application code must not say."""

import ast
import re
from functools import cache

import pytest

from tests.house import sources


@cache
def operations():
    """As (where and name, node)."""
    return [
        (f"{path}:{node.lineno} {node.name}", node)
        for path, tree in sources.modules(with_tools=False).items()
        if "operations" in (path.stem, *path.parent.parts)
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def test_there_are_operations_to_look_at():
    assert len(operations()) > 5


def test_every_public_operation_says_what_for():
    assert [name for name, node in operations() if not ast.get_docstring(node)] == []


def test_who_and_when_are_named_at_every_call():
    positional = [(name, [a.arg for a in (*node.args.posonlyargs, *node.args.args)]) for name, node in operations()]
    assert [name for name, arguments in positional if arguments != ["at"] and {"by", "at"} & set(arguments)] == []


@pytest.mark.parametrize("verb", ["process", "handle", "manage", "update"])
def test_operations_are_the_business_s_verbs(verb):
    assert [name for name, node in operations() if re.match(rf"{verb}(_|$)", node.name)] == []


@cache
def calls():
    """As (where, name, node)."""
    modules = sources.modules(with_tools=False)
    return [(f"{path}:{node.lineno}", name, node) for path, tree in modules.items() for name, node in sources.calls(tree)]


@pytest.mark.parametrize("argument", ["eta", "countdown", "run_after"])
def test_no_deadline_lives_in_a_broker(argument):
    assert [place for place, _name, node in calls() if argument in {keyword.arg for keyword in node.keywords}] == []


@pytest.mark.parametrize("method", ["delay", "apply_async", "async_task", "send_task"])
def test_only_the_roof_knows_the_engines(method):
    named = [place for place, name, _node in calls() if name.split(".")[-1] == method]
    assert [place for place in named if not place.startswith("config/tasks.py")] == []


def test_locks_let_foreign_keys_pass():
    """Plain FOR UPDATE makes every insert that points to the row wait, and deadlocks with the sweep."""
    locks = [(place, {keyword.arg for keyword in node.keywords}) for place, name, node in calls() if name.endswith(".select_for_update")]
    assert [place for place, arguments in locks if "no_key" not in arguments] == []


def test_nothing_is_computed_in_save():
    found = [
        f"{path}:{node.lineno}"
        for path, tree in sources.modules(with_tools=False).items()
        if "models" in (path.stem, *path.parent.parts)
        for node in sources.functions(tree)
        if node.name == "save" and any("self." in ast.unparse(one) for one in ast.walk(node) if isinstance(one, ast.Assign | ast.AugAssign))
    ]
    assert found == []


def test_no_signal_carries_business_meaning():
    # A column's own pre_save is what Django calls to get a row's values; no signal.
    text = {path: (sources.ROOT / path).read_text(encoding="utf-8") for path in sources.modules(with_tools=False)}
    assert [str(path) for path, code in text.items() if re.search(r"(?<!column\.)\b(pre|post)_(save|delete)\b|@receiver", code)] == []


CLOCKS = re.compile(r"(timezone|datetime|date)\.(now|utcnow|today)$|^time\.time$|(^|\.)business_now$")
ONLY_BARE = re.compile(r"timezone\.(localdate|localtime)$")  # with an argument they convert, without one they read the clock


def reads_the_clock(name, node):
    return bool(CLOCKS.search(name)) or bool(ONLY_BARE.search(name) and not node.args)


def test_no_room_below_the_doors_reads_the_clock():
    doors = {"views", "api", "tasks", "management", "admin", "clock", "templatetags", "config"}
    to_the_outside = {"channels", "providers", "stand_in"}  # signatures on the wire carry real time
    reads = [place for place, name, node in calls() if reads_the_clock(name, node)]
    assert [place for place in reads if not (doors | to_the_outside) & set(re.split(r"[/.]", place))] == []
