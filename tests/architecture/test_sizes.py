"""No file, function, view, template or class grows beyond the sizes of the house (design: house §6)."""

import ast

import pytest

from tests.harness import source
from tests.harness.source import Module

ADVICE = "split by behaviour, keep the name as a package:\n"


def is_view(function: source.Function) -> bool:
    """Whether a function answers an address: it carries a route."""
    return any(
        isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ROUTES
        for call in function.decorator_list
    )


ROUTES = {"route", "get", "post", "put", "delete", "patch"}


def too_long(modules: tuple[Module, ...], limit: int) -> list[str]:
    """The files above the limit, with their length."""
    return [f"{module.name}: {module.lines} lines" for module in modules if module.lines > limit]


def test_a_python_file_has_at_most_300_lines():
    found = too_long(source.modules(source.PORTAL) + source.modules(source.ROOT / "migrations"), 300)
    assert not found, ADVICE + "\n".join(found)


def test_a_test_file_has_at_most_400_lines():
    found = too_long(source.modules(source.TESTS), 400)
    assert not found, ADVICE + "\n".join(found)


def test_run_py_has_at_most_150_lines():
    assert len((source.ROOT / "run.py").read_text().splitlines()) <= 150


def test_a_function_has_at_most_40_lines():
    found = [
        f"{module.name}:{function.lineno} {function.name}: {source.length(function)} lines"
        for module in source.modules(source.PORTAL)
        for function in module.functions()
        if source.length(function) > 40
    ]
    assert not found, ADVICE + "\n".join(found)


def test_a_view_has_at_most_15_lines():
    found = [
        f"{module.name}:{function.lineno} {function.name}: {source.body_length(function)} lines"
        for module in source.modules(source.PORTAL / "web")
        for function in module.functions()
        if is_view(function) and source.body_length(function) > 15
    ]
    assert not found, "read, call, answer; the rest belongs to a query or a service:\n" + "\n".join(found)


def test_a_view_has_no_try():
    found = [
        f"{module.name}:{function.lineno} {function.name}"
        for module in source.modules(source.PORTAL / "web")
        for function in module.functions()
        if is_view(function) and any(isinstance(node, ast.Try) for node in ast.walk(function))
    ]
    assert not found, "errors become pages in portal/web/errors.py:\n" + "\n".join(found)


def test_a_class_has_at_most_15_methods():
    found = []
    for module in source.modules(source.PORTAL):
        for kind in module.classes():
            methods = sum(isinstance(node, source.Function) for node in kind.body)
            if methods > 15:
                found.append(f"{module.name}:{kind.lineno} {kind.name}: {methods} methods")
    assert not found, ADVICE + "\n".join(found)


def test_a_template_has_at_most_150_lines():
    found = []
    for path in source.templates("*.*"):
        lines = len(path.read_text().splitlines())
        if lines > 150:
            found.append(f"{path.relative_to(source.ROOT)}: {lines} lines")
    assert not found, "move a part into templates/components or an include:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f():\n    return 1\n", 2),
        ('def f():\n    """Two\n    lines."""\n    return 1\n', 2),
        ("def f(\n    a,\n):\n    return a\n", 4),
    ],
)
def test_the_length_of_a_function_leaves_out_its_docstring(text: str, expected: int):
    function = ast.parse(text).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert source.length(function) == expected
