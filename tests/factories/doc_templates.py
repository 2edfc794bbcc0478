"""Templates of Word files for tests: the shipped ones, changed as somebody would in Word, and drafts made of them."""

import io
import zipfile

from portal import paths
from portal.models import Draft
from tests.factories.instants import NOW


def shipped(code="mou"):
    """Return the bytes of a shipped template."""
    return (paths.DOC_TEMPLATES / f"{code}.docx").read_bytes()


def altered(content, old, new, part="word/document.xml"):
    """Return a Word file in which one text of a part is another."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            piece = source.read(name)
            if name == part:
                assert old.encode() in piece, f"{old} does not stand in {part}"
                piece = piece.replace(old.encode(), new.encode(), 1)
            made.writestr(zipfile.ZipInfo(name), piece, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def misspelt(code="mou"):
    """Return a template in which one name is misspelt."""
    return altered(shipped(code), "{{ judul |", "{{ judull |")


def reworded(code="mou"):
    """Return a template with another word in its frame."""
    return altered(shipped(code), ">TENTANG<", ">MENGENAI<")


def make_draft(session, agreement, version, tree=()):
    """Return a saved draft of an agreement with a version of a template."""
    row = Draft(
        agreement_id=agreement.id,
        template_version_id=version.id,
        tree=list(tree),
        facts={},
        answers=[],
        created_at=NOW,
        updated_at=NOW,
    )
    session.add(row)
    session.flush()
    return row
