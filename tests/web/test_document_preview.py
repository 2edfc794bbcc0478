"""The preview of a draft on a page: every mark has its element, and values never become markup."""

import pytest
from flask import Flask
from lxml import html

from portal import paths
from portal.documents.preview import Block, Piece


@pytest.fixture
def draw():
    app = Flask("portal", template_folder=str(paths.TEMPLATES), static_folder=None)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["_"] = str

    def component(*blocks):
        with app.test_request_context():
            macro = app.jinja_env.get_template("components/document_preview.html").module.document_preview
            return html.fragment_fromstring(str(macro(blocks)), create_parent="div")

    return component


def piece_of(draw, **values):
    return draw(Block(kind="text", pieces=(Piece(**values),))).find("div/p")


def test_an_article_is_a_heading_with_its_number(draw):
    made = draw(Block(kind="article", label="Pasal 3", pieces=(Piece(text="\nJANGKA WAKTU"),)))
    assert made.find("div/h3").text_content() == "Pasal 3JANGKA WAKTU"
    assert made.find("div/h3/br") is not None


def test_an_item_has_its_label_and_its_depth(draw):
    made = draw(Block(kind="item", level=2, label="a.", pieces=(Piece(text="isi"),))).find("div/p")
    assert made.get("class") == "document-preview-item document-preview-level-2"
    assert [span.text_content() for span in made.findall("span")] == ["a.", "isi"]


def test_a_table_has_a_cell_for_every_cell(draw):
    cell = (Block(kind="text", pieces=(Piece(text="x"),)),)
    made = draw(Block(kind="table", rows=((cell, cell), (cell, cell))))
    assert len(made.findall("div/table/tbody/tr/td")) == 4


@pytest.mark.parametrize(
    ("values", "tag", "css"),
    [
        ({"mark": "missing"}, "mark", "document-preview-missing"),
        ({"mark": "highlight"}, "mark", None),
        ({"is_bold": True}, "b", None),
        ({"is_italic": True}, "i", None),
    ],
)
def test_a_mark_has_an_element_of_its_own(draw, values, tag, css):
    [made] = piece_of(draw, text="kata", **values)
    assert (made.tag, made.get("class"), made.text) == (tag, css, "kata")


@pytest.mark.parametrize(("change", "said"), [("ins", "ditambah: kata"), ("del", "dihapus: kata")])
def test_a_tracked_change_is_also_heard(draw, change, said):
    [made] = piece_of(draw, text="kata", change=change)
    assert (made.tag, made.text_content()) == (change, said)
    assert made.find("span").get("class") == "visually-hidden"


def test_a_script_in_the_name_of_a_party_stays_text(draw):
    made = piece_of(draw, text='<script>alert("x")</script> & <b>')
    assert made.text_content() == '<script>alert("x")</script> & <b>'
    assert len(made) == 0


def test_spaces_at_the_edges_of_pieces_are_kept(draw):
    made = draw(Block(kind="text", pieces=(Piece(text="satu "), Piece(text="dua", is_bold=True), Piece(text=" tiga"))))
    assert made.find("div/p").text_content() == "satu dua tiga"


def test_an_empty_paragraph_draws_nothing(draw):
    assert len(draw(Block(kind="text")).find("div")) == 0
