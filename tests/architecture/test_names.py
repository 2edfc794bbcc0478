"""Names, docstrings and places that the house fixes (design: house §4, §5)."""

import ast
import re

from tests.harness import source
from tests.harness.source import Module

FORBIDDEN = {"utils", "helpers", "common", "misc", "manager", "handler", "processor", "data", "base"}
MAY_COMMIT = {
    "portal/web/transaction.py",
    "portal/jobs/runner.py",
    "portal/extensions.py",
}
DOCUMENTED = ("domain", "services", "queries")


def names_of(module: Module) -> set[str]:
    """The names by which a module is known: its own and those of its folders."""
    return {module.path.stem, *module.path.relative_to(source.ROOT).parent.parts}


def test_no_module_has_a_name_that_says_nothing():
    found = [
        module.name
        for folder in (source.PORTAL, source.TESTS)
        for module in source.modules(folder)
        if names_of(module) & FORBIDDEN and module.name != "portal/models/base.py"
    ]
    assert not found, "name the module after what lives in it: " + ", ".join(found)


def test_every_module_says_what_lives_in_it():
    found = [
        module.name
        for folder in (source.PORTAL, source.TESTS)
        for module in source.modules(folder)
        if not ast.get_docstring(module.tree)
    ]
    assert not found, "begin with one or two sentences: " + ", ".join(found)


def public_functions(module: Module) -> list[source.Function]:
    """Functions of the module and methods of its public classes that others may call."""
    places = [module.tree, *(node for node in module.tree.body if isinstance(node, ast.ClassDef))]
    return [
        node
        for place in places
        if not getattr(place, "name", "").startswith("_")
        for node in place.body
        if isinstance(node, source.Function) and not node.name.startswith("_")
    ]


def test_every_public_function_of_domain_services_and_queries_has_a_docstring():
    found = [
        f"{module.name}:{function.lineno} {function.name}"
        for layer in DOCUMENTED
        for module in source.modules(source.PORTAL / layer)
        for function in public_functions(module)
        if not ast.get_docstring(function)
    ]
    assert not found, "one sentence each:\n" + "\n".join(found)


def calls_of(module: Module, name: str) -> list[str]:
    """Where a method of that name is called."""
    return [
        f"{module.name}:{node.lineno}"
        for node in module.nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name
    ]


def test_only_the_edges_commit():
    found = [
        place
        for module in source.modules(source.PORTAL)
        if module.name not in MAY_COMMIT
        for place in calls_of(module, "commit")
    ]
    assert not found, "services flush; the edge commits once: " + ", ".join(found)


def test_queries_write_nothing():
    found = [
        place
        for module in source.modules(source.PORTAL / "queries")
        for name in ("add", "add_all", "flush", "merge")
        for place in calls_of(module, name)
        if name != "add" or "session.add(" in module.text
    ]
    assert not found, "queries read: " + ", ".join(found)


def test_the_word_status_names_nothing_of_ours():
    pattern = re.compile(r"^[a-z_]*status(?!_code)[a-z_]*$")
    found = []
    for module in source.modules(source.PORTAL):
        for node in module.nodes:
            name = node.arg if isinstance(node, ast.arg) else getattr(node, "name", None)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                name = node.id
            if isinstance(name, str) and pattern.match(name):
                found.append(f"{module.name}: {name}")
    assert not found, "stage is decided by people, standing computed from the calendar: " + ", ".join(found)


def test_tests_replace_nothing_of_ours():
    patched = re.compile(r"mock\.patch|monkeypatch\.setattr\(\s*[\"']portal|from unittest import mock|import unittest")
    here = source.TESTS / "architecture" / "test_names.py"
    found = [
        module.name for module in source.modules(source.TESTS) if module.path != here and patched.search(module.text)
    ]
    assert not found, "use a real thing or a fake of the edge: " + ", ".join(found)


def asserting(module: Module) -> set[str]:
    """The functions of a test module that assert by themselves, so that a test may leave it to them."""
    return {f.name for f in module.functions() if any(isinstance(node, ast.Assert) for node in ast.walk(f))}


def has_check(function: source.Function, trusted: set[str]) -> bool:
    """Whether a test can fail by itself: an assertion, `raises`, or a call of something that asserts."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            # `expect(locator)` of the browser and `expect=404` of a visitor assert, too.
            if name in {"raises", "fail", "expect"} | trusted or any(given.arg == "expect" for given in node.keywords):
                return True
    return False


def test_every_test_asserts_something():
    found = [
        f"{module.name}:{function.lineno} {function.name}"
        for module in source.modules(source.TESTS)
        if module.path.name.startswith("test_")
        for trusted in [asserting(module)]
        for function in module.functions()
        if function.name.startswith("test_") and not has_check(function, trusted)
    ]
    assert not found, "a test without an assertion proves nothing:\n" + "\n".join(found)


def test_no_test_is_skipped_by_hand():
    marks = re.compile(r"pytest\.mark\.(skip|skipif|xfail)\b|pytest\.(skip|xfail|importorskip)\(")
    allowed = {"tests/harness/programs.py", "tests/harness/test_skipping.py", "tests/architecture/test_names.py"}
    found = [m.name for m in source.modules(source.TESTS) if m.name not in allowed and marks.search(m.text)]
    assert not found, "only a missing program of the system may skip a test: " + ", ".join(found)
