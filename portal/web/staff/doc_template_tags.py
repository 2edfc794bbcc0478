"""The page of tags and the guide: every name, command and filter that a template may use, with what it gives."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.documents import about
from portal.documents import guide as guides
from portal.documents.filters import FILTERS
from portal.documents.guide import Section
from portal.domain.errors import NotFound
from portal.services import doc_templates

Item = dict[str, Any]

COMMANDS = (
    ("{{ judul }}", _l("Mengisi satu nilai.")),
    ("{{ tanggal | tanggal }}", _l("Nilai dengan penyaring; semua penyaring ada di bawah.")),
    ('{{ tempat | baku("Jakarta") }}', _l("Dipakai bila nilainya belum diketahui.")),
    ("{% jika induk %} … {% selain itu %} … {% akhir jika %}", _l("Tampil hanya bila syaratnya terpenuhi.")),
    ("{% untuk p dalam pihak %} … {% akhir untuk %}", _l("Diulang untuk setiap pihak, atau setiap isi daftar lain.")),
    ("{{ putaran.nomor }}", _l("Nomor urut di dalam ulangan; juga putaran.huruf, putaran.terakhir, putaran.jumlah.")),
    ("{% label kahar %}", _l("Memberi nama pada Pasal atau ayat tempat tag ini berada.")),
    ("{{ rujuk.kahar }}", _l("Menulis rujukan ke sana, misalnya Pasal 14 ayat (1).")),
    ("{{ rujuk_dekat.kahar }}", _l("Rujukan tanpa Pasal, untuk ayat dalam Pasal yang sama.")),
    ("{% pasal %}", _l("Tempat Pasal dari pustaka klausul, sendirian dalam satu paragraf.")),
    ("{% pasal dua bahasa %}", _l("Tempat Pasal dua bahasa, sendirian dalam satu baris tabel dua kolom.")),
    (
        "{{ gambar.qr }}",
        _l("Ditulis sebagai teks alternatif gambar PNG, juga di kaki halaman: gambarnya menjadi kode QR naskah."),
    ),
    ("{% ulang nomor %}", _l("Daftar bernomor berikutnya mulai lagi dari awal.")),
    ("{# catatan #}", _l("Catatan untuk penyusun; tidak dicetak.")),
)

WHOLE = "naskah"
"""Names in an address the group that belongs to the text itself."""
DAY, SUM, NUMBER, NAME = "2026-11-21", 325_000_000, 3, "Kasih dan Asih"

FILTER_WORDS: Mapping[str, tuple[Any, Any]] = {
    "tanggal": (DAY, _l("tanggal biasa")),
    "tanggal_kata": (DAY, _l("tanggal dengan kata")),
    "tanggal_angka": (DAY, _l("tanggal dengan angka")),
    "tanggal_pembuka": (DAY, _l("tanggal untuk pembukaan naskah")),
    "hari": (DAY, _l("nama hari")),
    "rupiah": (SUM, _l("uang dengan angka")),
    "rupiah_terbilang": (SUM, _l("uang dengan angka dan kata")),
    "terbilang": (NUMBER, _l("bilangan dengan kata")),
    "angka_terbilang": (NUMBER, _l("bilangan dengan angka dan kata")),
    "masa": (36, _l("jumlah bulan sebagai jangka waktu")),
    "romawi": (NUMBER, _l("angka Romawi")),
    "huruf": (NUMBER, _l("huruf menurut urutan")),
    "kapital": (NAME, _l("huruf besar semua")),
    "nama_kapital": (NAME, _l("nama orang dengan huruf besar, gelar tetap")),
    "awal_kapital": ("kasih dan asih", _l("huruf pertama besar")),
    "judul": ("kasih dan asih", _l("huruf besar pada awal kata")),
    "gabung": (["A", "B", "C"], _l("daftar menjadi satu kalimat")),
    "pasangkan": (["A", "B", "C"], _l("daftar menjadi pasangan kiri dan kanan, untuk tanda tangan")),
}
"""What each filter is shown with, and what it is for; what it gives is asked of the filter itself."""


def chosen(code: str, head: str | None = None) -> Item:
    """Return the tags of one shipped template (the first unless told), and which others can be asked for.

    `head` names the group that lies open, the text itself unless told; raises NotFound for one that is not there.
    """
    known = [doc_templates.known(each) for each in about.CODES]
    told = next((one for one in known if one.code == (code or known[0].code)), None)
    if told is None:
        raise NotFound
    listed, opened = groups(told.names), "" if head in {None, WHOLE} else head
    if opened not in {group["head"] for group in listed}:
        raise NotFound
    for group in listed:
        group["is_open"] = group["head"] == opened
        group["href"] = url_for("staff.doc_templates.tags", templat=told.code, isi=group["head"] or WHOLE)
    return {
        "title": told.title,
        "code": told.code,
        "views": [
            {
                "label": one.title,
                "href": url_for("staff.doc_templates.tags", templat=one.code),
                "current": one is told,
            }
            for one in known
        ],
        "groups": listed,
        "commands": [{"tag": tag, "text": str(text)} for tag, text in COMMANDS],
        "filters": filters(),
    }


def groups(names: Mapping[str, Mapping[str, Any]]) -> list[Item]:
    """Return the names by what they belong to: the text itself first, then each list and record."""
    found: dict[str, list[Item]] = {}
    for path, told in names.items():
        loops, tag = written(path)
        head = path.partition("[]")[0].partition(".")[0] if ("[]" in path or "." in path) else ""
        found.setdefault(head, []).append(
            {
                "tag": tag,
                "path": path,
                "loops": [f"{{% untuk {name} dalam {of} %}}" for name, of in loops],
                "label": told.get("label", path),
                "required": bool(told.get("required")),
                "example": str(told.get("example", "")),
            }
        )
    return [{"head": head, "rows": _numbered(head, rows)} for head, rows in found.items()]


def _numbered(head: str, rows: Iterable[Item]) -> list[Item]:
    return [{**row, "id": f"tag-{head or 'naskah'}-{place}"} for place, row in enumerate(rows, start=1)]


def written(path: str) -> tuple[list[tuple[str, str]], str]:
    """Return the loops around a name of the schema, as (name, list), and the tag to write inside them."""
    *lists, tail = path.split("[]")
    loops: list[tuple[str, str]] = []
    before = ""
    for each in lists:
        whole = f"{before}{each}"
        before = _letter(whole, {name for name, _of in loops})
        loops.append((before, whole))
    return loops, f"{{{{ {before}{tail} }}}}"


def _letter(whole: str, taken: set[str]) -> str:
    first = whole.rpartition(".")[2][0]
    return first if first not in taken else f"{first}{len(taken) + 1}"


def filters() -> list[Item]:
    """Return every filter with an example and what it makes of it."""
    return [
        {
            "tag": f"| {name}",
            "text": str(FILTER_WORDS[name][1]),
            "example": f"{FILTER_WORDS[name][0]}",
            "made": f"{made(FILTER_WORDS[name][0])}",
        }
        for name, made in FILTERS.items()
        if name in FILTER_WORDS
    ]


def guide(told: Item) -> bytes:
    """Return the tags as a Word file to keep."""
    head = (_("Tulis di Word"), _("Artinya"))
    sections = [
        Section(
            title=_("Nomor Pasal, ayat, dan huruf"),
            lead=_(
                "Nomor berasal dari gaya paragraf Pasal, Ayat, Huruf, Angka. Jangan mengetik nomornya. "
                "Nomor Pasal dan judulnya satu paragraf, dipisahkan Shift+Enter."
            ),
        ),
        Section(title=_("Perintah"), head=head, rows=tuple((one["tag"], one["text"]) for one in told["commands"])),
        Section(
            title=_("Penyaring"),
            head=(*head, _("Hasil")),
            rows=tuple((one["tag"], one["text"], one["made"]) for one in told["filters"]),
        ),
    ]
    sections += [
        Section(
            title=group["head"] or _("Naskah"),
            head=(*head, _("Contoh")),
            rows=tuple((" ".join([*row["loops"], row["tag"]]), row["label"], row["example"]) for row in group["rows"]),
        )
        for group in told["groups"]
    ]
    return guides.build(_("Panduan templat: %(title)s", title=told["title"]), sections)
