"""Settings of a template: how parties are called, who signs where, paper, font and margins. Pure values.

Defaults follow design: domain §8, 2. What a setting does to the Word file is `documents.page_setup`'s.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.paper import Paper, SignatureSide
from portal.domain.wording.phrases import PartyStyle

__all__ = [
    "DEFAULT",
    "FONTS",
    "FONT_SIZES",
    "NARROWEST_MARGIN",
    "WIDEST_MARGIN",
    "Paper",
    "SignatureSide",
    "TemplateSettings",
    "read",
    "to_plain",
]

FONTS: Final = ("Arial", "Times New Roman", "Bookman Old Style", "Calibri", "Cambria", "Tahoma")
FONT_SIZES: Final = (11, 12)
NARROWEST_MARGIN: Final = 15
WIDEST_MARGIN: Final = 50

_Choice = TypeVar("_Choice", bound=StrEnum)
_SIDES: Final = ("margin_top", "margin_bottom", "margin_left", "margin_right")
_PAPER_MM: Final = {Paper.A4: (210, 297), Paper.F4: (215, 330)}


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateSettings:
    """The settings of one template; margins in millimetres, font size in points."""

    party_style: PartyStyle = PartyStyle.KESATU
    signature_side: SignatureSide = SignatureSide.FIRST_LEFT
    paper: Paper = Paper.A4
    font: str = "Arial"
    font_size: int = 12
    margin_top: int = 25
    margin_bottom: int = 25
    margin_left: int = 30
    margin_right: int = 20

    @property
    def paper_mm(self) -> tuple[int, int]:
        """Width and height of the paper in millimetres."""
        return _PAPER_MM[self.paper]


DEFAULT: Final = TemplateSettings()


def read(plain: Mapping[str, Any]) -> TemplateSettings:
    """Read settings from plain values, missing ones as by default.

    Raises RuleBroken, with the field, for a value that no office uses.
    """
    for name in plain:
        if name not in TemplateSettings.__dataclass_fields__:
            raise RuleBroken(N_("Pengaturan “%(name)s” tidak dikenal."), name=name)
    if (font := plain.get("font", DEFAULT.font)) not in FONTS:
        raise RuleBroken(
            N_("Huruf “%(font)s” tidak tersedia. Pilih salah satu huruf dalam daftar."), field="font", font=font
        )
    size = _whole(plain, "font_size")
    if size not in FONT_SIZES:
        raise RuleBroken(N_("Ukuran huruf naskah 11 atau 12."), field="font_size")
    return TemplateSettings(
        party_style=_choice(PartyStyle, plain, "party_style"),
        signature_side=_choice(SignatureSide, plain, "signature_side"),
        paper=_choice(Paper, plain, "paper"),
        font=font,
        font_size=size,
        **{side: _margin(plain, side) for side in _SIDES},
    )


def to_plain(settings: TemplateSettings) -> dict[str, Any]:
    """Return settings as plain JSON; what `read` takes."""
    return {name: value.value if isinstance(value, StrEnum) else value for name, value in asdict(settings).items()}


def _choice(kind: type[_Choice], plain: Mapping[str, Any], name: str) -> _Choice:
    try:
        return kind(plain.get(name, getattr(DEFAULT, name)))
    except ValueError:
        raise RuleBroken(N_("Pilih salah satu nilai yang tersedia."), field=name) from None


def _margin(plain: Mapping[str, Any], name: str) -> int:
    margin = _whole(plain, name)
    if not NARROWEST_MARGIN <= margin <= WIDEST_MARGIN:
        raise RuleBroken(
            N_("Margin antara %(least)s dan %(most)s mm."), field=name, least=NARROWEST_MARGIN, most=WIDEST_MARGIN
        )
    return margin


def _whole(plain: Mapping[str, Any], name: str) -> int:
    try:
        return int(plain.get(name, getattr(DEFAULT, name)))
    except (TypeError, ValueError):
        raise RuleBroken(N_("Isi dengan bilangan bulat."), field=name) from None
