"""Which way imports run."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from tests.house import sources


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(*sources.APPS, cache_dir=None, exclude_type_checking_imports=True)


def test_the_floors_stand():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    result = subprocess.run(command, cwd=sources.ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_no_two_rooms_import_each_other(graph):
    """A package's own __init__ may re-export what lies in it; that is one room with a front, not a circle."""
    circles = find_circles({module: neighbours(graph, module) for module in graph.modules})
    assert circles == []


def neighbours(graph, module):
    inside = graph.find_modules_directly_imported_by(module)
    return {other for other in inside if not is_front(module, other) and not is_front(other, module)}


def is_front(package, module):
    return module.startswith(f"{package}.")


def find_circles(edges):
    """Every set of modules that reach one another (Tarjan, by repeated reachability: the graph is small)."""
    reach = {module: reachable(edges, module) for module in edges}
    return sorted({tuple(sorted({other for other in reach[m] if m in reach[other]} | {m})) for m in edges if m in reach[m]})


def reachable(edges, start):
    seen, todo = set(), list(edges[start])
    while todo:
        if (module := todo.pop()) not in seen:
            seen.add(module)
            todo += edges.get(module, ())
    return seen


def test_a_planted_circle_is_found():
    assert find_circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [("a", "b", "c")]
