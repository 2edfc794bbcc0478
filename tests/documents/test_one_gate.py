"""There is one gate for Word files, and nothing in the portal opens one around it."""

import ast
from pathlib import Path

import pytest

from tests.harness import doors, source

OPENERS = {"ZipFile", "is_zipfile", "unpack", "unpack_archive", "DocxTemplate", "Document", "load_workbook"}
LIBRARIES = {"docx", "docxtpl", "mammoth", "docx2python"}

ALLOWED = {
    ("documents/gate.py", "ZipFile"): "the gate itself",
    ("documents/package.py", "ZipFile"): "takes our own files apart; who may call it stands below",
    ("domain/upload.py", "ZipFile"): "counts what an office file unpacks to, before the gate reads it",
    ("domain/upload.py", "is_zipfile"): "looks for a ZIP inside another file",
    ("documents/guide.py", "docx"): "writes the guide to the tags, reads nothing",
    ("documents/offline_pack.py", "ZipFile"): "counts what a workbook unpacks to, after the check of uploads",
    ("documents/offline_pack.py", "load_workbook"): "workbooks of ours that came back, after the check of uploads",
    ("documents/workbook.py", "load_workbook"): "Excel lists, after the check of uploads",
    ("documents/clauses.py", "unpack"): "templates, gated when they were uploaded",
    ("documents/compiled.py", "unpack"): "templates, gated when they were uploaded",
    ("documents/page_setup.py", "unpack"): "templates, gated when they were uploaded",
    ("documents/render.py", "unpack"): "templates, gated when they were uploaded",
    ("documents/lines.py", "unpack"): "drafts that the portal itself has written",
}


def opened(path: Path):
    """The names of calls that open an archive or a Word file; writing an archive is none."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in OPENERS and not _writes(name, node.args) and not _is_struct(node.func):
            yield name


def _writes(name, args):
    """Whether a call makes a file: an archive to write into, a new Word document."""
    if name == "Document":
        return not args
    return len(args) > 1 and isinstance(args[1], ast.Constant) and args[1].value in {"w", "x", "a"}


def _is_struct(function):
    return isinstance(function, ast.Attribute) and getattr(function.value, "id", "") == "struct"


def modules():
    return {str(path.relative_to(source.PORTAL)): path for path in sorted(source.PORTAL.rglob("*.py"))}


def test_nothing_opens_a_word_file_around_the_gate():
    found = {(name, call) for name, path in modules().items() for call in opened(path)}
    assert found - ALLOWED.keys() == set()


def test_no_library_that_opens_word_files_is_imported():
    found = {
        (name, imported)
        for name, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for imported in _imported(node)
        if imported in LIBRARIES
    }
    assert found - ALLOWED.keys() == set()


def _imported(node):
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").partition(".")[0]]
    return []


UNGUARDED = {
    "backups.restore": "what was kept before, into an empty place",
    "file_scans.keep": "what the doors call once the gate was asked",
    "doc_templates.seed": "the templates that the portal ships",
    "drafting.draft": "what the portal itself has written",
    "drafting.make_document": "what the portal itself has written",
}
"""Functions that keep bytes without asking the gate."""


def test_every_function_that_keeps_a_file_asks_the_gate_first():
    unguarded = {name for name, first in doors.of_services().items() if first != "gate"}
    assert unguarded == UNGUARDED.keys()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("    gate.check(content)\n    storage.keep(content)", {"door": "gate"}),
        ("    storage.keep(content)\n    gate.check(content)", {"door": "keep"}),
        ("    if content:\n        gate.check(content)\n    storage.keep(content)", {"door": "keep"}),
        ("    _ask(content)\n    Row(digest=_put(content))", {"door": "gate"}),
        ("    Row(digest=_put(content))", {"door": "keep"}),
        ("    for one in content:\n        gate.check(one)\n        storage.keep(one)", {"door": "gate"}),
        (
            "    for one in content:\n        gate.check(one)\n        storage.keep(one)\n    storage.keep(content)",
            {"door": "keep"},
        ),
        ("    return content", {}),
    ],
)
def test_a_door_around_the_gate_would_be_found(tmp_path, body, found):
    path = tmp_path / "around.py"
    ask = "def _ask(content):\n    try:\n        gate.check(content)\n    except FileRefused:\n        raise\n"
    put = "def _put(content):\n    return storage.keep(content)\n"
    path.write_text(f"{ask}{put}def door(content):\n{body}\n")
    assert doors.of_text(path) == found


def test_a_way_around_would_be_found(tmp_path):
    path = tmp_path / "around.py"
    path.write_text("import zipfile\nwith zipfile.ZipFile('a.docx') as archive:\n    archive.namelist()\n")
    assert list(opened(path)) == ["ZipFile"]
    path.write_text("import zipfile\nzipfile.ZipFile('a.zip', 'w').close()\n")
    assert list(opened(path)) == []
