"""Telephone numbers as people write them, made ready for links. Whose number it is stands in the tables."""

import re

_SHORTEST = 7
_COUNTRY = "62"


def dialled(phone: str | None) -> str | None:
    """Return the number for a telephone link ("(021) 310-3591" → "+62213103591"); None when it is no number."""
    digits = re.sub(r"\D", "", phone or "")
    if digits.startswith("0"):
        digits = _COUNTRY + digits[1:]
    return f"+{digits}" if len(digits) >= _SHORTEST else None


def mobile(phone: str | None) -> str | None:
    """Return the digits of an Indonesian mobile number ("0812-3456-7890" → "6281234567890"), else None.

    Only mobile numbers can be reached by WhatsApp; they begin with 08 or +628.
    """
    number = dialled(phone)
    return number[1:] if number and number.startswith(f"+{_COUNTRY}8") else None
