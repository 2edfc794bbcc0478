"""The templates that the portal ships, or the office put in their place: Word file and schema."""

import hashlib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from portal import paths
from portal.documents import about, schema
from portal.documents.schema import Shape
from portal.domain.agreement import AgreementKind
from portal.domain.errors import NotFound

CODES: Final = about.CODES

_CODE_OF_KIND: Final = {
    AgreementKind.MOU: "mou",
    AgreementKind.SYNERGY_NOTE: "synergy_note",
    AgreementKind.PKS: "pks",
    AgreementKind.AMENDMENT: "addendum",
    AgreementKind.EXTENSION: "extension",
    AgreementKind.TERMINATION: "termination",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """One version of a template: the Word file, its names, and the SHA-256 over both.

    `has_articles` says that the articles of a draft were put in: then a reference may lead to one that is not printed.
    """

    code: str
    title: str
    digest: str
    content: bytes = field(repr=False, compare=False)
    schema: Shape = field(repr=False, compare=False)
    has_articles: bool = field(default=False, compare=False)


def find(code: str, *, folder: Path = paths.DOC_TEMPLATES) -> Template | None:
    """Read the template of a code, None when there is none."""
    if code not in CODES or not (folder / f"{code}.docx").is_file():
        return None
    own = (folder / f"{code}.toml").read_bytes()
    return from_bytes(code, (folder / f"{code}.docx").read_bytes(), own, shared=about.shared(folder))


def get(code: str, *, folder: Path = paths.DOC_TEMPLATES) -> Template:
    """Read the template of a code; raises NotFound."""
    found = find(code, folder=folder)
    if found is None:
        raise NotFound
    return found


def for_kind(kind: AgreementKind, *, folder: Path = paths.DOC_TEMPLATES) -> Template | None:
    """Read the template for a kind of agreement; None where the folder has none."""
    return find(_CODE_OF_KIND.get(kind, ""), folder=folder)


def list_templates(*, folder: Path = paths.DOC_TEMPLATES) -> tuple[Template, ...]:
    """Read every template there is."""
    return tuple(found for code in CODES if (found := find(code, folder=folder)) is not None)


def from_bytes(code: str, content: bytes, own: bytes, *, shared: bytes = b"") -> Template:
    """Make a template of a Word file, its own TOML and that of the names it shares with others."""
    read = tomllib.loads(own.decode())
    names = {**tomllib.loads(shared.decode()).get("names", {}), **read["names"]}
    digests = b"".join(hashlib.sha256(piece).digest() for piece in (content, own, shared))
    digest = hashlib.sha256(digests).hexdigest()
    return Template(code=code, title=read["title"], digest=digest, content=content, schema=schema.read(names))
