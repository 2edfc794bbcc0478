"""House rules of what the browser gets: vendored files, icons, colours, markup without inline code."""

import hashlib
import re
import tomllib
from itertools import chain

import pytest

from tests.harness import source

STATIC = source.PORTAL / "static"
VENDOR = tomllib.loads((STATIC / "vendor" / "VENDOR.toml").read_text("utf-8"))
VENDORED = {row["path"]: row["sha256"] for entry in VENDOR.values() for row in entry["files"]}
PAGES = [path for path in source.templates() if path.relative_to(source.TEMPLATES).parts[0] != "mail"]
COMPONENTS = sorted(path.stem for path in (source.TEMPLATES / "components").glob("[!_]*.html"))
OWN = [*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")]
HTMX = {
    "hx-get", "hx-post", "hx-target", "hx-swap", "hx-trigger", "hx-push-url", "hx-select", "hx-include", "hx-sync",
    "hx-indicator", "hx-disable", "hx-swap-oob",
}  # fmt: skip
INLINE = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "an inline sheet": r"<style\b",
    "an attribute that runs code": r"\son[a-z]+\s*=\s*[\"']",
    "a script address": r"javascript:",
}
TEXT, CONTROL = 4.5, 3.0
# Foreground, ground and the least ratio (design: ux §2.3).
PAIRS = [
    *(("ink", ground, TEXT) for ground in ("paper", "ground", "mute", "warn-25", "brand-50", "bad-50")),
    *(("ink-2", ground, TEXT) for ground in ("paper", "ground", "mute", "grey-50", "warn-25", "brand-50")),
    ("ink-3", "paper", TEXT),
    ("ink-3", "ground", TEXT),
    *(("paper", ground, TEXT) for ground in ("ink", "brand", "brand-dark", "bad")),
    *(("brand", ground, TEXT) for ground in ("paper", "ground")),
    *(("brand-dark", ground, TEXT) for ground in ("paper", "brand-50", "brand-100")),
    *((tone, f"{tone}-50", TEXT) for tone in ("good", "warn", "bad", "info")),
    ("warn", "warn-25", TEXT),
    *((tone, "paper", TEXT) for tone in ("warn", "bad", "info")),
    ("on-brand-soft", "brand-dark", TEXT),
    *((f"on-step-{step}", f"step-{step}", TEXT) for step in range(5)),
    *(("control", ground, CONTROL) for ground in ("paper", "ground")),
    ("warn-600", "paper", CONTROL),
    ("focus", "ink", CONTROL),
    ("warn-300", "brand-dark", CONTROL),
]


def colours():
    text = (STATIC / "css" / "tokens.css").read_text("utf-8")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", text))
    return {
        name: value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])
        for name, value in found.items()
    }


def luminance(colour):
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_colours_can_be_told_apart(front, ground, least):
    known = colours()
    darker, lighter = sorted((luminance(known[front]), luminance(known[ground])))
    assert (lighter + 0.05) / (darker + 0.05) >= least


def test_style_uses_no_colour_that_is_not_a_token():
    used = set(chain.from_iterable(re.findall(r"var\(--([\w-]+)\)", path.read_text("utf-8")) for path in OWN))
    defined = set(re.findall(r"--([\w-]+):", (STATIC / "css" / "tokens.css").read_text("utf-8")))
    assert used <= defined, sorted(used - defined)


@pytest.mark.parametrize("path", VENDORED)
def test_vendored_files_are_what_was_listed(path):
    assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest() == VENDORED[path]


def test_every_file_from_outside_is_listed():
    folders = ("vendor", "fonts")
    present = {
        str(path.relative_to(STATIC)) for name in folders for path in (STATIC / name).rglob("*") if path.is_file()
    }
    assert present - {"vendor/VENDOR.toml"} == {name for name in VENDORED if name.startswith(folders)}


@pytest.mark.parametrize("name", VENDOR)
def test_every_package_brings_its_licence_and_its_reason(name):
    entry = VENDOR[name]
    assert entry["licence"]
    assert entry["why"]
    assert any(re.search(r"LICENSE|OFL", row["path"]) for row in entry["files"])


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img" / "icons.svg").read_text("utf-8")))
    assert drawn == set(VENDOR["lucide"]["icons"])
    in_pages = r"""(?:\b(?:icon|symbol)\(|\bicon=|["']icon["']: )["']([a-z0-9-]+)["']"""
    in_code = (
        r"""\bicon=["']([a-z0-9-]+)["']|["']icon["']: ["']([a-z0-9-]+)["']|\("[a-z_]+\.[a-z_.]+", "([a-z0-9-]+)", _\("""
    )
    asked = {name for path in PAGES for name in re.findall(in_pages, path.read_text("utf-8"))}
    for module in source.modules(source.PORTAL / "web"):
        asked |= {name for found in re.findall(in_code, module.text) for name in found if name}
    assert "house" in asked
    assert asked <= drawn, sorted(asked - drawn)


def test_nothing_is_fetched_from_outside():
    outside = re.compile(r"(?:https?:)?//[a-z0-9-]+\.[a-z]")
    assert [str(path) for path in [*PAGES, *OWN] if outside.search(path.read_text("utf-8"))] == []


def test_markup_carries_no_code_and_no_style():
    found = []
    for path in PAGES:
        text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        found += [f"{path}: {what}" for what, pattern in INLINE.items() if re.search(pattern, text)]
        found += [f"{path}: {name}" for name in set(re.findall(r"\bhx-[\w:-]+", text)) - HTMX]
        found += [f"{path}: code" for _ in re.findall(r"hx-trigger=\"[^\"]*\[|hx-[\w-]+=\"js:", text)]
    assert found == []


@pytest.mark.parametrize("name", COMPONENTS)
def test_each_component_is_one_macro_of_its_own_name_with_its_contract(name):
    text = (source.TEMPLATES / "components" / f"{name}.html").read_text("utf-8")
    assert re.match(r"\{#.*?\b" + name + r"\(", text, re.DOTALL)
    assert re.findall(r"^\{%- macro (\w+)\(", text, re.MULTILINE) == [name]
    assert not re.search(r"\b(?:request|session|g|current_user)\.", re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL))


@pytest.mark.parametrize("name", COMPONENTS)
def test_each_component_is_shown_in_the_gallery(name):
    shown = "".join(path.read_text("utf-8") for path in (source.TEMPLATES / "public" / "gallery").glob("*.html"))
    assert f'"components/{name}.html" import {name}' in shown
    assert re.search(r"\b(?:" + name + r"|draw_" + name + r")\(", shown)


@pytest.mark.parametrize("path", sorted(STATIC.glob("js/*.js")), ids=lambda path: path.name)
def test_scripts_stay_small(path):
    assert len(path.read_text("utf-8").splitlines()) <= 60
