"""Tracked changes and comments are counted by author, a place once."""

import time

from portal.documents import gate, revisions
from portal.documents.starters import blocks
from portal.domain.rendition import Remarks, Tracked
from tests.documents import attacks, builders, edits

SITI, MELKI = 'w:author="Siti"', 'w:author="Melki"'


def tracked(body, **parts):
    return revisions.tracked(gate.check(builders.docx({**attacks.document(body), **parts})))


def ins(author, *texts):
    return f'<w:ins w:id="1" {author}>{"".join(map(blocks.run, texts))}</w:ins>'


def test_an_insertion_torn_into_pieces_counts_once():
    assert tracked(f"<w:p>{ins(SITI, 'satu', 'dua')}</w:p>") == (Tracked(author="Siti", inserted=1),)


def test_an_inserted_paragraph_counts_once_also_when_it_is_empty():
    mark = f'<w:pPr><w:rPr><w:ins w:id="2" {SITI}/></w:rPr></w:pPr>'
    assert tracked(f"<w:p>{mark}{ins(SITI, 'isi')}</w:p>") == (Tracked(author="Siti", inserted=1),)
    assert tracked(f"<w:p>{mark}</w:p>") == (Tracked(author="Siti", inserted=1),)


def test_what_was_moved_counts_where_it_went():
    source = f'<w:moveFrom w:id="1" {SITI}>{blocks.run("x")}</w:moveFrom>'
    target = f'<w:moveTo w:id="2" {SITI}>{blocks.run("x")}</w:moveTo>'
    assert tracked(f"<w:p>{source}</w:p><w:p>{target}</w:p>") == (Tracked(author="Siti", moved=1),)


def test_authors_are_told_apart_busiest_first_and_looks_are_counted():
    look = f'<w:r><w:rPr><w:b/><w:rPrChange w:id="3" {MELKI}><w:rPr/></w:rPrChange></w:rPr><w:t>x</w:t></w:r>'
    deleted = f'<w:del w:id="4" {MELKI}><w:r><w:delText>x</w:delText></w:r></w:del>'
    nameless = '<w:ins w:id="5"><w:r><w:t>x</w:t></w:r></w:ins>'
    assert tracked(f"<w:p>{look}{deleted}{ins(SITI, 'x')}{nameless}</w:p>") == (
        Tracked(author="Melki", deleted=1, formatted=1),
        Tracked(author="", inserted=1),
        Tracked(author="Siti", inserted=1),
    )


def test_headers_are_read_too():
    header = f"<w:hdr {attacks.W}><w:p>{ins(SITI, 'x')}</w:p></w:hdr>".encode()
    assert tracked("", **{"word/header7.xml": header}) == (Tracked(author="Siti", inserted=1),)


def test_a_file_nobody_changed_has_none():
    parts = gate.check(builders.docx())
    assert (revisions.tracked(parts), revisions.remarks(parts)) == ((), ())


def test_comments_are_counted_by_author():
    parts = gate.check(builders.docx({"word/comments.xml": edits.comments("Siti", "Melki", "Melki")}))
    assert revisions.remarks(parts) == (Remarks(author="Melki", count=2), Remarks(author="Siti", count=1))


def test_a_paragraph_built_to_keep_the_counter_busy_is_counted_in_a_moment():
    marks = f'<w:ins w:id="1" {SITI}/>' * 60_000
    started = time.process_time()
    assert tracked(f"<w:p><w:pPr><w:rPr>{marks}</w:rPr></w:pPr></w:p>") == (Tracked(author="Siti", inserted=1),)
    assert time.process_time() - started < 5
