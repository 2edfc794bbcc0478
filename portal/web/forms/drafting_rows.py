"""Rows inside the forms of a draft's sections, and the rule that pairs two languages. Shape only."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form
from wtforms.validators import ValidationError

from portal.web.forms.agreement import PartyForm, lines
from portal.web.forms.fields import CountField, LineField, ParagraphField

MOST_PIECES = 10**9


class DraftPartyForm(PartyForm):
    """One party in its place, with its English words for a text in two columns."""

    name_en = LineField(_l("Nama dalam bahasa Inggris"), description=_l("Kosongkan bila sama dengan nama pada naskah."))
    office_en = LineField(_l("Jabatan dalam bahasa Inggris"), letters=200)


class ChangeForm(Form):
    """One change that an addendum makes."""

    article = LineField(_l("Ketentuan"), letters=120, description=_l("Misalnya: Pasal 5 ayat (2)."))
    old = ParagraphField(_l("Semula"))
    new = ParagraphField(_l("Menjadi"))

    def validate_article(self, field: Any) -> None:
        """Refuse words without their place."""
        if not field.data and (self.old.data or self.new.data):
            raise ValidationError(_l("Tulis ketentuan yang diubah."))


class AidItemForm(Form):
    """Goods of one kind that are handed over."""

    name = LineField(_l("Nama barang"), letters=160)
    quantity = CountField(_l("Jumlah"), least=1, most=MOST_PIECES)
    unit = LineField(_l("Satuan"), letters=40, description=_l("Misalnya: unit."))
    condition = LineField(_l("Kondisi"), letters=80, description=_l("Misalnya: baik dan baru."))

    def validate_name(self, field: Any) -> None:
        """Refuse a number of nothing."""
        if not field.data and (self.quantity.data or self.unit.data or self.condition.data):
            raise ValidationError(_l("Tulis nama barang ini."))


def changes(entries: Any) -> list[dict[str, str]]:
    """Return the typed changes as plain values; empty ones are left out."""
    told = ({one: entry[one].data or "" for one in ("article", "old", "new")} for entry in entries)
    return [each for each in told if any(each.values())]


def aid_items(entries: Any) -> list[dict[str, Any]]:
    """Return the typed goods as plain values; empty rows are left out."""
    told = ({one: entry[one].data for one in ("name", "quantity", "unit", "condition")} for entry in entries)
    return [each for each in told if each["name"]]


def english_parties(entries: Any) -> dict[str, dict[str, str]]:
    """Return the English words of the parties by the code of the organisation; who has none is left out."""
    told = {
        entry.organisation_code.data: {"name": entry["name_en"].data or "", "office": entry["office_en"].data or ""}
        for entry in entries
        if "name_en" in entry.form._fields
    }
    return {code: words for code, words in told.items() if code and any(words.values())}


def with_english(parties: list[dict[str, Any]], known: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """Return the values of the party rows with their English words."""
    nothing: Mapping[str, str] = {}
    return [
        one | {f"{name}_en": known.get(one["organisation_code"], nothing).get(name) for name in ("name", "office")}
        for one in parties
    ]


def as_many_as(pair: str) -> Callable[[Any, Any], None]:
    """Return the rule that a list in English has as many lines as its Indonesian pair."""

    def check(form: Any, field: Any) -> None:
        mine, theirs = len(lines(field.data)), len(lines(form[pair].data))
        if mine and mine != theirs:
            text = _l(
                "Bahasa Inggris berisi %(a)s butir, bahasa Indonesia %(b)s. Samakan jumlah barisnya.", a=mine, b=theirs
            )
            raise ValidationError(text)

    return check
