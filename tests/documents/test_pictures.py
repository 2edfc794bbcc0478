"""Pictures by alternative text: the bytes are swapped, and nothing else in the package changes."""

import dataclasses
import io
import re

import pytest
import zxingcpp
from PIL import Image

from portal.documents import lint, package, pictures, qr, render, schema
from portal.documents.refusal import PictureRefused
from portal.documents.render import Missing
from portal.documents.starters import blocks, layout
from portal.documents.wordxml import parse
from tests.documents import builders, reading, soundness

ADDRESS = "https://simpul.example/c/ABC123"
QR = qr.png(ADDRESS)
OTHER = qr.png("x")
MAIN, HEADER, FOOTER = PARTS = ("word/document.xml", "word/header1.xml", "word/footer1.xml")
RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
NAMES = schema.read({**builders.NAMES, "gambar.qr": {"label": "kode QR"}, "gambar.logo": {"label": "logo"}})


def picture(name, key="rId5"):
    said = layout.logo().replace('descr="Tempat logo"', f'descr="{name}"').replace('r:embed="rId5"', f'r:embed="{key}"')
    return f"<w:p>{said}</w:p>"


def template(body, footer="<w:p/>", header="<w:p/>"):
    """A template whose body, footer and header may show the picture of the package, each by its own relation."""
    made = builders.template(body, footer=footer)
    parts = package.unpack(made.content)
    relations = parts["word/_rels/document.xml.rels"].decode()
    own = re.sub(r'<Relationship Id="rId[1-4]".*?/>', "", relations)
    parts["word/_rels/footer1.xml.rels"] = parts["word/_rels/header1.xml.rels"] = own.encode()
    spaces = re.search(rb"<w:document ([^>]*)>", parts["word/document.xml"])[1]
    parts["word/footer1.xml"] = b"<w:ftr " + spaces + b">" + footer.encode() + b"</w:ftr>"
    parts[HEADER] = b"<w:hdr " + spaces + b">" + header.encode() + b"</w:hdr>"
    kind = layout._content_types().split('PartName="/word/footer1.xml" ')[1].split("/>")[0].replace("footer", "header")
    types = parts["[Content_Types].xml"].decode()
    parts["[Content_Types].xml"] = types.replace(
        "</Types>", f'<Override PartName="/{HEADER}" {kind}/></Types>'
    ).encode()
    target = (
        '<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" '
    )
    parts["word/_rels/document.xml.rels"] = relations.replace(
        "</Relationships>", f'{target}Target="header1.xml"/></Relationships>'
    ).encode()
    content = package.pack(parts)
    return dataclasses.replace(made, content=content, digest=str(hash(content)), schema=NAMES)


def shown(content, part):
    """What a reader of codes reads in the pictures that a part shows."""
    parts = package.unpack(content)
    relations = {one.get("Id"): one.get("Target") for one in parse(parts[RELATIONS.replace("document.xml", part[5:])])}
    blips = parse(parts[part]).iter("{*}blip")
    media = [parts[f"word/{relations[blip.get(EMBED)]}"] for blip in blips]
    return [found.text for one in media for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(one)))]


def test_body_header_and_footer_get_the_picture_and_nothing_else_changes():
    places = dict.fromkeys(("body", "footer", "header"), picture("{{ gambar.qr }}"))
    ready = template(**places)
    without = package.unpack(render.render(ready, {}).content)
    made = render.render(ready, {}, pictures={"qr": QR})
    parts = package.unpack(made.content)
    assert parts["word/media/logo.png"] == QR
    assert {name for name, part in parts.items() if part != without[name]} == {"word/media/logo.png"}
    assert {part: shown(made.content, part) for part in PARTS} == {part: [ADDRESS] for part in PARTS}
    assert made.missing == ()
    assert soundness.faults(made.content) == []
    assert b"{{" not in b"".join(part for name, part in parts.items() if name.endswith(".xml"))
    size = re.findall(rb"<wp:extent [^>]*>", parts["word/document.xml"])
    assert size == re.findall(rb"<wp:extent [^>]*>", package.unpack(ready.content)["word/document.xml"])


def test_a_picture_that_shares_its_bytes_with_another_keeps_its_own():
    ready = template(picture("{{ gambar.qr }}") + picture("Logo") + picture("{{ gambar.logo }}"))
    made = render.render(ready, {}, pictures={"qr": QR, "logo": OTHER})
    parts = package.unpack(made.content)
    assert parts["word/media/logo.png"] == layout.frame_picture()
    assert sorted(part == QR for name, part in parts.items() if "media" in name) == [False, False, True]
    assert OTHER in parts.values()
    assert soundness.faults(made.content) == []
    keys = re.findall(rb'r:embed="(\w+)"', parts["word/document.xml"])
    assert len(set(keys)) == 3


def test_a_logo_in_the_header_and_a_code_in_the_footer_keep_apart():
    ready = template(picture("{{ gambar.qr }}"), header=picture("{{ gambar.logo }}"), footer=picture("{{ gambar.qr }}"))
    made = render.render(ready, {}, pictures={"qr": QR, "logo": OTHER})
    assert {part: shown(made.content, part) for part in PARTS} == {MAIN: [ADDRESS], HEADER: ["x"], FOOTER: [ADDRESS]}
    assert soundness.faults(made.content) == []


def test_a_place_without_a_picture_keeps_what_the_template_has_and_is_listed_as_missing():
    body = blocks.pasal("Satu") + blocks.ayat("x") + picture("{{ gambar.logo }}")
    ready = template(body, footer=picture("{{ gambar.qr }}") * 2)
    made = render.render(ready, {})
    assert package.unpack(made.content)["word/media/logo.png"] == layout.frame_picture()
    assert made.missing == (
        Missing(name="gambar.logo", label="logo", place="Pasal 1 ayat (1)"),
        Missing(name="gambar.qr", label="kode QR", place="Kaki halaman"),
    )
    with pytest.raises(render.Incomplete, match="1 isian"):
        render.render(ready, {}, pictures={"qr": QR}, final=True)
    assert render.render(ready, {}, pictures={"qr": QR, "logo": OTHER}, final=True).missing == ()


def test_the_place_of_a_code_must_be_a_png():
    ready = template(picture("{{ gambar.qr }}"))
    parts = package.unpack(ready.content)
    parts["word/media/logo.jpg"] = parts.pop("word/media/logo.png")
    for name in (RELATIONS, TYPES):
        parts[name] = parts[name].replace(b"logo.png", b"logo.jpg").replace(b'"png"', b'"jpg"')
    assert [one.code for one in lint.check(package.pack(parts), ready.schema) if one.is_error] == ["T161"]


def test_a_picture_nobody_can_bring_is_a_fault_that_asks_for_the_one_that_was_meant():
    ready = builders.template(picture("{{ gambar.qq }}"))
    (one,) = (one for one in lint.check(ready.content, ready.schema) if one.is_error)
    assert (one.code, one.suggestion) == ("T160", "qr")


@pytest.mark.parametrize(
    "wrong",
    [
        b"GIF89a",
        b"\xff\xd8\xff" + b"0" * 99,
        QR[:16] + b"\xff\xff\xff\xff" * 2 + QR[24:],
        QR + b"0" * pictures.MOST_BYTES,
        QR[:12],
    ],
)
def test_a_wrong_or_enormous_picture_is_refused(wrong):
    with pytest.raises(PictureRefused):
        render.render(template(picture("{{ gambar.qr }}")), {}, pictures={"qr": wrong})


def test_an_alternative_text_that_is_no_picture_is_a_fault():
    ready = template(picture("{{ nama }}"))
    assert [one.code for one in lint.check(ready.content, ready.schema) if one.is_error] == ["T160"]


def test_the_alternative_text_of_a_draft_is_for_people():
    root = reading.main_part(render.render(template(picture("{{ gambar.qr }}")), {}).content)
    assert [node.get("descr") for node in root.iter("{*}docPr")] == ["kode QR"]
