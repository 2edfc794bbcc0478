"""The text of a clause: what is wrong, told with the number of the line as the typist counts them."""

import pytest

from portal.domain import clause_check
from portal.domain.clause import Level
from portal.domain.errors import RuleBroken

GOOD = "(1) Satu.\n\n{% jika induk %}\n(2) Dua {{ rujuk.satu }}.\n{% akhir jika %}\n(3) Tiga{% label tiga %}."


def test_a_text_in_order_has_no_faults():
    assert clause_check.faults(GOOD) == ()
    clause_check.check(GOOD)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("(1) Satu {{ judul.\n(2) Dua.", 1, "tidak mempunyai pasangan"),
        ("(1) Satu.\n(2) judul }}", 2, "tidak mempunyai pasangan"),
        ("Awal\n{% jika induk %}\n(1) Satu.", 2, "belum ditutup. Tambahkan “{% akhir jika %}”"),
        ("{% untuk p dalam pihak %}\na. {{ p.nama }};", 1, "Tambahkan “{% akhir untuk %}”"),
        ("(1) Satu.\n{% akhir jika %}", 2, "tidak menutup apa pun"),
        ("{% jika a %}\n{% akhir untuk %}\n{% akhir %}", 2, "tidak menutup apa pun"),
        ("(1) Satu.\n{% selain itu %}", 2, "di luar “{% jika … %}”"),
        ("(1) Satu.\n\n{% ulangi %}", 3, "perintah “{% ulangi %}” tidak dikenal"),
        ("(1) A{% label x %}.\n(2) B{% label x %}.", 2, "label “x” sudah diberikan di baris ke-1"),
    ],
)
def test_every_fault_names_its_line(text, line, words):
    first = clause_check.faults(text)[0]
    assert first.line == line
    told = first.message % first.values
    assert told.startswith(f"Baris ke-{line}: ")
    assert words in told


def test_all_faults_are_told_at_once_in_the_order_of_lines():
    found = clause_check.faults("{% jika a %}\nsatu }}\n{% entah %}")
    assert [one.line for one in found] == [1, 2, 3]


@pytest.mark.parametrize(
    ("ours", "theirs", "line"),
    [
        ("(1) Satu.\n\n(2) Dua.", "(1) One.", 3),
        ("(1) Satu.\n(2) Dua.", "(1) One.\na. Two.", 2),
        ("(1) Satu.", "(1) One.\n\n(2) Two.", 3),
    ],
)
def test_both_languages_go_line_by_line(ours, theirs, line):
    assert [one.line for one in clause_check.pair_faults(ours, theirs)] == [line]


def test_a_text_without_english_is_no_pair():
    assert clause_check.pair_faults("(1) Satu.", " ") == ()


@pytest.mark.parametrize(("texts", "field"), [((" ", ""), "text"), (("a. x", "b {{"), "text_en"), (("{{", ""), "text")])
def test_a_refusal_names_its_field(texts, field):
    with pytest.raises(RuleBroken) as refused:
        clause_check.check(*texts)
    assert refused.value.field == field


def test_lines_are_shown_with_the_numbers_that_follow_from_their_order():
    shown = clause_check.numbered("(7) Satu:\na. x;\nd. y.\n(9) Dua.\nTutup.\n{% ulang nomor %}")
    assert [(one.mark, one.line.text) for one in shown[:5]] == [
        ("(1)", "Satu:"),
        ("a.", "x;"),
        ("b.", "y."),
        ("(2)", "Dua."),
        ("", "Tutup."),
    ]
    assert (shown[5].mark, shown[5].line.level) == ("", Level.COMMAND)
