"""The paragraphs of a Word file as the review reads them."""

from portal.documents import lines, package
from tests.documents import starters_under_review


def test_articles_have_their_label_and_their_title_in_one_piece():
    told = lines.pieces(starters_under_review.printed("pks"))
    assert ("Pasal 1", "KETENTUAN UMUM", "Pasal") in told
    assert [label for label, _, style in told if style == "Pasal"] == [
        f"Pasal {number}" for number in range(1, 1 + sum(style == "Pasal" for _, _, style in told))
    ]


def test_the_identity_of_a_party_is_one_piece():
    told = [text for _, text, style in lines.pieces(starters_under_review.printed("pks")) if "Komparisi" in style]
    assert len(told) == 3
    assert all(text.count(" | ") >= 2 and "selanjutnya disebut PIHAK" in text for text in told)


def test_each_signature_is_a_piece_of_its_own():
    told = [text for _, text, style in lines.pieces(starters_under_review.printed("mou")) if style == "TandaTangan"]
    assert {"PIHAK KESATU", "PIHAK KEDUA"} <= set(told)


def test_pictures_tell_what_they_show():
    content = starters_under_review.printed("mou")
    assert lines.descriptions(content) == ("Tempat logo", "Tempat logo")
    assert not lines.shows_emblem(content)


def test_the_state_emblem_is_seen_by_its_description():
    parts = package.unpack(starters_under_review.printed("mou"))
    text = parts["word/document.xml"]
    parts["word/document.xml"] = text.replace(b"Tempat logo", b"Lambang Negara Garuda", 1)
    assert lines.shows_emblem(package.pack(parts))
    moved = parts | {"word/document.xml": text, "word/header7.xml": parts["word/document.xml"]}
    assert lines.shows_emblem(package.pack(moved))


def test_the_texts_of_a_row_stay_apart_where_a_cell_holds_two_paragraphs():
    told = [text for _, text, _ in lines.pieces(starters_under_review.printed("mou_bilingual"))]
    assert not any("MAKSUD DAN TUJUAN" in text and "INTENT" in text for text in told)


def test_the_text_of_a_table_inside_a_table_is_told_once():
    told = [text for _, text, _ in lines.pieces(starters_under_review.printed("mou_bilingual")) if "@" in text]
    assert told
    assert len(told) == 4
