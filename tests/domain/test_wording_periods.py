"""Names of periods."""

import pytest

from portal.domain.wording.periods import period_label


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("2026-S1", "Semester I 2026"),
        ("2026-Q3", "Triwulan III 2026"),
        ("2026-11", "November 2026"),
        ("2026", "Tahun 2026"),
        ("2026-04-12", "Periode mulai 12 April 2026"),
        ("once", ""),
    ],
)
def test_a_period_is_named_by_its_key(key, name):
    assert period_label(key) == name
