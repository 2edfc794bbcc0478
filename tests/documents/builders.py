"""Small Word files and templates made in a test."""

import io
import zipfile

from portal.documents import package, schema
from portal.documents.starters import blocks, layout
from portal.documents.templates import Template

NAMES = {
    "nama": {"label": "nama mitra", "required": True},
    "pilihan": {"label": "pilihan"},
    "jumlah": {"label": "jumlah", "required": True},
    "hari": {"label": "hari", "required": True},
    "benda": {"label": "daftar benda", "required": True},
    "benda[]": {"label": "benda"},
    "pihak[].sebutan": {"label": "sebutan", "required": True},
    "pihak[].nomor": {"label": "nomor {sebutan}", "required": True},
    "pihak[].butir": {"label": "butir {sebutan}"},
    "pihak[].butir[]": {"label": "butir"},
}


def template(body: str, *, footer: str | None = None) -> Template:
    """A template with this body and the names above."""
    parts = layout.parts(body, "Uji")
    parts["word/footer1.xml"] = f"<w:ftr {layout.W_NS}>{footer or '<w:p/>'}</w:ftr>".encode()
    content = package.pack(parts)
    return Template(code="uji", title="Uji", digest=str(hash(content)), content=content, schema=schema.read(NAMES))


def text(words: str) -> str:
    """A plain paragraph."""
    return blocks.paragraph("IsiPasal", words)


def split(*pieces: str, between: str = "") -> str:
    """A paragraph whose text Word has torn into several runs."""
    return f"<w:p>{between.join(blocks.run(piece, '<w:b/>') for piece in pieces)}</w:p>"


def docx(changes: dict[str, bytes] | None = None, *, without: tuple[str, ...] = ()) -> bytes:
    """A good Word file, with parts put in or left out."""
    parts = {**layout.parts(text("Isi"), "Uji"), **(changes or {})}
    return zipped({name: part for name, part in parts.items() if name not in without})


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these parts, whatever their names."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return kept.getvalue()
