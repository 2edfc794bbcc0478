"""The register names every table that can tell of a person once, in words, with the times that deletion keeps to."""

from collections import Counter

from portal.domain import processing
from portal.domain.personal import DataKind
from portal.domain.wording.personal import COLUMNS, TABLES
from portal.models import personal
from portal.queries import personal_rows
from portal.services import forgetting
from tests.factories.instants import NOW


def test_every_table_that_can_tell_of_a_person_stands_in_one_row():
    named = Counter(table for row in processing.REGISTER for table in row.tables)
    assert set(named) == {table.name for table in personal_rows.tables()} == set(TABLES)
    assert set(named.values()) == {1}


def test_every_marked_column_has_words():
    names = {name for kinds in personal.PERSONAL.values() for name in kinds if kinds[name] is not DataKind.SECRET}
    assert names == set(COLUMNS)


def test_the_register_and_the_deletion_know_the_same_times():
    told = {table: kept for row in processing.REGISTER for table, kept in row.limits.items()}
    del told["report_upload"]  # Its parts lie on the disk: `report_uploads` lets them go.
    assert told == {kind.name: kind.kept for kind in forgetting.kinds(NOW)}
