"""The repository's own text, parsed once for the house tests."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    *("accounts", "casework", "notices", "sla", "fieldwork", "billing"),
    *("repairs", "connections", "complaints", "callbacks", "desk", "config"),
)


@cache
def modules(*, with_tools=True):
    """Path -> syntax tree of every module that is not a migration or a test."""
    folders = (*APPS, "tools") if with_tools else APPS
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts]
    return {path.relative_to(ROOT): parsed(path) for path in paths}


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node):
    """Lines from the def to the end, without the docstring: explaining must not cost."""
    explained = ast.get_docstring(node, clean=False)
    return node.end_lineno - node.lineno + 1 - (len(explained.splitlines()) if explained else 0)


def percentile(numbers, percent):
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def calls(tree):
    """Every call as (dotted name as written, node)."""
    return [(ast.unparse(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def tracked_files():
    """What would be in a commit made now."""
    import subprocess

    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
