"""Small real files to upload, each of its own kind, and some that only pretend."""

import struct
import zlib
from io import BytesIO

import docx
import pytest


def pdf(text: str = "Laporan") -> bytes:
    """A PDF of one page with one line."""
    stream = f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET".encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def png(width: int = 8, height: int = 8) -> bytes:
    """A green picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + b"\x17\x64\x3a" * width for _ in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def word(text: str = "Laporan kegiatan") -> bytes:
    """A Word document of one paragraph."""
    document = docx.Document()
    document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class Files:
    """Uploads as a form sends them: `files.pdf()` is a pair of stream and name."""

    def pdf(self, name: str = "laporan.pdf", text: str = "Laporan") -> tuple[BytesIO, str]:
        """A PDF."""
        return BytesIO(pdf(text)), name

    def png(self, name: str = "foto.png") -> tuple[BytesIO, str]:
        """A picture."""
        return BytesIO(png()), name

    def word(self, name: str = "laporan.docx", text: str = "Laporan kegiatan") -> tuple[BytesIO, str]:
        """A Word document."""
        return BytesIO(word(text)), name

    def pretender(self, name: str = "laporan.pdf") -> tuple[BytesIO, str]:
        """A program under the name of a PDF."""
        return BytesIO(b"MZ\x90\x00" + b"\0" * 200), name

    def of_size(self, size: int, name: str = "besar.pdf") -> tuple[BytesIO, str]:
        """A PDF padded to a number of bytes."""
        content = pdf()
        return BytesIO(content + b"\n" * max(0, size - len(content))), name


@pytest.fixture
def files() -> Files:
    """Small real files to upload."""
    return Files()
