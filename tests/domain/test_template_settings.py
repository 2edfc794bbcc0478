"""Settings of a template are read with their defaults and refused with the field."""

import pytest

from portal.domain import template_settings
from portal.domain.errors import RuleBroken
from portal.domain.template_settings import Paper, SignatureSide, TemplateSettings
from portal.domain.wording import PartyStyle


def test_nothing_said_gives_the_defaults_of_the_field():
    read = template_settings.read({})
    assert read == TemplateSettings()
    assert (read.paper, read.font, read.font_size) == (Paper.A4, "Arial", 12)
    assert (read.margin_top, read.margin_bottom, read.margin_left, read.margin_right) == (25, 25, 30, 20)
    assert (read.party_style, read.signature_side) == (PartyStyle.KESATU, SignatureSide.FIRST_LEFT)


def test_settings_are_written_as_they_are_read():
    changed = TemplateSettings(party_style=PartyStyle.PERTAMA, paper=Paper.F4, font="Bookman Old Style", font_size=11)
    plain = template_settings.to_plain(changed)
    assert plain["paper"] == "f4"
    assert template_settings.read(plain) == changed


def test_a_form_sends_numbers_as_text():
    assert template_settings.read({"margin_left": "40", "font_size": "11"}).margin_left == 40


@pytest.mark.parametrize(
    ("plain", "field"),
    [
        ({"font": "Comic Sans MS"}, "font"),
        ({"font_size": 14}, "font_size"),
        ({"paper": "letter"}, "paper"),
        ({"party_style": "utama"}, "party_style"),
        ({"signature_side": "atas"}, "signature_side"),
        ({"margin_left": 14}, "margin_left"),
        ({"margin_right": 51}, "margin_right"),
        ({"margin_top": "lebar"}, "margin_top"),
        ({"warna": "biru"}, None),
    ],
)
def test_what_no_office_uses_is_refused_with_its_field(plain, field):
    with pytest.raises(RuleBroken) as refused:
        template_settings.read(plain)
    assert refused.value.field == field


@pytest.mark.parametrize("margin", [15, 50])
def test_the_narrowest_and_the_widest_margin_are_allowed(margin):
    assert template_settings.read({"margin_top": margin}).margin_top == margin


def test_paper_is_as_large_as_its_name_says():
    assert TemplateSettings().paper_mm == (210, 297)
    assert TemplateSettings(paper=Paper.F4).paper_mm == (215, 330)
