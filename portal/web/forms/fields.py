"""Fields that read what people type in Indonesia and say in Indonesian what is wrong with it."""

from collections.abc import Callable
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

MOST_DIGITS = 20
"""So many digits of a number are read: more than any border has."""
DAY_FORMS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]
"""As browsers send a date, and as people write it."""


def blank_to_none(text: str | None) -> str | None:
    """Return trimmed text, None when nothing is left."""
    return (text or "").strip() or None


def at_most(letters: int) -> Length:
    """Return the rule that a text has at most so many letters."""
    return Length(max=letters, message=_l("Paling banyak %(n)s huruf.", n=letters))


def needed(message: Any) -> Callable[[Any, Any], None]:
    """Return the rule that something is filled in; the field then carries no mark of being optional."""

    def check(form: Any, field: Any) -> None:
        del form
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            raise ValidationError(message)

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


class LineField(StringField):
    """One line of text; nothing typed is None."""

    def __init__(self, label: Any, rules: tuple[Any, ...] = (), *, letters: int = 240, **options: Any) -> None:
        """Take a line of at most `letters` letters."""
        filters = (blank_to_none,)
        super().__init__(label, [*rules, at_most(letters)], filters=filters, **options)


class ParagraphField(TextAreaField):
    """Several lines of text; nothing typed is None."""

    def __init__(self, label: Any, *, letters: int = 4000, **options: Any) -> None:
        """Take a text of at most `letters` letters."""
        super().__init__(label, [at_most(letters)], filters=(blank_to_none,), **options)


class DayField(DateField):
    """A date, as the browser sends it or as people write it."""

    data: Any

    def __init__(self, label: Any, rules: tuple[Any, ...] = (), **options: Any) -> None:
        """Take any of the usual forms."""
        super().__init__(label, rules, format=DAY_FORMS, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a date; nothing typed is None."""
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Tulis tanggal yang ada, misalnya 31-12-2026.")) from None


class CountField(IntegerField):
    """A whole number between two borders; dots between thousands are taken, nothing typed is None."""

    data: Any

    def __init__(self, label: Any, *, least: int = 0, most: int = 10**15, **options: Any) -> None:
        """Take a number from `least` to `most`."""
        super().__init__(label, **options)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a number; one outside the borders never becomes a value, so that nothing is worked out from it."""
        typed = valuelist[0].strip().removeprefix("Rp").strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        digits = typed.replace(".", "").replace(" ", "")
        if not digits.isascii() or not digits.isdigit():
            raise ValueError(_l("Tulis angka bulat, misalnya 325.000.000."))
        number = int(digits.lstrip("0")[:MOST_DIGITS] or 0)
        if not self.least <= number <= self.most:
            raise ValueError(_l("Tulis angka dari %(a)s sampai %(b)s.", a=self.least, b=self.most))
        self.data = number

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:,}".replace(",", ".")


class _OneChoice(wtforms.SelectField):
    """A choice of which white space alone is none: the rule that it may be left out takes both for the same."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was chosen."""
        super().process_formdata([value if value.strip() else "" for value in valuelist])


class SelectField(_OneChoice):
    """One of a list."""


class RadioField(_OneChoice, wtforms.RadioField):
    """One of a few, all of which are seen at once."""


class OneOfField(SelectField):
    """One of a list; the empty choice is None."""

    def __init__(self, label: Any, rules: tuple[Any, ...] = (), **options: Any) -> None:
        """Begin without choices; the page gives them."""
        super().__init__(label, rules, filters=(blank_to_none,), **options)

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not on the list."""
        del form
        if self.data is not None and self.data not in {choice[0] for choice in self.choices}:
            raise ValidationError(_l("Pilih dari daftar."))


class SomeOfField(SelectMultipleField):
    """Any number of a list."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not on the list."""
        del form
        if set(self.data or ()) - {choice[0] for choice in self.choices}:
            raise ValidationError(_l("Pilih dari daftar."))
