"""An edited Word file comes back with its references right, as after F9, and with a list of what changed."""

import pytest

from portal.documents import package, recount
from portal.documents.recount import Dangling
from portal.documents.refusal import FileRefused
from portal.documents.starters import blocks
from portal.documents.wordxml import parse, serialise, w
from tests.documents import attacks, builders, reading, soundness


def head(bookmark):
    """A Pasal with a bookmark, as Word's own dialog makes it."""
    return numbered("Pasal", bookmark)


def numbered(style, bookmark, text="isi"):
    number = sum(map(ord, bookmark))
    mark = f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/>'
    end = f'<w:bookmarkEnd w:id="{number}"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{mark}{blocks.run(text)}{end}</w:p>'


def ref(bookmark, shown, switches="&#92;n &#92;h"):
    return blocks.field(f"REF {bookmark} {switches}", shown)


def sentence(*pieces):
    return f'<w:p><w:pPr><w:pStyle w:val="IsiPasal"/></w:pPr>{"".join(pieces)}</w:p>'


def saved(body, **parts):
    return builders.docx({**attacks.document(body), **parts})


def whole(pasal, ayat):
    return sentence(
        blocks.run("dimaksud dalam "), ref("_Ref1", pasal), blocks.run(" ayat "), ref("_Ref2", ayat), blocks.run(".")
    )


EDITED = (
    blocks.pasal("Baru")
    + blocks.isi("disisipkan di Word")
    + head("_Ref1")
    + numbered("Ayat", "_Ref3")
    + numbered("Ayat", "_Ref2")
    + whole("Pasal 1", "(1)")
)


def test_an_inserted_article_moves_the_references_behind_it():
    made = recount.recount(saved(EDITED))
    assert made.changes == (("Pasal 1 ayat (1)", "Pasal 2 ayat (2)"),)
    assert made.dangling == ()
    assert reading.lines(made.content)[-1] == "dimaksud dalam Pasal 2 ayat (2)."
    assert soundness.faults(made.content, has_tags=True) == []


def test_a_second_pass_finds_nothing_and_keeps_the_bytes():
    once = recount.recount(saved(EDITED)).content
    again = recount.recount(once)
    assert (again.content, again.changes) == (once, ())


def test_a_reference_whose_target_was_deleted_is_told_with_its_place():
    body = blocks.pasal("Satu") + blocks.ayat("x") + blocks.pasal("Dua") + whole("Pasal 3", "(1)")
    made = recount.recount(saved(body))
    assert made.dangling == (Dangling(text="Pasal 3 ayat (1)", place="Pasal 2"),)
    assert made.changes == ()


def test_only_the_moved_part_of_a_reference_has_to_be_wrong():
    body = head("_Ref1") + numbered("Ayat", "_Ref3") + numbered("Ayat", "_Ref2") + whole("Pasal 1", "(1)")
    assert recount.recount(saved(body)).changes == (("Pasal 1 ayat (1)", "Pasal 1 ayat (2)"),)


def test_a_near_reference_is_told_with_its_word():
    near = sentence(blocks.run("pada ayat "), ref("_Ref2", "(9)"))
    body = head("_Ref1") + blocks.ayat("x") + numbered("Ayat", "_Ref2") + near
    assert recount.recount(saved(body)).changes == (("ayat (9)", "ayat (2)"),)


def test_the_final_period_of_a_letter_is_dropped():
    body = head("_Ref1") + blocks.ayat("x") + numbered("Huruf", "_Ref2") + sentence(ref("_Ref2", "z"))
    assert recount.recount(saved(body)).changes == (("z", "a"),)


@pytest.mark.parametrize(
    ("switches", "said"),
    [("&#92;w", "Pasal 1(1)a"), ("&#92;r", "a"), ("&#92;n &#92;t", "a"), ("&#92;N", "a")],
)
def test_every_switch_of_word_that_repeats_a_number_is_followed(switches, said):
    field = numbered("Huruf", "_Ref4").replace("</w:p>", ref("_Ref2", "?", switches) + "</w:p>")
    start = head("_Ref1") + blocks.ayat("x") + numbered("Huruf", "_Ref2")
    assert recount.recount(saved(start + field)).changes == (("?", said),)


def test_the_word_of_an_article_goes_where_only_its_number_is_asked():
    body = blocks.pasal("Satu") + head("_Ref1") + sentence(ref("_Ref1", "1", "&#92;n &#92;t &#92;h"))
    assert recount.recount(saved(body)).changes == (("1", "2"),)


def test_a_simple_field_is_refreshed_too():
    simple = f'<w:fldSimple w:instr=" REF _Ref1 \\n \\h ">{blocks.run("Pasal 7")}</w:fldSimple>'
    made = recount.recount(saved(head("_Ref1") + sentence(simple)))
    assert made.changes == (("Pasal 7", "Pasal 1"),)


def test_a_bookmark_between_paragraphs_belongs_to_the_next_one():
    mark = '<w:bookmarkStart w:id="5" w:name="_Ref1"/>'
    body = blocks.pasal("Satu") + mark + blocks.pasal("Dua") + '<w:bookmarkEnd w:id="5"/>' + sentence(ref("_Ref1", "?"))
    assert recount.recount(saved(body)).changes == (("?", "Pasal 2"),)


def test_fields_that_repeat_no_number_are_left_alone():
    body = head("_Ref1") + sentence(ref("_Ref1", "judul", "&#92;h"), blocks.field("PAGE", "9"))
    made = recount.recount(saved(body))
    assert (made.changes, made.dangling) == ((), ())
    assert reading.lines(made.content)[-1] == "judul9"


def test_a_result_torn_over_runs_becomes_one_text():
    torn = ref("_Ref1", "Pas").replace("<w:t>Pas</w:t></w:r>", "<w:t>Pas</w:t></w:r><w:r><w:t>al 9</w:t></w:r>")
    made = recount.recount(saved(head("_Ref1") + sentence(torn, blocks.run(" ya"))))
    assert made.changes == (("Pasal 9", "Pasal 1"),)
    assert reading.lines(made.content)[-1] == "Pasal 1 ya"


def test_references_in_the_footer_follow_too():
    content = builders.docx(attacks.document(head("_Ref1")))
    parts = package.unpack(content)
    footer = parse(parts["word/footer1.xml"])
    footer.append(parse(sentence(ref("_Ref1", "Pasal 4")).replace("<w:p>", f"<w:p {attacks.W}>", 1).encode()))
    parts["word/footer1.xml"] = serialise(footer)
    made = recount.recount(package.pack(parts))
    assert made.changes == (("Pasal 4", "Pasal 1"),)
    assert "Pasal 1" in reading.lines(made.content, "word/footer1.xml")


def test_the_file_never_asks_word_to_update_fields():
    made = recount.recount(saved(EDITED))
    assert parse(package.unpack(made.content)["word/settings.xml"]).find(w("updateFields")) is None


def test_a_file_that_asks_word_to_update_fields_asks_no_more():
    """Also one whose references are right already (design: documents §13, 20)."""
    settings = f"<w:settings {attacks.W}><w:zoom w:percent='100'/><w:updateFields/></w:settings>".encode()
    made = recount.recount(saved(head("_Ref1"), **{"word/settings.xml": settings}))
    left = parse(package.unpack(made.content)["word/settings.xml"])
    assert (made.dropped_order, made.changes) == (True, ())
    assert [node.tag for node in left] == [w("zoom")]
    again = recount.recount(made.content)
    assert (again.content, again.dropped_order) == (made.content, False)


def test_a_dangerous_file_is_not_opened():
    with pytest.raises(FileRefused):
        recount.recount(attacks.BAD["altChunk"][0])


@pytest.mark.libreoffice
def test_a_word_processor_counts_the_edited_file_the_same_way(libreoffice):
    """It counts references anew when it opens a file: the stale ones come out as ours are written."""
    stale = saved(EDITED)
    printed = libreoffice.texts({"stale": stale, "ours": recount.recount(stale).content})
    assert "Pasal 2 ayat (2)" in printed["stale"]
    assert printed["stale"] == printed["ours"]
