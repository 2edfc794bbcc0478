"""Choices of one: what is not on the list is refused, white space alone is nothing chosen."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from portal.web.forms.fields import RadioField, SelectField
from tests.harness.source import ROOT

CHOICES = [SelectChoice(*pair) for pair in (("", "Pilih"), ("hari", "Hari"), ("bulan", "Bulan"))]


class Example(Form):
    unit = SelectField("Satuan", [Optional()], choices=CHOICES)
    way = RadioField("Cara", [Optional()], choices=CHOICES)


@pytest.mark.parametrize("typed", [" ", "\t", "\u3000", ""])
def test_white_space_is_nothing_chosen(typed):
    form = Example(MultiDict({"unit": typed, "way": typed}))
    assert form.validate()
    assert (form.unit.data, form.way.data) == ("", "")


@pytest.mark.parametrize("typed", ["tahun", " hari", "0"])
def test_what_is_not_on_the_list_is_refused(typed):
    form = Example(MultiDict({"unit": typed, "way": typed}))
    assert not form.validate()
    assert form.unit.errors
    assert form.way.errors


def test_no_form_takes_a_choice_that_lets_white_space_through():
    for path in (ROOT / "portal" / "web").rglob("*.py"):
        names = [line for line in path.read_text("utf-8").splitlines() if line.startswith("from wtforms import")]
        assert not any(name in line for line in names for name in ("SelectField", "RadioField")), path
