"""Small wrong changes of a Python file, one at a time: what a test that is worth something must notice."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd}
DEMANDS = (ast.Raise, ast.AugAssign, ast.Delete)
"""Statements that may be left out; an expression that is no docstring may be, too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mutant:
    """A file with one change."""

    line: int
    lines: frozenset[int]
    """The lines of the statement that is changed, without those of the statements that it holds."""
    change: str
    """What became what, in one line."""
    text: str


@dataclass(frozen=True, slots=True)
class Site:
    """One change of one node, and what stands there afterwards."""

    node: ast.AST
    new: ast.AST


def mutants(text: str) -> list[Mutant]:
    """Return every change there is of a file, in the order of its lines."""
    tree = ast.parse(text)
    spans = _spans(tree)
    found = [_mutant(tree, site, spans) for site in _sites(tree)]
    return sorted(found, key=lambda each: (each.line, each.change))


def sample(text: str, *, most: int, seed: int) -> list[Mutant]:
    """Return at most so many of them, the same ones for the same seed."""
    known = mutants(text)
    return known if len(known) <= most else sorted(Random(seed).sample(known, most), key=lambda each: each.line)


def _spans(tree: ast.Module) -> dict[ast.AST, frozenset[int]]:
    """Return the lines of the innermost statement that holds a node, for each node."""
    found: dict[ast.AST, frozenset[int]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
            lines = frozenset(range(node.lineno, max(last, node.lineno) + 1))
            found |= dict.fromkeys(ast.walk(node), lines)
    return found


def _mutant(tree: ast.Module, site: Site, spans: dict[ast.AST, frozenset[int]]) -> Mutant:
    class Swap(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return site.new if node is site.node else super().visit(node)

    memo = {id(node): node for node in ast.walk(tree) if node is site.node}
    changed = Swap().visit(copy.deepcopy(tree, memo))
    line: int = site.node.lineno  # type: ignore[attr-defined]
    said = f"{_said(site.node)} -> {_said(site.new)}"
    return Mutant(
        line=line, lines=spans[site.node], change=said, text=ast.unparse(ast.fix_missing_locations(changed)) + "\n"
    )


def _said(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:90]


def _sites(tree: ast.Module) -> Iterator[Site]:
    for node in _live(tree):
        for new in _changes(node):
            yield Site(node, ast.copy_location(new, node))


def _live(node: ast.AST) -> Iterator[ast.AST]:
    """Yield every node that does something: no annotation, no docstring, nothing that only a checker of types reads."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_said_only(child):
                yield child
                yield from _live(child)


def _is_said_only(node: ast.AST) -> bool:
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    return isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr)


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in the place of a node."""
    if isinstance(node, ast.Constant):
        yield from _other_constants(node.value)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, DEMANDS) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield ast.Pass()
    else:
        yield from _other_operators(node)


def _other_constants(value: object) -> Iterator[ast.AST]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
        yield ast.Constant(value - 1)


def _other_operators(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=rest) if type(op) in COMPARED:
            yield ast.Compare(left, [COMPARED[type(op)]()], rest)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=op, right=right) if type(op) in COUNTED:
            yield ast.BinOp(left, COUNTED[type(op)](), right)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
