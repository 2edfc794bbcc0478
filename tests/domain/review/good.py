"""Drafts without a fault, one for each kind of instrument; everybody and everything in them is an example."""

import tomllib
from dataclasses import replace
from datetime import date

from portal import paths
from portal.domain import clause, review
from portal.domain.agreement import SigningCapacity, Standing
from portal.domain.clause import Article, Block, Level
from portal.domain.organisation import OrganisationKind
from portal.domain.review import Holder, ReviewParty, ReviewRelated, ReviewSubject, placed

TODAY = date(2026, 11, 21)
OURS = "Direktorat Jenderal Contoh Kementerian Sosial Republik Indonesia"
THEIRS = "Yayasan Contoh Kasih & Asih"
SUBJECT = "Perawatan Lanjut Usia Berbasis Keluarga"

SIGNERS = review.matrix(tomllib.loads((paths.REFERENCE / "signers.toml").read_text("utf-8"))["row"])

FIRST = ReviewParty(
    position=1,
    designation="PIHAK KESATU",
    name=OURS,
    kind=OrganisationKind.UNIT,
    registered_name=OURS,
    address="Jalan Contoh Nomor 28, Jakarta Pusat",
    number="7/CONTOH/HK.01/11/2026",
    signatory="Direktur Contoh, S.Sos., M.Si.",
    office="Direktur Contoh Lanjut Usia",
    capacity=SigningCapacity.ON_BEHALF,
    principal="Direktur Jenderal Contoh",
    instrument="Keputusan Menteri Sosial Nomor 0 Tahun 2025",
    holders=(Holder(name="Direktur Contoh", office="Direktur Contoh Lanjut Usia", starts_on=date(2025, 1, 6)),),
    codes=frozenset({"DITJEN", "KEMENSOS"}),
)
SECOND = ReviewParty(
    position=2,
    designation="PIHAK KEDUA",
    name=THEIRS,
    kind=OrganisationKind.LKS,
    registered_name=THEIRS,
    address="Jalan Kasih Nomor 5, Kota Contoh",
    number="15/PKS/XI/2026",
    signatory="Ketua Contoh Kasih",
    office="Ketua Pengurus Yayasan Contoh Kasih & Asih",
    instrument="Keputusan Pembina Nomor 3 Tahun 2024",
    holders=(
        Holder(
            name="Ketua Contoh Kasih",
            office="Ketua Pengurus Yayasan Contoh Kasih & Asih",
            starts_on=date(2024, 3, 1),
            ends_on=date(2029, 2, 28),
        ),
    ),
    codes=frozenset({"LKS-0001"}),
)
PARENT = ReviewRelated(
    printed_label="Nota Kesepahaman",
    title="Layanan Lanjut Usia",
    numbers=("3/HUK/2025", "11/NK/VI/2025"),
    signed_on=date(2025, 6, 12),
    starts_on=date(2025, 6, 12),
    ends_on=date(2030, 6, 12),
    party_codes=frozenset({"KEMENSOS", "LKS-0001"}),
    standing=Standing.IN_FORCE,
)
BASE = ReviewRelated(
    printed_label="Perjanjian Kerja Sama",
    title=SUBJECT,
    numbers=("4/CONTOH/HK.01/11/2024", "9/PKS/XI/2024"),
    signed_on=date(2024, 12, 2),
    starts_on=date(2024, 12, 2),
    ends_on=date(2026, 12, 2),
    party_codes=frozenset({"DITJEN", "LKS-0001"}),
    standing=Standing.ENDING_SOON,
)

_SHAPES = {Level.AYAT: "Ayat", Level.HURUF: "Huruf", Level.ANGKA: "Angka", Level.PLAIN: "IsiPasal"}


def article(key, title, text, block):
    return Article(key=key, title=title, text=text.strip(), block=block)


def printed_tree(tree, answers):
    """The articles as Word prints them: (label, text, style)."""
    pieces = []
    for number, one in enumerate(clause.printed(tree, answers), start=1):
        pieces.append((f"Pasal {number}", one.title.upper(), "Pasal"))
        counted = clause.write(clause.parse(one.text)).splitlines()
        for line, whole in zip(clause.parse(one.text), counted, strict=True):
            label = whole.split(" ", 1)[0] if line.level is not Level.PLAIN else ""
            pieces.append((label, line.text, _SHAPES[line.level]))
    return pieces


def head(subject, kind_lines, recitals):
    """What stands before the articles."""
    names = [party.name.upper() for party in subject.parties]
    pieces = [("", text, "JudulNaskah") for text in (*kind_lines, "ANTARA", names[0])]
    for name in names[1:]:
        pieces += [("", "DENGAN", "JudulNaskah"), ("", name, "JudulNaskah")]
    pieces += [("", "TENTANG", "JudulNaskah"), ("", subject.title.upper(), "JudulNaskah")]
    pieces += [("", f"NOMOR: {party.number}", "NomorNaskah") for party in subject.parties]
    pieces.append(
        (
            "",
            "Pada hari ini, Sabtu tanggal dua puluh satu bulan November tahun dua ribu dua puluh enam (21-11-2026), "
            "bertempat di Jakarta, kami yang bertanda tangan di bawah ini:",
            "Pembukaan",
        )
    )
    for party in subject.parties:
        called = f"{party.signatory.upper()} | : | {party.office}, berdasarkan {party.instrument}, bertindak untuk dan "
        called += f"atas nama {party.name}, berkedudukan di {party.address}, selanjutnya disebut {party.designation};"
        pieces.append((f"{party.position}.", called, "Komparisi"))
    called = " dan ".join(party.designation for party in subject.parties)
    pieces.append(("", f"{called} yang secara bersama-sama disebut PARA PIHAK menerangkan bahwa:", "Konsiderans"))
    pieces += [(f"{chr(97 + at)}.", text, "Konsiderans") for at, text in enumerate(recitals)]
    return [*pieces, ("1.", "Undang-Undang Nomor 13 Tahun 1998 tentang Kesejahteraan Lanjut Usia.", "DasarHukum")]


def signatures(subject):
    """What stands below the articles."""
    pieces = []
    for party in subject.parties:
        pieces += [("", party.designation, "TandaTangan"), ("", f"{party.office},", "TandaTangan")]
        pieces.append(("", party.signatory.upper(), "TandaTangan"))
    return pieces


def printed(subject, kind_lines, recitals):
    """The subject with the text that Word prints of it."""
    pieces = [
        *head(subject, kind_lines, recitals),
        *printed_tree(subject.tree, subject.answers),
        *signatures(subject),
    ]
    return replace(subject, lines=placed(pieces))


def facts(kind, label, tree, **more):
    """A subject of two parties without its text."""
    known = {
        "parties": (FIRST, SECOND),
        "today": TODAY,
        "title": SUBJECT,
        "signed_on": TODAY,
        "place": "Jakarta",
        "starts_on": TODAY,
        "ends_on": date(2029, 11, 21),
        "term_months": 36,
        "originals": 2,
        "regions": ("Kota Contoh", "Kabupaten Contoh"),
        "regencies": ("Kota Contoh", "Kabupaten Contoh", "Kabupaten Garut", "Lembata"),
        "organisations": ("Lembaga Perlindungan Saksi dan Korban", "Yayasan Contoh Lain"),
        "other_names": ("Yayasan Contoh Lain",),
        "signers": SIGNERS,
    }
    return ReviewSubject(kind=kind, printed_label=label, tree=tree, **{**known, **more})


def term(label):
    return article(
        "jangka_waktu",
        "Jangka Waktu",
        f"(1) {label} ini berlaku untuk jangka waktu 3 (tiga) tahun terhitung sejak tanggal 21 November 2026 "
        f"sampai dengan tanggal 21 November 2029.\n(2) {label} ini dapat diperpanjang.",
        Block.TERM,
    )


def closing(label):
    return article(
        "penutup",
        "Penutup",
        f"{label} ini dibuat dalam rangkap 2 (dua) asli, masing-masing bermeterai cukup, 1 (satu) untuk setiap PIHAK.",
        Block.CLOSING,
    )


def common(label):
    return {
        "tujuan": article("tujuan", "Maksud dan Tujuan", f"Tujuan {label} ini adalah mutu perawatan.", Block.PURPOSE),
        "lingkup": article(
            "lingkup",
            "Ruang Lingkup",
            f"Ruang lingkup {label} ini meliputi:\na. pendampingan;\nb. perawatan di rumah; dan\nc. pelatihan.",
            Block.SCOPE,
        ),
        "jangka_waktu": term(label),
        "korespondensi": article("korespondensi", "Korespondensi", "Surat disampaikan tertulis.", Block.CORRESPONDENCE),
        "perubahan": article("perubahan", "Perubahan", "Perubahan dituangkan dalam adendum.", Block.AMENDMENT),
        "penutup": closing(label),
    }
