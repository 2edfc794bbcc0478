"""The program that judges office files and PDFs from outside; `parsing` runs it as a child with limits of its own."""

from portal.documents import child, gate, pdf_scan
from portal.domain import upload


def check(content: bytes, name: str) -> str:
    """Return the media type of a file that may be kept; raises RuleBroken with what is wrong with it."""
    found = upload.check(name, content)
    if found == upload.MEDIA_TYPES["docx"]:
        gate.check(content, name)
    elif found == upload.MEDIA_TYPES["pdf"]:
        pdf_scan.check(content, upload.safe_name(name))
    return found


def word(content: bytes, name: str) -> str:
    """Ask the gate for Word files alone."""
    gate.check(content, name)
    return upload.MEDIA_TYPES["docx"]


if __name__ == "__main__":
    child.run({"check": check, "word": word})
