"""Fields that stand in no form change nothing, even when they are named like columns (design: ASVS 15.3.3)."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, select
from werkzeug.datastructures import MultiDict

from portal.models import Base
from tests.harness.sample import SampleHouse
from tests.harness.telling import Tell
from tests.proof.junk import Junk

pytestmark = [pytest.mark.minutes, pytest.mark.sqlite_only]
TEXT, NUMBER = "titipanluar", 98765431
BESIDE = frozenset({"csrf_token", "next", "lanjut"})
"""Names that the door itself reads."""


def columns() -> dict[str, str]:
    """Every name of a column, with a value of its kind that stands nowhere."""
    return {
        column.name: str(NUMBER) if column.type.python_type in {int, float} else TEXT
        for table in Base.metadata.tables.values()
        for column in table.columns
    }


def planted(connection: Connection) -> Iterator[str]:
    """Yield the cells in which a value that came beside a form has arrived."""
    for table in Base.metadata.sorted_tables:
        for row in connection.execute(select(table)).mappings():
            for name, value in row.items():
                if TEXT in str(value) or value == NUMBER or str(NUMBER) in str(value):
                    yield f"{table.name}.{name}: {str(value)[:80]}"


def sent_with_more(fields: tuple[tuple[str, str], ...], more: dict[str, str]) -> MultiDict[str, Any]:
    """A form as it was seen, and a field for every column that it does not ask for."""
    sent: MultiDict[str, Any] = MultiDict(fields)
    asked = {name for name, _ in fields}
    for name, value in more.items():
        if name not in asked | BESIDE:
            sent.add(name, value)
    return sent


def test_fields_that_no_form_has_change_nothing(make_sample: Callable[..., SampleHouse], tell: Tell):
    house = make_sample(demo=True)
    junk = Junk(house=house, random=Random(1))
    junk.prepare(each=1)
    more, taken, faults = columns(), 0, []
    for person in junk.people:
        for form in person.forms:
            if form.method != "POST":
                continue
            answer = junk.ask(person, "POST", form.action, data=sent_with_more(form.fields, more))
            assert answer is not None
            taken += answer.status_code in {200, 302, 303}
            if answer.headers.get("Location", "").startswith("/masuk"):
                junk.revive()
    tell("fields beside forms", [f"{sum(junk.answers.values())} requests, {taken} forms taken, {len(more)} names"])
    house.session.rollback()
    with house.session.get_bind().connect() as connection:
        faults = sorted(set(planted(connection)))
    assert junk.faults == []
    assert faults == []
    assert taken > 30
