"""Which functions of the portal a view may call in the end, read from the source: by names, over modules."""

import ast
from collections.abc import Iterator
from functools import cache

from tests.harness import source

Name = tuple[str, str]
"""A module and a function of it, or a method, by its bare name."""


@cache
def calls() -> dict[Name, frozenset[Name]]:
    """Every function of the portal with what it names: called or handed on."""
    found: dict[Name, frozenset[Name]] = {}
    for path in sorted(source.PORTAL.rglob("*.py")):
        module = ".".join(path.relative_to(source.PORTAL.parent).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text("utf-8"))
        known = dict(_imports(tree)) | {
            node.name: (module, node.name) for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
        }
        # What a module takes from another one is had from it under both names.
        found |= {(module, name): frozenset({where}) for name, where in known.items() if where[0] != module}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found[(module, node.name)] = frozenset(_named(node, known))
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                if isinstance(target, ast.Name):
                    found[(module, target.id)] = frozenset(_named(node, known))
    return found


def _imports(tree: ast.Module) -> Iterator[tuple[str, Name]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("portal"):
            for alias in node.names:
                yield alias.asname or alias.name, (node.module or "", alias.name)


def _named(node: ast.AST, known: dict[str, Name]) -> Iterator[Name]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and each.id in known:
            yield known[each.id]
        elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id in known:
            package, name = known[each.value.id]
            yield f"{package}.{name}", each.attr


def reaches(start: Name, goals: set[Name]) -> bool:
    """Whether a function may come to one of the goals."""
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here in goals:
            return True
        new = calls().get(here, frozenset()) - seen
        seen |= new
        waiting += new
    return False
