"""Templates: all compile, are named after their view, import only what they use, and hold no style of their own."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from tests.harness import source

NAMES = [str(path.relative_to(source.TEMPLATES)) for path in source.templates("*.*")]
PAGES = [name for name in NAMES if name.endswith(".html") and not Path(name).name.startswith("_")]
# These are no pages: parts, frames, answers to errors, mails.
NO_VIEW = ("components/", "layouts/", "errors/", "mail/", "base.html")


def parsed(bare_app: Flask, name: str) -> nodes.Template:
    """The syntax tree of a template."""
    return bare_app.jinja_env.parse((source.TEMPLATES / name).read_text())


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(bare_app: Flask, name: str):
    assert bare_app.jinja_env.get_template(name).name == name


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith(NO_VIEW)])
def test_a_page_is_named_after_its_view(bare_app: Flask, name: str):
    endpoint = name.removesuffix(".html").removeprefix("public/").replace("/", ".")
    assert endpoint in bare_app.view_functions, f"no view {endpoint}: name the template blueprint/feature/view"


@pytest.mark.parametrize("name", NAMES)
def test_everything_imported_is_used(bare_app: Flask, name: str):
    tree = parsed(bare_app, name)
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    imported = [
        alias[1] if isinstance(alias, tuple) else alias
        for found in tree.find_all(nodes.FromImport)
        for alias in found.names
    ]
    assert not [alias for alias in imported if alias not in used]
    assert not [found.target for found in tree.find_all(nodes.Import) if found.target not in used]


@pytest.mark.parametrize("name", NAMES)
def test_everything_imported_exists(bare_app: Flask, name: str):
    absent = []
    for found in parsed(bare_app, name).find_all(nodes.FromImport):
        assert isinstance(found.template, nodes.Const)
        module = bare_app.jinja_env.get_template(found.template.value)
        macros = {macro.name for macro in parsed(bare_app, str(module.name)).find_all(nodes.Macro)}
        wanted = [alias[0] if isinstance(alias, tuple) else alias for alias in found.names]
        absent += [f"{module.name}: {macro}" for macro in wanted if macro not in macros]
    assert not absent


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("components/")])
def test_a_component_file_holds_the_macro_of_its_name(bare_app: Flask, name: str):
    stem = Path(name).stem
    macros = [macro.name for macro in parsed(bare_app, name).find_all(nodes.Macro)]
    assert stem.startswith("_") or stem in macros


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("mail/")])
def test_it_carries_no_style_and_no_script_of_its_own(name: str):
    text = re.sub(r"\{#.*?#\}", "", (source.TEMPLATES / name).read_text(), flags=re.DOTALL)
    assert not re.findall(r"\sstyle=|<style|\son[a-z]+=\"|\bhx-on|javascript:|<script(?![^>]*\bsrc=)", text)
    assert not re.findall(r"\|\s*safe\b", text), "text is escaped; markup comes from components"


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("mail/")])
def test_it_fetches_nothing_from_outside(name: str):
    text = (source.TEMPLATES / name).read_text()
    assert not re.findall(r"(?:src|href|action)=[\"']?(?:https?:)?//", text)


def test_there_are_pages():
    assert PAGES
