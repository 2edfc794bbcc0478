"""Reads the project's own files for the tests of the house."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PORTAL = ROOT / "portal"
TEMPLATES = ROOT / "templates"
TESTS = ROOT / "tests"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(kw_only=True)
class Module:
    """One Python file, parsed."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The path from the root, as people write it."""
        return str(self.path.relative_to(ROOT))

    @property
    def lines(self) -> int:
        """How long the file is."""
        return len(self.text.splitlines())

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the tree; walking it costs more than looking at what was walked."""
        return list(ast.walk(self.tree))

    def functions(self) -> Iterator[Function]:
        """Every function and method, inner ones included."""
        return (node for node in self.nodes if isinstance(node, Function))

    def classes(self) -> Iterator[ast.ClassDef]:
        """Every class."""
        return (node for node in self.nodes if isinstance(node, ast.ClassDef))


@cache
def module(path: Path) -> Module:
    """One file, parsed once, whichever folder is asked for."""
    text = path.read_text()
    return Module(path=path, text=text, tree=ast.parse(text))


@cache
def modules(folder: Path) -> tuple[Module, ...]:
    """The Python files of a folder."""
    return tuple(module(path) for path in sorted(folder.rglob("*.py")))


def templates(pattern: str = "*.html") -> tuple[Path, ...]:
    """The page templates, sorted."""
    return tuple(sorted(TEMPLATES.rglob(pattern)))


def length(function: Function) -> int:
    """Lines of a function from `def` to its end, its docstring left out."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    return whole - docstring_length(function)


def body_length(function: Function) -> int:
    """Lines of the body, the docstring left out."""
    first = function.body[0].lineno
    return (function.end_lineno or first) - first + 1 - docstring_length(function)


def docstring_length(function: Function) -> int:
    """Lines that the docstring takes."""
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return 0
    return (first.end_lineno or first.lineno) - first.lineno + 1


@cache
def tracked_files() -> tuple[Path, ...]:
    """What git knows and what it would take: everything that is not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(ROOT / name for name in answer.split("\0") if name and (ROOT / name).is_file())
