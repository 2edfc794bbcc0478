"""The text of a clause in words: tags of the engine become what they stand for, so that a lawyer can read on."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from flask_babel import gettext as _

from portal.documents import about
from portal.domain import text_diff
from portal.services import doc_templates

Item = dict[str, Any]

_CONDITION: Final = re.compile(r"(?:atau\s+)?(?:jika|if|elif)\s+(.+)")
_LOOP: Final = re.compile(r"(?:untuk|for)\s+\S+\s+(?:dalam|in)\s+(\S+)")
_REFERENCE: Final = re.compile(r"rujuk(?:_dekat)?\.([a-z0-9_]+)")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*")


def pieces(text: str) -> list[Item]:
    """Return a text as stretches {text, is_tag}; labels fall away, every other tag is said in words."""
    stretches = text_diff.marked(text)
    said = [{"text": _tag(one.text) if one.is_tag else one.text, "is_tag": one.is_tag} for one in stretches]
    return [one for one in said if one["text"]]


def _tag(source: str) -> str:
    inner = " ".join(source[2:-2].split())
    return _value(inner) if source.startswith("{{") else _command(inner)


def _value(inner: str) -> str:
    if found := _REFERENCE.match(inner):
        return str(_("rujukan %(name)s", name=found[1].replace("_", " ")))
    name = inner.partition("|")[0].strip()
    return _label(name)


def _label(name: str) -> str:
    return str(_names().get(name, {}).get("label", name)).replace("{sebutan}", "").strip()


@cache
def _names() -> Mapping[str, Mapping[str, Any]]:
    return doc_templates.known(about.CODES[0]).names


def _command(inner: str) -> str:
    if inner.startswith("label "):
        return ""
    if found := _CONDITION.fullmatch(inner):
        return str(_("bila %(what)s", what=_NAME.sub(lambda name: _label(name[0]), found[1])))
    if found := _LOOP.match(inner):
        return str(_("untuk setiap %(what)s", what=_label(found[1])))
    if inner in {"selain itu", "else"}:
        return str(_("bila tidak"))
    return str(_("sampai di sini") if inner.startswith(("akhir", "end")) else inner)
