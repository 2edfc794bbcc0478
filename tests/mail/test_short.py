"""The short twin of every mail of reminders: its facts, one address, and never more than 500 characters."""

import pytest

from portal.mail import short
from portal.mail.compose import ComposeError
from tests.mail.letters import CASES, LETTERHEAD, READERS

OF_REMINDERS = ("digest_", "occurrence_overdue", "duties_nudged")
BOTH = [(case, language) for case in CASES if case.startswith(OF_REMINDERS) for language in READERS]


def twin(values, language="id"):
    """The text for one reader."""
    return short.twin(values, reader=READERS[language], letterhead=LETTERHEAD)


@pytest.mark.parametrize(("case", "language"), BOTH)
def test_a_twin_says_what_the_mail_says(case, language):
    values = CASES[case]
    text = twin(values, language)
    first = (values.get("lines") or [values["line"]])[0]
    assert 100 < len(text) <= short.LARGEST
    assert first["agreement_code"] in text
    assert f"https://simpul.contoh.test{first['path']}" in text
    assert ("kata sandi" if language == "id" else "password") in text
    assert "(021) 555 0100" in text
    assert "Ibu Siti Maryam" in text


def test_day_and_days_left_stand_in_words():
    text = twin(CASES["occurrence_overdue"])
    assert "Selasa, 17 November 2026, terlambat 7 hari." in text
    assert "Petugas: Ratna Wulandari, (021) 555 0100." in text


@pytest.mark.parametrize("language", READERS)
def test_a_long_title_is_shortened_at_a_word_and_the_rest_is_counted(language):
    line = CASES["occurrence_overdue"]["line"] | {"title": "Laporan pertanggungjawaban bantuan " * 6}
    text = twin({"lines": [line] * 4, "officer": "Ratna Wulandari Kartadipura, S.Sos., M.Si."}, language)
    assert len(text) <= short.LARGEST
    assert text.count("PKS-2024-0214") == short.MOST_LINES
    assert "…" in text
    assert "2" in text


def test_what_cannot_be_made_short_is_refused():
    line = CASES["occurrence_overdue"]["line"] | {"path": "/" + "x" * 500}
    with pytest.raises(ComposeError):
        twin({"line": line})
