"""The subject of a digest about one thing says what happens on its day, not only how far that day is."""

import pytest

from portal.mail import compose
from tests.mail.letters import CASES, END_LINE, ENDED_LINE, LATE_LINE, LETTERHEAD, NOTICE_LINE, READERS, START_LINE

SAID = [
    (LATE_LINE, "Terlambat 14 hari: "),
    (END_LINE, "Berakhir 29 hari lagi: Rehabilitasi"),
    (ENDED_LINE, "Sudah berakhir: Rehabilitasi"),
    (NOTICE_LINE, "Pemberitahuan, 7 hari lagi: "),
    (START_LINE, "Perpanjangan, terlambat 4 hari: "),
]


@pytest.mark.parametrize(("line", "beginning"), SAID)
def test_a_subject_names_what_its_day_brings(line, beginning):
    values = CASES["digest_office"] | {"lines": [line]}
    made = compose.compose("digest_office", values, reader=READERS["id"], letterhead=LETTERHEAD)
    assert made.subject.startswith(beginning)
    assert made.subject.endswith("(PKS-2024-0214)")
    assert len(made.subject) <= 60
