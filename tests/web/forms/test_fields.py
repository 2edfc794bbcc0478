"""Fields of forms: choices of one, of which white space is none, and numbers between two borders."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from portal.web.forms.fields import CountField, RadioField, SelectField
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


class Counted(Form):
    count = CountField("Jumlah", least=1, most=999)


@pytest.mark.parametrize("typed", ["0", "1000", "99999999999999999999999999", "9" * 5000])
def test_a_number_outside_its_borders_is_shown_again_and_never_a_value(typed):
    form = Counted(MultiDict({"count": typed}))
    assert not form.validate()
    assert form.count.data is None
    assert form.count._value() == typed
    assert str(form.count.errors[0]) == "Tulis angka dari 1 sampai 999."


@pytest.mark.parametrize(("typed", "number"), [("0" * 30 + "17", 17), ("Rp 000.325", 325), ("1", 1), ("999", 999)])
def test_zeros_before_a_number_and_what_people_write_beside_it_are_nothing(typed, number):
    form = Counted(MultiDict({"count": typed}))
    assert form.validate()
    assert form.count.data == number


@pytest.mark.parametrize("typed", ["0", "0" * 40])
def test_zero_is_a_number(typed):
    class FromZero(Form):
        hour = CountField("Jam", most=23)

    form = FromZero(MultiDict({"hour": typed}))
    assert form.validate()
    assert form.hour.data == 0


def test_no_form_takes_a_choice_that_lets_white_space_through():
    for path in (ROOT / "portal" / "web").rglob("*.py"):
        names = [line for line in path.read_text("utf-8").splitlines() if line.startswith("from wtforms import")]
        assert not any(name in line for line in names for name in ("SelectField", "RadioField")), path
