"""Rules about language, emblem and the exchange of data (design: domain §1.1, §1.6)."""

import re
from collections.abc import Iterator
from typing import Final

from portal.domain import clause
from portal.domain.agreement import AgreementKind
from portal.domain.clause import Block
from portal.domain.drafting import Section
from portal.domain.marking import N_
from portal.domain.review import blocks, places
from portal.domain.review.findings import Hit, Rule
from portal.domain.review.subject import ReviewSubject, joined
from portal.domain.severity import Severity

CHECKLIST: Final = tuple(
    (name, re.compile(words, re.IGNORECASE))
    for name, words in (
        (N_("tujuan pemrosesan"), r"tujuan|maksud|keperluan"),
        (N_("dasar hukum pemrosesan"), r"dasar (?:hukum|pemrosesan)|peraturan perundang-undangan|undang-undang"),
        (N_("peran setiap pihak sebagai pengendali atau prosesor"), r"pengendali|prosesor"),
        (N_("unsur data yang dipertukarkan"), r"(?:unsur|elemen|jenis|rincian|daftar) data|data .{0,40}meliputi"),
        (N_("data pribadi yang bersifat spesifik"), r"spesifik"),
        (N_("pengguna data"), r"pengguna|petugas|pegawai|akses"),
        (N_("saluran dan pengamanan"), r"saluran|pengamanan|keamanan|aman|enkripsi"),
        (N_("frekuensi pertukaran"), r"frekuensi|berkala|setiap|sekali|triwulan|semester|bulan|sewaktu"),
        (N_("data balikan"), r"data balikan|umpan balik|balikan"),
        (
            N_("larangan meneruskan data dan memakainya untuk hal lain"),
            r"dilarang|larangan|tidak .{0,40}(?:meneruskan|membe)|tanpa persetujuan",
        ),
        (N_("pemberitahuan kegagalan pelindungan dalam 3 x 24 jam"), r"3\s*[x×]\s*24"),
        (N_("masa simpan dan pemusnahan data"), r"retensi|masa simpan|musnah|penghapusan|menghapus|dihapus"),
        (N_("hak memeriksa"), r"audit|pemeriksaan|memeriksa|pengawasan|mengawasi"),
        (N_("penilaian dampak"), r"penilaian dampak"),
        (N_("pejabat pelindungan data"), r"(?:pejabat|petugas|narahubung|fungsi)\b.{0,40}\bdata"),
        (N_("kerahasiaan setelah perjanjian berakhir"), r"tetap berlaku|tetap mengikat|setelah .{0,60}berakhir"),
    )
)
"""What an agreement that moves personal data must settle, and the words by which it is recognised."""

_OF_DATA: Final = frozenset({Block.DATA_PROTECTION, Block.CONFIDENTIALITY})
_NAMED_DATA: Final = re.compile(r"\bdata\b", re.IGNORECASE)
_CHECKED: Final = frozenset({AgreementKind.PKS, AgreementKind.SYNERGY_NOTE})


def _is_foreign(subject: ReviewSubject) -> bool:
    return subject.is_foreign or any(party.is_foreign for party in subject.parties)


def _one_language(subject: ReviewSubject) -> Iterator[Hit]:
    if _is_foreign(subject) and set(subject.language.split("-")) <= {"id"}:
        yield Hit(place=places.LANGUAGE)


def _without_indonesian(subject: ReviewSubject) -> Iterator[Hit]:
    if "id" not in subject.language.split("-"):
        yield Hit(place=places.LANGUAGE)


def _no_governing_language(subject: ReviewSubject) -> Iterator[Hit]:
    bilingual = len(set(subject.language.split("-"))) > 1
    if bilingual and not (subject.governing_language or "").strip():
        yield Hit(place=places.LANGUAGE)


def _emblem(subject: ReviewSubject) -> Iterator[Hit]:
    if subject.has_emblem and not any(party.may_use_emblem for party in subject.parties):
        yield Hit(place=places.LOGO)


def _checklist(subject: ReviewSubject) -> Iterator[Hit]:
    if (
        not subject.exchanges_data
        or subject.kind not in _CHECKED
        or Block.DATA_PROTECTION not in blocks.present(subject)
    ):
        return
    text = _text_on_data(subject)
    for name, words in CHECKLIST:
        if not words.search(text):
            yield Hit(place="Pelindungan data", what=name, values={"what": name})


def _text_on_data(subject: ReviewSubject) -> str:
    counted = clause.numbers(subject.tree, subject.answers)
    wanted = {
        f"Pasal {counted[article.key]}"
        for article in subject.printed
        if blocks.of_article(article) & _OF_DATA or _NAMED_DATA.search(article.title)
    }
    lines = [line for line in subject.articles() if " ".join(line.place.split()[:2]) in wanted]
    return joined([*lines, *subject.at(places.ANNEX)])


RULES: Final = (
    Rule(
        code="R70-language",
        severity=Severity.ERROR,
        section=Section.TEMPLATE,
        message=N_("Ada pihak asing, tetapi naskah hanya berbahasa Indonesia."),
        fix=N_("Pilih templat dua bahasa; UU 24/2009 Pasal 31 meminta bahasa pihak asing atau bahasa Inggris."),
        find=_one_language,
    ),
    Rule(
        code="R71-indonesian",
        severity=Severity.ERROR,
        section=Section.TEMPLATE,
        message=N_("Naskah tidak berbahasa Indonesia."),
        fix=N_("Pilih templat yang memuat teks Indonesia; UU 24/2009 Pasal 31 mewajibkannya."),
        find=_without_indonesian,
        can_waive=False,
    ),
    Rule(
        code="R72-governing-language",
        severity=Severity.ERROR,
        section=Section.OPTIONS,
        field="governing_language",
        message=N_("Naskah dua bahasa belum menyebut bahasa yang berlaku bila terjadi perbedaan penafsiran."),
        fix=N_("Pilih bahasa yang berlaku pada bagian Pilihan lain."),
        find=_no_governing_language,
    ),
    Rule(
        code="R73-emblem",
        severity=Severity.ERROR,
        section=Section.TEMPLATE,
        message=N_("Naskah memakai lambang negara, tetapi tidak ada penanda tangan yang jabatannya berhak memakainya."),
        fix=N_("Pakai logo lembaga. Garuda hanya untuk jabatan yang disebut UU 24/2009, misalnya Menteri atau bupati."),
        find=_emblem,
    ),
    Rule(
        code="R74-data-checklist",
        severity=Severity.WARNING,
        section=Section.ARTICLES,
        message=N_("Ketentuan pertukaran data belum mengatur %(what)s."),
        fix=N_("Lengkapi Pasal pelindungan data dengan %(what)s."),
        find=_checklist,
    ),
)
