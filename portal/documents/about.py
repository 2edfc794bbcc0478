"""What the TOML file beside a shipped template tells: kind, language, settings, first articles, names.

The names that all templates share lie in `names.toml`; a template's own file adds to them or changes them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from portal import paths
from portal.documents import schema
from portal.documents.schema import Shape
from portal.domain.agreement import AgreementKind
from portal.domain.errors import NotFound
from portal.domain.template_settings import TemplateSettings
from portal.domain.template_settings import read as read_settings

CODES: Final = (
    "mou",
    "pks",
    "pks_aid",
    "pks_data",
    "synergy_note",
    "addendum",
    "extension",
    "termination",
    "bast",
    "mou_bilingual",
)
"""The shipped templates; the first of a kind is the one that a draft starts with."""

_SHARED: Final = "names.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """One clause that a draft may begin with: chosen from the start or only offered, free or mandatory."""

    code: str
    is_included: bool
    is_mandatory: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What is known of a shipped template besides its Word file; `names` is the plain form of its schema."""

    code: str
    title: str
    kind: AgreementKind
    language: str
    settings: TemplateSettings
    clauses: tuple[Slot, ...]
    names: Mapping[str, Mapping[str, Any]]

    @property
    def shape(self) -> Shape:
        """Build the schema of the names."""
        return schema.read(self.names)


def read(code: str, *, folder: Path = paths.DOC_TEMPLATES) -> About:
    """Read what is told of a shipped template; raises NotFound for a code that is none."""
    if code not in CODES or not (folder / f"{code}.toml").is_file():
        raise NotFound
    plain = _read((folder / f"{code}.toml").read_text(encoding="utf-8"))
    return About(
        code=code,
        title=plain["title"],
        kind=AgreementKind(plain["kind"]),
        language=plain["language"],
        settings=read_settings(plain["settings"]),
        clauses=tuple(Slot(**slot) for slot in plain["clauses"]),
        names={**_read(shared(folder).decode()).get("names", {}), **plain["names"]},
    )


@lru_cache(maxsize=32)
def _read(text: str) -> Mapping[str, Any]:
    """Read a file once; nobody changes what is read."""
    return tomllib.loads(text)


def shared(folder: Path = paths.DOC_TEMPLATES) -> bytes:
    """Return the file of the names that all templates share; empty where a folder has none."""
    found = folder / _SHARED
    return found.read_bytes() if found.is_file() else b""
