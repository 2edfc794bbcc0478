"""The text of a clause in words: what each tag of the engine becomes for a reader."""

import pytest

from portal.web.staff import clause_list, clause_words


@pytest.fixture(autouse=True)
def _reader(app):
    """A reader of Indonesian."""
    with app.test_request_context("/"):
        yield


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% label kahar %}PARA PIHAK", "PARA PIHAK"),
        ("tentang {{ judul | kapital }}.", "tentang [judul naskah]."),
        ("pada {{ rujuk.kahar_lapor }}", "pada [rujukan kahar lapor]"),
        ("{{ p.entah }}", "[p.entah]"),
        ("{% jika judul %}a{% selain itu %}b{% akhir jika %}", "[bila judul naskah]a[bila tidak]b[sampai di sini]"),
        ("{% untuk p dalam pihak %}x{% akhir untuk %}", "[untuk setiap para pihak]x[sampai di sini]"),
        ("{% ulang nomor %}", "[ulang nomor]"),
    ],
)
def test_tags_are_said_in_words(text, expected):
    found = clause_words.pieces(text)
    assert "".join(f"[{one['text']}]" if one["is_tag"] else one["text"] for one in found) == expected


def test_a_long_first_line_ends_at_a_word():
    found = clause_list.shortened(clause_words.pieces("kata " * 40))
    text = "".join(one["text"] for one in found)
    assert text.endswith("kata …")
    assert len(text) <= clause_list.LONGEST_LINE + 2
    assert clause_list.shortened(clause_words.pieces("pendek")) == [{"text": "pendek", "is_tag": False}]
