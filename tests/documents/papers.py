"""Word files whose lists do everything that lists can do, to be counted by us and printed by a word processor."""

from portal.documents import numbering, package, render, stretches
from portal.documents.starters import blocks
from portal.documents.wordxml import PPR, TC, P, parse, serialise, text_of, w
from tests.documents import builders
from tests.documents.attacks import W

END = "QzQ"
STALE = "QbasiQ"
FORMATS = ("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "decimalZero")


def level(at, text, *, shape="decimal", start=1, more=""):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{shape}"/>{more}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{567 * (at + 1)}" w:hanging="567"/></w:pPr></w:lvl>'
    )


def abstract(number, *levels, more=""):
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{more}'
        f"{''.join(levels)}</w:abstractNum>"
    )


def instance(number, of, *changes):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{"".join(changes)}</w:num>'


def restart(at, start=1, whole=""):
    said = f'<w:startOverride w:val="{start}"/>' if start is not None else ""
    return f'<w:lvlOverride w:ilvl="{at}">{said}{whole}</w:lvlOverride>'


def item(number, at=0, style="", text="teks"):
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = "" if number is None else f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{named}{listed}</w:pPr>{blocks.run(text)}</w:p>"


def style(name, number=None, at=None, *, base="Normal"):
    """A paragraph style, in a list or not."""
    where = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    listed = "" if number is None else f'<w:pPr><w:numPr>{where}<w:numId w:val="{number}"/></w:numPr></w:pPr>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{base}"/>{listed}</w:style>'
    )


def paper(body, *lists, styles=""):
    """A file with these lists and styles beside the ordinary styles; the ordinary lists only if none are given."""
    changes = _document(body)
    if lists:
        ordered = sorted(lists, key=lambda made: made.startswith("<w:num "))
        changes["word/numbering.xml"] = f"<w:numbering {W}>{''.join(ordered)}</w:numbering>".encode()
    parts = package.unpack(builders.docx(changes))
    if lists:
        parts["word/styles.xml"] = _without_lists(parts["word/styles.xml"])
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", f"{styles}</w:styles>".encode())
    return package.pack(parts)


def _document(body):
    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    return {"word/document.xml": f"<w:document {W}><w:body>{body}{section}</w:body></w:document>".encode()}


def _without_lists(styles):
    root = parse(styles)
    for listed in list(root.iter(w("numPr"))):
        listed.getparent().remove(listed)
    return serialise(root)


def tokened(content):
    """The file with a word at the start and at the end of every paragraph, and our labels by these words.

    Cells without a number are left out: in a narrow one the word would be torn.
    """
    parts = dict(package.unpack(content))
    root = parse(parts["word/document.xml"])
    found: dict[str, str] = {}
    for index, (paragraph, numbered) in enumerate(numbering.read(parts).walk(root)):
        if numbered is None and (not text_of(paragraph) or next(paragraph.iterancestors(TC), None) is not None):
            continue
        token = f"Q{index}Q"
        properties = paragraph.find(PPR)
        paragraph.insert(0 if properties is None else 1, parse(_small(token)))
        paragraph.append(parse(_small(END)))
        found[token] = numbered.label if numbered else ""
    parts["word/document.xml"] = serialise(root)
    return package.pack(parts), found


def stale(content):
    """The file with every reference saying something wrong: what is printed right was counted by who prints."""
    parts = dict(package.unpack(content))
    root = parse(parts["word/document.xml"])
    for paragraph in root.iter(P):
        for piece in stretches.pieces(paragraph):
            if piece.instruction.split()[:1] == ["REF"]:
                assert stretches.set_text(piece.results, STALE)
    parts["word/document.xml"] = serialise(root)
    return package.pack(parts)


def _small(word):
    """A run so small that it wraps no line of its own."""
    return f'<w:r {W}><w:rPr><w:sz w:val="2"/></w:rPr><w:t>{word}</w:t></w:r>'.encode()


def deep():
    """Every level under every other, twice."""
    small = "".join(
        blocks.paragraph(name, "isi")
        for name in ("Angka", "Angka", "HurufKecil", "HurufKecil", "AngkaKecil", "AngkaKecil")
    )
    article = (
        blocks.pasal("Judul")
        + blocks.ayat("x", "y")
        + blocks.huruf("p", "q")
        + small
        + blocks.huruf("r")
        + blocks.ayat("z")
    )
    return paper(
        article + article + blocks.pasal("Tanpa Ayat") + blocks.isi("isi") + blocks.huruf("a", "b", shallow=True)
    )


def conditional(choice):
    """Five articles, of which those with a bit in `choice` are printed, with references over them."""
    names = ("nama", "pilihan", "jumlah", "hari", "benda")
    body = blocks.pasal("Awal", "awal") + blocks.ayat("x", "y")
    for name in names:
        inside = blocks.pasal(f"Tentang {name}", f"label_{name}") + blocks.ayat("x", "y") + blocks.huruf("p", "q")
        body += blocks.when(name, inside)
    body += blocks.pasal("Akhir", "akhir") + blocks.isi("lihat {{ rujuk.awal }} dan {{ rujuk.akhir }}")
    chosen = {name: "ya" for bit, name in enumerate(names) if choice >> bit & 1}
    if "benda" in chosen:
        chosen["benda"] = ["ya"]
    return render.render(builders.template(body), chosen).content


def loops():
    """Articles, ayat and letters that all come from loops."""
    body = blocks.each(
        "p",
        "pihak",
        blocks.pasal("Tentang Pihak"),
        blocks.ayat("{{ p.nomor }}", "kedua"),
        blocks.each("b", "p.butir", blocks.paragraph("Huruf", "{{ b }}"), blocks.paragraph("Angka", "{{ b }}")),
        blocks.ayat("akhir"),
    )
    parties = [{"sebutan": f"PIHAK {n}", "nomor": str(n), "butir": ["satu", "dua", "tiga"][:n]} for n in (1, 2, 3)]
    return render.render(builders.template(body), {"pihak": parties}).content


def recitals():
    """Recitals and legal bases before the articles, and again after them."""
    early = "".join(
        blocks.paragraph(name, "isi") for name in ("Konsiderans", "Konsiderans", "DasarHukum", "DasarHukum")
    )
    return paper(early + blocks.pasal("Satu") + blocks.ayat("x") + early + blocks.pasal("Dua") + blocks.ayat("y", "z"))


def chapters():
    """Chapters in Roman figures in a list of their own: the articles go on over them."""
    lists = (
        abstract(1, level(0, "BAB %1", shape="upperRoman", more='<w:suff w:val="nothing"/>')),
        abstract(2, level(0, "Pasal %1", more='<w:suff w:val="nothing"/>'), level(1, "(%2)")),
        instance(1, 1),
        instance(2, 2),
    )
    chapter = item(1) + (item(2) + item(2, 1) * 2) * 2
    return paper(chapter * 4, *lists)


def ready_chapters():
    """A cover and chapters in the styles that every starter has: a chapter counts for itself, the Pasal go on."""
    chapter = blocks.paragraph("Bab", "Judul Bab") + (blocks.pasal("Judul") + blocks.ayat("x", "y")) * 2
    return paper(blocks.paragraph("Sampul", "PERJANJIAN KERJA SAMA") + chapter * 4 + blocks.ayat("z"))


def restarts():
    """Instances that start anew, at one or elsewhere, and the first instance again afterwards."""
    lists = (
        abstract(1, level(0, "%1."), level(1, "%2)", shape="lowerLetter")),
        instance(1, 1),
        instance(2, 1, restart(0)),
        instance(3, 1, restart(0, 7), restart(1)),
    )
    body = item(1) * 3 + item(2) * 2 + item(3) + item(3, 1) * 2 + item(3) + item(3, 1) * 2
    return paper(body, *lists)


def formats():
    """Every way of writing a number, past the end of the alphabet, with every kind of gap after it."""
    lists = [
        abstract(n, level(0, "%1.", shape=shape, more=f'<w:suff w:val="{gap}"/>'))
        for n, (shape, gap) in enumerate(zip(FORMATS, ("tab", "space", "nothing") * 2, strict=True), start=1)
    ]
    lists += [instance(n, n) for n in range(1, len(FORMATS) + 1)]
    return paper("".join(item(n) * 29 for n in range(1, len(FORMATS) + 1)), *lists)


def late_start():
    """A list that starts at five, with numbers that repeat those above them."""
    lists = (abstract(1, level(0, "%1.", start=5), level(1, "%1.%2"), level(2, "%1.%2.%3")), instance(1, 1))
    return paper("".join(item(1, at) for at in (0, 1, 2, 2, 1, 2, 0, 1, 2)), *lists)


def chain():
    """Numbers by style, by the style's base, against the style, and none where somebody took the number away."""
    lists = (
        abstract(
            1,
            level(0, "Pasal %1", more='<w:pStyle w:val="Kepala"/>'),
            level(1, "(%2)", more='<w:pStyle w:val="Isi"/>'),
        ),
        abstract(2, level(0, "%1)", shape="lowerLetter"), level(1, "%2-")),
        instance(1, 1),
        instance(2, 2),
    )
    styles = style("Kepala", 1) + style("Isi", 1, 1) + style("IsiKhusus", base="Isi") + style("Lain", 2, base="Isi")
    one = "".join(item(None, style=name) for name in ("Kepala", "Isi", "IsiKhusus", "Isi"))
    odd = item(0, style="Isi", text="tanpa nomor") + item(2, 0, style="Isi") + item(1, 1) + item(1, 1, style="Kepala")
    odd += item(None, style="Lain") * 2 + item(2, 0)
    return paper(one + odd + one, *lists, styles=styles)


def redefined():
    """An instance that writes a level in another way."""
    changed = restart(0, None, level(0, "Ke-%1:", shape="upperLetter", start=3))
    lists = (
        abstract(1, level(0, "%1."), level(1, "%2)")),
        instance(1, 1),
        abstract(2, level(0, "%1.")),
        instance(2, 2, changed),
    )
    return paper(item(1) * 2 + item(1, 1) + item(2) * 3, *lists)


def linked():
    """A list that stands for the list of a style, as Word's own list styles do."""
    lists = (
        abstract(1, level(0, "%1."), level(1, "%2)", shape="lowerLetter"), more='<w:styleLink w:val="Daftar"/>'),
        abstract(2, more='<w:numStyleLink w:val="Daftar"/>'),
        instance(1, 1),
        instance(2, 2),
    )
    listed = (
        '<w:style w:type="numbering" w:styleId="Daftar"><w:name w:val="Daftar"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    return paper(item(2) + item(2, 1) * 2 + item(2) * 2, *lists, styles=listed)


def columns():
    """Two languages side by side, each with a list of its own."""
    lists = (
        abstract(
            1,
            level(0, "Pasal %1", more='<w:suff w:val="nothing"/>'),
            level(1, "(%2)"),
            level(2, "%3.", shape="lowerLetter"),
        ),
        abstract(
            2,
            level(0, "Article %1", more='<w:suff w:val="nothing"/>'),
            level(1, "(%2)"),
            level(2, "(%3)", shape="lowerLetter"),
        ),
        instance(1, 1),
        instance(2, 2),
    )
    rows = [
        blocks.row(blocks.cell(4500, item(1, at, text="kiri")), blocks.cell(4500, item(2, at, text="kanan")))
        for at in (0, 1, 2, 2, 1, 0, 1, 1, 2)
    ]
    return paper(blocks.table((4500, 4500), *rows), *lists)


PAPERS = {
    "levels": deep,
    "no choice": lambda: conditional(0),
    "first and third": lambda: conditional(0b00101),
    "second and last": lambda: conditional(0b10010),
    "every choice": lambda: conditional(0b11111),
    "loops": loops,
    "recitals": recitals,
    "chapters": chapters,
    "ready chapters": ready_chapters,
    "restarts": restarts,
    "formats": formats,
    "late start": late_start,
    "styles": chain,
    "redefined": redefined,
    "linked": linked,
    "columns": columns,
}
