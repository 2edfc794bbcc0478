"""How people were reached outside the portal."""

from enum import StrEnum


class ContactWay(StrEnum):
    """By which way somebody was reached."""

    WHATSAPP = "whatsapp"
    PHONE = "phone"
    MAIL = "mail"
    LETTER = "letter"
    VISIT = "visit"
