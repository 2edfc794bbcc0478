"""A realistic PKS of ten pages as a template that docxtpl and our engine both read, and the data to fill it with.

Twenty-five Pasal (five of them conditional), lists in loops, tables of parties and of costs, REF fields, a signature
block, a header and a footer; runs torn and marked as Word does, three tags in ten torn over two runs.
"""

import random
import re
import zlib
from typing import Any

from portal.documents import package, schema
from portal.documents.starters import blocks, layout
from portal.documents.templates import Template

CONDITIONS = ("ada_rahasia", "ada_hki", "ada_pdp", "ada_pajak", "ada_asuransi")
_CONDITIONAL = dict(zip((9, 10, 11, 16, 17), CONDITIONS, strict=True))
_CALLED = ("PIHAK KESATU", "PIHAK KEDUA", "PIHAK KETIGA", "PIHAK KEEMPAT", "PIHAK KELIMA")
_TITLES = [
    "Maksud dan Tujuan",
    "Ruang Lingkup",
    "Pelaksanaan",
    "Hak dan Kewajiban",
    "Pembiayaan",
    "Jangka Waktu",
    "Penanggung Jawab",
    "Pemantauan dan Evaluasi",
    "Kerahasiaan",
    "Kekayaan Intelektual",
    "Pelindungan Data Pribadi",
    "Publikasi",
    "Keadaan Kahar",
    "Penyelesaian Perselisihan",
    "Korespondensi",
    "Perpajakan",
    "Asuransi",
    "Antikorupsi",
    "Benturan Kepentingan",
    "Kepatuhan",
    "Pengalihan",
    "Perubahan",
    "Pengakhiran",
    "Ketentuan Lain",
    "Penutup",
]
_WORDS = [
    "para",
    "pihak",
    "sepakat",
    "melaksanakan",
    "kerja",
    "sama",
    "dengan",
    "itikad",
    "baik",
    "berdasarkan",
    "kesetaraan",
    "dan",
    "saling",
    "menghormati",
    "sesuai",
    "dengan",
    "ketentuan",
    "peraturan",
    "perundang-undangan",
    "dengan",
    "memperhatikan",
    "tugas",
    "fungsi",
    "dan",
    "kewenangan",
    "masing-masing",
    "dalam",
    "rangka",
    "meningkatkan",
    "mutu",
    "layanan",
    "rehabilitasi",
    "sosial",
    "bagi",
    "penerima",
    "manfaat",
    "di",
    "wilayah",
    "kerja",
    "bersama",
]
_LANGUAGE = '<w:lang w:val="id-ID"/>'
_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")


def sentence(words: int, seed: int) -> str:
    """A sentence of so many words, the same for the same seed."""
    chance = random.Random(seed)
    text = " ".join(chance.choice(_WORDS) for _ in range(words))
    return f"{text[0].upper()}{text[1:]}."


def _runs(text: str, properties: str = "") -> str:
    """Write text as Word leaves it after some editing: many runs, numbers of sessions, marks of the proofreader."""
    chance = random.Random(zlib.crc32(text.encode()))
    pieces: list[str] = []
    for piece in filter(None, _TAG.split(text)):
        if piece.startswith("{") and chance.random() < 0.3:
            cut = chance.randrange(2, len(piece) - 2)
            pieces += [piece[:cut], "", piece[cut:]]
        elif piece.startswith("{"):
            pieces.append(piece)
        else:
            words = piece.split(" ")
            while words:
                count = chance.randrange(6, 18)
                pieces.append(" ".join(words[:count]) + (" " if len(words) > count else ""))
                words = words[count:]
    made = []
    for piece in pieces:
        look = f"<w:rPr>{properties}{_LANGUAGE}</w:rPr>"
        body = f'<w:t xml:space="preserve">{piece}</w:t>'
        run = f'<w:r w:rsidR="00{chance.randrange(1 << 24):06X}">{look}{body}</w:r>'
        made.append(run if piece else '<w:proofErr w:type="spellStart"/>')
    return "".join(made)


def paragraph(style: str, text: str, properties: str = "") -> str:
    """A paragraph of a style."""
    number = zlib.crc32(text.encode())
    return f'<w:p w:rsidR="{number:08X}"><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_runs(text, properties)}</w:p>'


def _block(command: str, *body: str, end: str) -> str:
    return paragraph("IsiPasal", f"{{%p {command} %}}") + "".join(body) + paragraph("IsiPasal", f"{{%p {end} %}}")


def _command_row(command: str, columns: int) -> str:
    cells = [paragraph("Tabel", f"{{%tr {command} %}}"), *[paragraph("Tabel", "")] * (columns - 1)]
    return blocks.row(*(blocks.cell(1000, cell) for cell in cells))


def _table(widths: tuple[int, ...], loop: str, *cells: str, head: str = "") -> str:
    row = blocks.row(*(blocks.cell(width, cell) for width, cell in zip(widths, cells, strict=True)))
    count = len(widths)
    return blocks.table(widths, head, _command_row(loop, count), row, _command_row("endfor", count), lines=True)


def _heading(number: int) -> str:
    mark = f'<w:bookmarkStart w:id="{100 + number}" w:name="_Pasal_{number}"/>'
    title = _runs(_TITLES[number - 1].upper(), "<w:b/>")
    settings = '<w:pPr><w:pStyle w:val="Pasal"/></w:pPr>'
    return f'<w:p>{settings}{mark}<w:r><w:br/></w:r>{title}<w:bookmarkEnd w:id="{100 + number}"/></w:p>'


def _article(number: int) -> str:
    if number in {1, 7, 25}:
        return _heading(number) + paragraph("IsiPasal", f"{sentence(60, number)} {{{{ judul }}}}.")
    if number == 4:
        subs = _block("for s in o.sub", paragraph("Angka", "{{ s.teks }}"), end="endfor")
        duties = _block("for o in p.kewajiban", paragraph("Huruf", "{{ o.teks }}"), subs, end="endfor")
        parties = _block("for p in parties", paragraph("Ayat", "{{ p.sebutan }} berkewajiban:"), duties, end="endfor")
        return _heading(number) + parties
    if number == 5:
        return _heading(number) + _costs()
    lines = [paragraph("Ayat", f"{sentence(26, number * 10)} {{{{ para_pihak }}}}")]
    lines += [paragraph("Ayat", sentence(26, number * 10 + at)) for at in (1, 2)]
    if number % 3 == 0:
        lines += [paragraph("Huruf", sentence(12, number * 100 + at)) for at in range(3)]
        lines += [paragraph("Angka", sentence(9, number * 1000 + at)) for at in range(2)]
    if number in {6, 14, 23}:
        reference = blocks.field("REF _Pasal_14 \\n \\h", "Pasal 14")
        settings = '<w:pPr><w:pStyle w:val="Ayat"/></w:pPr>'
        words = (_runs("Dalam hal sebagaimana dimaksud dalam "), _runs(" berlaku ketentuan ini."))
        lines.append(f"<w:p>{settings}{words[0]}{reference}{words[1]}</w:p>")
    return _heading(number) + "".join(lines)


def _costs() -> str:
    widths = (700, 3500, 1200, 1800, 1871)
    heads = ("No", "Uraian", "Volume", "Harga Satuan", "Jumlah")
    head = blocks.row(
        *(blocks.cell(width, paragraph("Tabel", name)) for width, name in zip(widths, heads, strict=True))
    )
    names = ("no", "uraian", "volume", "harga", "jumlah")
    cells = [paragraph("Tabel", f"{{{{ r.{name} }}}}") for name in names]
    intro = "Biaya sebesar {{ total_rp }} ({{ total_kata }}) dibebankan sebagai berikut:"
    table = _table(widths, "for r in rab", *cells, head=head)
    return paragraph("Ayat", intro) + table + paragraph("Ayat", "Pembayaran dilaksanakan dengan cara transfer.")


def _body() -> str:
    titles = ("PERJANJIAN KERJA SAMA", "ANTARA")
    names = _block("for p in parties", paragraph("JudulNaskah", "{{ p.nama }}"), end="endfor")
    about = ("TENTANG", "{{ judul }}", "NOMOR: {{ nomor }}")
    opening = (
        "Pada hari ini, {{ hari }} tanggal {{ tanggal_kata }} ({{ tanggal_angka }}), bertempat di {{ tempat }}, "
        "yang bertanda tangan di bawah ini:"
    )
    who = (
        "{{ p.jabatan }} {{ p.lembaga }}, berkedudukan di {{ p.alamat }}, bertindak untuk dan atas nama "
        "{{ p.lembaga }} berdasarkan {{ p.dasar }}, selanjutnya disebut {{ p.sebutan }}."
    )
    columns = (2500, 400, 6171)
    cells = (paragraph("Tabel", "{{ p.pejabat }}"), paragraph("Tabel", ":"), paragraph("Tabel", who))
    recitals = _block("for k in konsiderans", paragraph("Konsiderans", "{{ k.teks }}"), end="endfor")
    articles = [
        _block(f"if {_CONDITIONAL[number]}", _article(number), end="endif")
        if number in _CONDITIONAL
        else _article(number)
        for number in range(1, 26)
    ]
    return "".join(
        [
            *(paragraph("JudulNaskah", title) for title in titles),
            names,
            *(paragraph("JudulNaskah", line) for line in about),
            paragraph("Pembukaan", opening),
            _table(columns, "for p in parties", *cells),
            paragraph("Pembukaan", "PARA PIHAK terlebih dahulu menerangkan hal-hal sebagai berikut:"),
            recitals,
            *articles,
            _signatures(),
            paragraph("Kaki", "Dibuat dalam rangkap secukupnya."),
        ]
    )


def _signatures() -> str:
    room = paragraph("TandaTangan", "") * 3
    left = paragraph("TandaTangan", "{{ pr[0].sebutan }}") + room + paragraph("TandaTangan", "{{ pr[0].pejabat }}")
    right = (
        paragraph("TandaTangan", "{% if pr[1] %}{{ pr[1].sebutan }}{% endif %}")
        + room
        + paragraph("TandaTangan", "{% if pr[1] %}{{ pr[1].pejabat }}{% endif %}")
    )
    return _table((4535, 4536), "for pr in parties | pasangkan", left, right)


def _parts() -> dict[str, bytes]:
    parts = layout.parts(_body(), "Uji kecepatan")
    spaces = f"{layout.W_NS} {layout.R_NS}"
    page = f"{_runs('Halaman ')}{blocks.field('PAGE', '1')}{_runs(' dari ')}{blocks.field('NUMPAGES', '1')}"
    parts["word/footer1.xml"] = f"<w:ftr {spaces}><w:p>{page}</w:p></w:ftr>".encode()
    parts["word/header1.xml"] = f"<w:hdr {spaces}>{paragraph('Kaki', '{{ lembaga }}')}</w:hdr>".encode()
    relation = f'<Relationship Id="rId90" Type="{_OFFICE}/header" Target="header1.xml"/></Relationships>'
    kind = f'<Override PartName="/word/header1.xml" ContentType="{_WORD}.header+xml"/></Types>'
    changes = (
        ("word/_rels/document.xml.rels", "</Relationships>", relation),
        ("[Content_Types].xml", "</Types>", kind),
        ("word/document.xml", "<w:sectPr>", '<w:sectPr><w:headerReference w:type="default" r:id="rId90"/>'),
    )
    for name, old, new in changes:
        parts[name] = parts[name].replace(old.encode(), new.encode())
    return parts


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_SINGLE = [
    "lembaga",
    "judul",
    "nomor",
    "hari",
    "tanggal_kata",
    "tanggal_angka",
    "tempat",
    "para_pihak",
    "total_rp",
    "total_kata",
    *CONDITIONS,
]
_OF_PARTY = ["nama", "pejabat", "jabatan", "lembaga", "alamat", "dasar", "sebutan"]
NAMES: dict[str, dict[str, Any]] = {
    **{name: {"label": name} for name in _SINGLE},
    **{f"parties[].{name}": {"label": name} for name in _OF_PARTY},
    "parties[].kewajiban[].teks": {"label": "kewajiban"},
    "parties[].kewajiban[].sub[].teks": {"label": "rincian"},
    "konsiderans[].teks": {"label": "pertimbangan"},
    **{f"rab[].{name}": {"label": name} for name in ("no", "uraian", "volume", "harga", "jumlah")},
}


def template(digest: str = "pks") -> Template:
    """The template; another digest makes our engine compile it again."""
    content = package.pack(_parts())
    return Template(code="pks", title="PKS", digest=digest, content=content, schema=schema.read(NAMES))


def data(parties: int = 3, number: int = 0, conditions: tuple[bool, ...] = (True,) * 5) -> dict[str, Any]:
    """The data of one draft; another number gives another draft."""
    return {
        "lembaga": "KEMENTERIAN CONTOH",
        "parties": [_party(at, number) for at in range(parties)],
        "judul": "PELAYANAN & REHABILITASI SOSIAL",
        "nomor": f"{number}/PKS/2026",
        "hari": "Sabtu",
        "tanggal_kata": "dua puluh satu bulan November tahun dua ribu dua puluh enam",
        "tanggal_angka": "21-11-2026",
        "tempat": "Jakarta",
        "para_pihak": "PARA PIHAK",
        "konsiderans": [{"teks": sentence(25, 500 + at)} for at in range(4)],
        "total_rp": "Rp1.250.000.000,00",
        "total_kata": "satu miliar dua ratus lima puluh juta rupiah",
        "rab": [
            {
                "no": str(at + 1),
                "uraian": sentence(4, 900 + at),
                "volume": "2",
                "harga": "1.000.000",
                "jumlah": "2.000.000",
            }
            for at in range(12)
        ],
        **dict(zip(CONDITIONS, conditions, strict=True)),
    }


def _party(at: int, number: int) -> dict[str, Any]:
    return {
        "nama": f"YAYASAN CONTOH {at} & MITRA <{number}>",
        "pejabat": f"Ketua Contoh {at}",
        "jabatan": "Ketua",
        "lembaga": f"Yayasan Contoh {at}",
        "alamat": f"Jalan Contoh Nomor {at + number}, Jakarta",
        "dasar": f"Keputusan Pembina Nomor {at} Tahun 2025",
        "sebutan": _CALLED[at],
        "kewajiban": [
            {
                "teks": sentence(14, at * 7 + duty),
                "sub": [{"teks": sentence(8, at * 70 + duty * 7 + sub)} for sub in range(2 if duty % 2 else 0)],
            }
            for duty in range(4)
        ],
    }
