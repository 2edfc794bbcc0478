"""Settings of a template change paper, margins, font and widths of its Word file, and nothing else."""

import pytest

from portal import paths
from portal.documents import about, context, package, page_setup, render, samples, templates
from portal.documents.starters import articles
from portal.documents.wordxml import TBL, VAL, parse, w
from portal.domain.template_settings import DEFAULT, Paper, TemplateSettings
from tests.documents import reading

OTHER = TemplateSettings(
    paper=Paper.F4, font="Bookman Old Style", font_size=11, margin_left=40, margin_right=25, margin_top=30
)


def shipped(code):
    return (paths.DOC_TEMPLATES / f"{code}.docx").read_bytes()


def page(content):
    root = reading.main_part(content)
    size, margins = root.find(f".//{w('pgSz')}"), root.find(f".//{w('pgMar')}")
    sides = [int(margins.get(w(side))) for side in ("top", "right", "bottom", "left")]
    return (int(size.get(w("w"))), int(size.get(w("h"))), *sides)


@pytest.mark.parametrize("code", about.CODES)
def test_a_starter_set_up_with_its_own_settings_stays_the_same(code):
    assert page_setup.apply(shipped(code), about.read(code).settings) == shipped(code)


def test_paper_and_margins_are_those_of_the_settings():
    assert page(page_setup.apply(shipped("mou"), OTHER)) == (12189, 18709, 1701, 1417, 1417, 2268)
    assert page(page_setup.apply(shipped("mou"), DEFAULT)) == (11906, 16838, 1417, 1134, 1417, 1701)


@pytest.mark.parametrize("code", ["pks", "mou_bilingual"])
def test_tables_fill_the_new_width(code):
    made = page_setup.apply(shipped(code), OTHER)
    width, _, _, right, _, left = page(made)
    for name in ("word/document.xml", "word/footer1.xml"):
        for table in parse(package.unpack(made)[name]).iter(TBL):
            columns = [int(column.get(w("w"))) for column in table.iter(w("gridCol"))]
            assert sum(columns) == pytest.approx(width - left - right, abs=8)


def test_font_and_size_change_everywhere_but_in_small_print():
    parts = package.unpack(page_setup.apply(shipped("pks"), OTHER))
    styles, lists = parse(parts["word/styles.xml"]), parse(parts["word/numbering.xml"])
    fonts = {fonts.get(w("ascii")) for root in (styles, lists) for fonts in root.iter(w("rFonts"))}
    assert fonts == {"Bookman Old Style"}
    assert {size.get(VAL) for size in lists.iter(w("sz"))} == {"22"}
    assert styles.find(f".//{w('rPrDefault')}//{w('sz')}").get(VAL) == "22"
    assert styles.find(f"{w('style')}[@{w('styleId')}='Kaki']//{w('sz')}").get(VAL) == "16"


def test_the_words_stay_and_equal_settings_give_equal_bytes():
    facts, template = samples.FULL, templates.get("pks")
    made = page_setup.apply(template.content, OTHER)
    assert made == page_setup.apply(template.content, OTHER)
    changed = templates.from_bytes("pks", made, (paths.DOC_TEMPLATES / "pks.toml").read_bytes(), shared=about.shared())
    snapshot = context.snapshot(facts)
    before, after = (render.render(articles.filled(one, facts), snapshot).content for one in (template, changed))
    assert reading.lines(after) == reading.lines(before)


def test_a_file_without_pages_tables_or_sizes_comes_back_as_it_was_told():
    bare = {"word/document.xml": f"<w:document xmlns:w='{w('')[1:-1]}'><w:body/></w:document>".encode()}
    assert b"body" in page_setup.on_parts(bare, OTHER)["word/document.xml"]


def test_a_page_on_its_side_stays_on_its_side():
    turned = (
        f"<w:document xmlns:w='{w('')[1:-1]}'><w:body><w:sectPr><w:pgSz w:w='16838' w:h='11906' w:orient='landscape'/>"
        "<w:pgMar w:top='1417' w:bottom='1417' w:left='1701' w:right='1134'/></w:sectPr></w:body></w:document>"
    )
    made = parse(page_setup.on_parts({"word/document.xml": turned.encode()}, OTHER)["word/document.xml"])
    size = made.find(f".//{w('pgSz')}")
    assert (int(size.get(w("w"))), int(size.get(w("h")))) == (18709, 12189)
