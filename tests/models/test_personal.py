"""Every column with text is marked as personal data or as not: a new one that nobody thought of fails here."""

from sqlalchemy import JSON, String

from portal.models import Base, personal
from portal.models.base import EnumText

TABLES = Base.metadata.tables


def texts():
    """Every column in which words can stand, codes of enums left out."""
    return [
        (table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if isinstance(column.type, String | JSON) and not isinstance(column.type, EnumText)
    ]


def test_every_text_is_on_exactly_one_of_the_two_lists():
    wrong = [
        f"{table}.{column}"
        for table, column in texts()
        if (column in personal.PERSONAL.get(table, {})) == personal.is_not_personal(table, column)
    ]
    assert not wrong, f"write these on PERSONAL or on NOT_PERSONAL in portal/models/personal.py: {wrong}"


def test_the_lists_name_no_column_that_is_not_there():
    known = set(texts())
    listed = [(table, column) for table, columns in personal.PERSONAL.items() for column in columns]
    listed += [
        (table, column)
        for table, columns in personal.NOT_PERSONAL.items()
        if columns != personal.EVERY
        for column in columns.split()
    ]
    listed += [(table, column) for table, columns in personal.ARCHIVED.items() for column in columns]
    assert not set(listed) - known
    assert {table for table, columns in personal.NOT_PERSONAL.items() if columns == personal.EVERY} <= set(TABLES)


def test_every_secret_that_lets_people_in_is_marked_as_one():
    hashes = {(table, column) for table, column in texts() if column.endswith("_hash") and column != "previous_hash"}
    marked = {(table, name) for table, each in personal.PERSONAL.items() for name in each if each[name] == "secret"}
    assert hashes <= marked


def test_what_is_kept_as_json_is_marked_as_a_record_and_nothing_else_is():
    for table, kinds in personal.PERSONAL.items():
        for column, kind in kinds.items():
            assert isinstance(TABLES[table].c[column].type, JSON) == (kind == "record"), f"{table}.{column}"
