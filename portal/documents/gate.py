"""The gate for Word files from outside: nothing is parsed, kept or shown that did not pass here.

Rules and figures: design documents §8.1 and the settled list, 21. What passes is returned as parts; whoever goes on
works with these, never with the file again. What the parts themselves may hold is judged by `inspection`.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from portal.documents import inspection, package
from portal.documents.refusal import FileRefused
from portal.domain.marking import N_

MOST_BYTES: Final = 20 * 2**20
MOST_MEMBERS: Final = 600
MOST_UNPACKED: Final = 60 * 2**20
MOST_OF_A_PART: Final = 20 * 2**20

_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_OTHER_ENDINGS: Final = {
    "doc": N_("Berkas .doc lama atau berkata sandi. Simpan ulang sebagai .docx tanpa kata sandi."),
    "docm": N_("Berkas .docm dapat memuat makro. Simpan ulang sebagai .docx."),
    "dotm": N_("Berkas .dotm dapat memuat makro. Simpan ulang sebagai .docx."),
    "dotx": N_("Berkas .dotx adalah templat Word. Simpan ulang sebagai .docx."),
}
_ENCRYPTED: Final = 0x1
_CHUNK: Final = 2**16
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)
"""What Python's ZIP reader raises on a file that somebody broke on purpose."""


def check(content: bytes, name: str = "") -> Mapping[str, bytes]:
    """Give the parts of a Word file from outside; raises FileRefused with the reason.

    `name` is the file's name where it is known: what its ending says is refused before anything is read.
    """
    _check_name(name)
    parts = _unpacked(_archive(content))
    inspection.check(parts)
    return parts


def cleaned(content: bytes, name: str = "") -> bytes:
    """Check a Word file from outside and write it anew, parts only; raises FileRefused."""
    return package.pack(check(content, name))


def _check_name(name: str) -> None:
    ending = name.rpartition(".")[2].casefold()
    if name and ending in _OTHER_ENDINGS:
        raise FileRefused(_OTHER_ENDINGS[ending])
    if name and ending != "docx":
        raise FileRefused(N_("Berkas ini bukan berkas Word (.docx)."))


def _archive(content: bytes) -> zipfile.ZipFile:
    if content.startswith(_OLD_OFFICE):
        raise FileRefused(_OTHER_ENDINGS["doc"])
    if len(content) > MOST_BYTES:
        raise FileRefused(N_("Berkas lebih besar dari %(most)s MB."), most=MOST_BYTES // 2**20)
    if not content.startswith(_ZIP):
        raise FileRefused(N_("Berkas ini bukan berkas Word (.docx)."))
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as fault:
        raise FileRefused(N_("Berkas Word ini rusak dan tidak dapat dibuka.")) from fault


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = [member for member in archive.infolist() if not member.filename.endswith("/")]
    _check_members(members)
    parts: dict[str, bytes] = {}
    total = 0
    for member in members:
        parts[member.filename] = _read(archive, member, left=MOST_UNPACKED - total)
        total += len(parts[member.filename])
    return parts


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise FileRefused(N_("Berkas berisi lebih dari %(most)s bagian."), most=MOST_MEMBERS)
    names = [member.filename for member in members]
    if len({name.casefold() for name in names}) != len(names):
        raise FileRefused(N_("Berkas memuat nama bagian yang sama dua kali."))
    for member in members:
        written = member.orig_filename
        if (
            not member.filename
            or written.startswith("/")
            or ".." in written.split("/")
            or any(sign in written for sign in "\\:\0")
        ):
            raise FileRefused(N_("Berkas memuat nama bagian yang berbahaya."))
        if member.flag_bits & _ENCRYPTED:
            raise FileRefused(N_("Berkas berkata sandi. Simpan ulang tanpa kata sandi."))
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise FileRefused(N_("Berkas dipadatkan dengan cara yang tidak didukung."))
        inspection.check_name(member.filename)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, left: int) -> bytes:
    """Read one part, counting while it is unpacked: sizes in the directory may lie."""
    kept: list[bytes] = []
    size = 0
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                kept.append(chunk)
                size += len(chunk)
                if size > MOST_OF_A_PART:
                    raise FileRefused(N_("Satu bagian berkas terlalu besar setelah dibuka."))
                if size > left:
                    raise FileRefused(N_("Isi berkas terlalu besar setelah dibuka."))
    except _BROKEN as fault:
        raise FileRefused(N_("Berkas Word ini rusak dan tidak dapat dibuka.")) from fault
    return b"".join(kept)
