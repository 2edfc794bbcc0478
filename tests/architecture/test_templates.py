"""Templates: all compile, are named after their view, import only what they use, and hold no style of their own.

Each rule is one test over all templates, which names every template that breaks it.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, TemplateError, nodes

from tests.harness import source

NAMES = [str(path.relative_to(source.TEMPLATES)) for path in source.templates("*.*")]
PAGES = [name for name in NAMES if name.endswith(".html") and not Path(name).name.startswith("_")]
# These are no pages: parts, frames, answers to errors, mails.
NO_VIEW = ("components/", "layouts/", "errors/", "mail/", "base.html")
FOR_BROWSERS = [name for name in NAMES if not name.startswith("mail/")]
OWN_CODE = r"\sstyle=|<style|\son[a-z]+=\"|\bhx-on|javascript:|<script(?![^>]*\bsrc=)"


@cache
def parsed(environment: Environment, name: str) -> nodes.Template:
    """The syntax tree of a template."""
    return environment.parse((source.TEMPLATES / name).read_text())


@cache
def macros(environment: Environment, name: str) -> frozenset[str]:
    """The macros that a template holds."""
    return frozenset(macro.name for macro in parsed(environment, name).find_all(nodes.Macro))


@pytest.fixture
def environment(bare_app: Flask) -> Environment:
    """The application's Jinja."""
    return bare_app.jinja_env


def test_each_compiles(environment: Environment):
    found = []
    for name in NAMES:
        try:
            assert environment.get_template(name).name == name
        except TemplateError as error:
            found.append(f"{name}: {error}")
    assert found == []


def test_a_page_is_named_after_its_view(bare_app: Flask):
    pages = [name for name in PAGES if not name.startswith(NO_VIEW)]
    endpoints = {name: name.removesuffix(".html").removeprefix("public/").replace("/", ".") for name in pages}
    absent = [name for name, endpoint in endpoints.items() if endpoint not in bare_app.view_functions]
    assert absent == [], "no such views: name a template blueprint/feature/view"


def unused(tree: nodes.Template) -> list[str]:
    """What a template imports and does not use."""
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    imported = [
        alias[1] if isinstance(alias, tuple) else alias
        for found in tree.find_all(nodes.FromImport)
        for alias in found.names
    ]
    imported += [found.target for found in tree.find_all(nodes.Import)]
    return [alias for alias in imported if alias not in used]


def test_everything_imported_is_used(environment: Environment):
    assert [f"{name}: {alias}" for name in NAMES for alias in unused(parsed(environment, name))] == []


def absent_imports(environment: Environment, name: str) -> list[str]:
    """What a template imports and another one does not hold."""
    absent = []
    for found in parsed(environment, name).find_all(nodes.FromImport):
        assert isinstance(found.template, nodes.Const)
        wanted = [alias[0] if isinstance(alias, tuple) else alias for alias in found.names]
        there = macros(environment, found.template.value)
        absent += [f"{found.template.value}: {macro}" for macro in wanted if macro not in there]
    return absent


def test_everything_imported_exists(environment: Environment):
    assert [f"{name} asks for {absent}" for name in NAMES for absent in absent_imports(environment, name)] == []


def test_a_component_file_holds_the_macro_of_its_name(environment: Environment):
    components = [name for name in NAMES if name.startswith("components/")]
    assert components
    stems = {name: Path(name).stem for name in components if not Path(name).stem.startswith("_")}
    assert [name for name, stem in stems.items() if stem not in macros(environment, name)] == []


def test_none_carries_a_style_or_a_script_of_its_own():
    found = []
    for name in FOR_BROWSERS:
        text = re.sub(r"\{#.*?#\}", "", (source.TEMPLATES / name).read_text(), flags=re.DOTALL)
        found += [f"{name}: {one}" for one in re.findall(OWN_CODE, text)]
        # Text is escaped; markup comes from components.
        found += [f"{name}: safe" for _ in re.findall(r"\|\s*safe\b", text)]
    assert found == []


def test_none_fetches_anything_from_outside():
    outside = re.compile(r"(?:src|href|action)=[\"']?(?:https?:)?//")
    assert [name for name in FOR_BROWSERS if outside.search((source.TEMPLATES / name).read_text())] == []


def test_there_are_pages():
    assert PAGES
