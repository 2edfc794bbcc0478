"""Files of the sample set: one-page PDFs that say what they stand for and that they are samples."""

from textwrap import wrap

_LINE_POINTS = 20
_TOP_POINTS = 780
_LINE_LETTERS = 72


def page(*lines: str) -> bytes:
    """Return a PDF of one A4 page with these lines of text (Latin letters), byte for byte the same each time."""
    folded = [part for line in lines for part in wrap(line, _LINE_LETTERS)]
    shown = [
        f"BT /F1 12 Tf 60 {_TOP_POINTS - _LINE_POINTS * n} Td ({_escaped(line)}) Tj ET" for n, line in enumerate(folded)
    ]
    drawing = "\n".join(shown).encode("latin-1", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    return _file(objects)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: tuple[bytes, ...]) -> bytes:
    content = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(content))
    )
