"""Finds the doors through which files come to be kept: functions of services, and whether the gate is asked first."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.harness import source

GATES = {("parsing", "word"), ("gate", "check"), ("taking_in", "media_type"), ("taking_in", "taken")}
KEEPERS = {("storage", "keep"), ("file_scans", "keep")}
MAYBE = (ast.If, ast.IfExp, ast.For, ast.While, ast.Match, ast.comprehension, ast.Lambda, ast.ExceptHandler, ast.BoolOp)
"""What stands inside these may be left out; a gate that is not always asked is none."""


def of_services() -> dict[str, str]:
    """Every public function of the services that keeps bytes: "doc_templates.create", by what it does first."""
    return {
        f"{module.path.stem}.{name}": first
        for module in source.modules(source.PORTAL / "services")
        for name, first in of_module(module.tree).items()
    }


def of_text(path: Path) -> dict[str, str]:
    """The same for one file."""
    return of_module(ast.parse(path.read_text("utf-8")))


def of_module(tree: ast.Module) -> dict[str, str]:
    """The public functions that reach `storage.keep`, directly or over their neighbours: "gate" or "keep" first."""
    known = {node.name: node for node in tree.body if isinstance(node, source.Function)}
    happened = {name: list(_events(node, known, (name,))) for name, node in known.items() if not name.startswith("_")}
    return {
        name: next((event for event in events if event != "guarded"), "gate")
        for name, events in happened.items()
        if {"keep", "guarded"} & set(events)
    }


def _events(node: ast.AST, known: Mapping[str, source.Function], above: tuple[str, ...]) -> Iterator[str]:
    """Yield "gate" and "keep" in the order in which they happen, "guarded" for a keep behind a gate of its own branch.

    Calls of neighbours are followed.
    """
    for child in ast.iter_child_nodes(node):
        events = list(_events(child, known, above))
        yield from _of_branch(events) if isinstance(child, MAYBE) else events
    if not isinstance(node, ast.Call):
        return
    called = node.func
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        pair = (called.value.id, called.attr)
        if pair in KEEPERS:
            yield "keep"
        elif pair in GATES:
            yield "gate"
    elif isinstance(called, ast.Name) and called.id in known and called.id not in above:
        yield from _events(known[called.id], known, (*above, called.id))


def _of_branch(events: list[str]) -> list[str]:
    """Give what a branch says to whoever comes after it: its gate counts inside it only."""
    if events[:1] == ["gate"]:
        return ["guarded"] if {"keep", "guarded"} & set(events) else []
    return events
