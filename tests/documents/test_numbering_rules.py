"""Rules of Word's lists as the standard words them, where no word processor here can be asked."""

from portal.documents import numbering, package
from portal.documents.wordxml import parse
from tests.documents.papers import abstract, instance, item, level, paper, restart

FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def labels(content):
    parts = package.unpack(content)
    counted = numbering.read(parts).walk(parse(parts["word/document.xml"]))
    return [found.label for _, found in counted if found]


def items(*levels, number=1):
    return "".join(item(number, at) for at in levels)


def test_a_level_that_never_restarts_goes_on_counting():
    lists = (abstract(1, level(0, "%1."), level(1, "%2)", more='<w:lvlRestart w:val="0"/>')), instance(1, 1))
    assert labels(paper(items(0, 1, 1, 0, 1), *lists)) == ["1.", "1)", "2)", "2.", "3)"]


def test_a_level_restarts_only_after_the_level_it_names():
    lists = (
        abstract(1, level(0, "%1."), level(1, "%2)"), level(2, "%3-", more='<w:lvlRestart w:val="1"/>')),
        instance(1, 1),
    )
    assert labels(paper(items(0, 1, 2, 1, 2, 0, 2), *lists)) == ["1.", "1)", "1-", "2)", "2-", "2.", "1-"]


def test_legal_levels_write_every_number_in_plain_figures():
    lists = (
        abstract(1, level(0, "%1", shape="upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"), level(2, "%1.%2.%3")),
        instance(1, 1),
    )
    assert labels(paper(items(0, 1, 0, 1, 1, 2), *lists)) == ["I", "1.1", "II", "2.1", "2.2", "II.2.1"]


def test_a_start_of_its_own_holds_for_every_restart_of_that_level():
    lists = (
        abstract(1, level(0, "%1."), level(1, "%2)")),
        instance(1, 1),
        instance(2, 1, restart(0, 7), restart(1, 3)),
    )
    body = items(0, 1) + items(0, 1, 1, 0, 1, number=2) + items(0, 1)
    assert labels(paper(body, *lists)) == ["1.", "1)", "7.", "3)", "4)", "8.", "3)", "9.", "1)"]


def test_an_override_counts_only_at_the_first_use_of_its_instance():
    lists = (abstract(1, level(0, "%1.")), instance(1, 1), instance(2, 1, restart(0)))
    body = items(0, 0) + items(0, number=2) + items(0) + items(0, number=2)
    assert labels(paper(body, *lists)) == ["1.", "2.", "1.", "2.", "3."]


def test_what_stands_after_a_label_is_told():
    lists = [abstract(n, level(0, "%1.", more=f'<w:suff w:val="{gap}"/>')) for n, gap in ((1, "space"), (2, "nothing"))]
    content = paper(items(0) + items(0, number=2), *lists, instance(1, 1), instance(2, 2))
    parts = package.unpack(content)
    walked = numbering.read(parts).walk(parse(parts["word/document.xml"]))
    assert [found.suffix for _, found in walked if found] == ["space", "nothing"]


def test_bullets_count_but_have_no_label():
    lists = (abstract(1, level(0, "", shape="bullet"), level(1, "%2)")), instance(1, 1))
    assert labels(paper(items(0, 1, 0, 1), *lists)) == ["", "1)", "", "1)"]


def test_numbers_no_letter_or_roman_figure_exists_for_are_written_in_figures():
    lists = (
        abstract(1, level(0, "%1.", shape="upperRoman", start=0)),
        abstract(2, level(0, "%1.", shape="lowerLetter", start=0)),
        instance(1, 1),
        instance(2, 2),
    )
    assert labels(paper(items(0, 0) + items(0, 0, number=2), *lists)) == ["0.", "I.", "0.", "a."]


def test_a_shape_that_stands_twice_is_counted_once():
    """Text boxes are kept a second time for old programs."""
    lists = (abstract(1, level(0, "%1.")), instance(1, 1))
    box = (
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{FALLBACK}"><mc:Choice>{item(1)}</mc:Choice>'
        f"<mc:Fallback>{item(1)}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert labels(paper(item(1) + box + item(1), *lists)) == ["1.", "2.", "3."]


def test_careless_numbers_in_the_file_stop_nobody():
    lists = (abstract(1, level(0, "%1.", start="x"), level(1, "%9%2")), instance(1, 1), instance(2, 9))
    assert labels(paper(items(0, 1) + items(0, number=2) + items(0, number=8), *lists)) == ["1.", "1"]
