"""Organisations: what kinds there are, their time zones and legal forms."""

import unicodedata
from datetime import timedelta, timezone
from enum import StrEnum


class OrganisationKind(StrEnum):
    """What an organisation is (design: issue of the register; domain §5)."""

    MINISTRY = "ministry"
    UNIT = "unit"
    LKS = "lks"
    AGENCY = "agency"
    REGION = "region"
    UNIVERSITY = "university"
    COMPANY = "company"
    ASSOCIATION = "association"
    FOREIGN = "foreign"


class LegalForm(StrEnum):
    """Legal form of a welfare institution (UU 11/2009 Ps 46: it need not be a legal entity)."""

    FOUNDATION = "foundation"
    SOCIETY = "society"
    UNINCORPORATED = "unincorporated"


class Accreditation(StrEnum):
    """Level of accreditation of a welfare institution (design: domain §5.5)."""

    A = "A"
    B = "B"
    C = "C"


class Zone(StrEnum):
    """Indonesia's three time zones; no daylight saving (design: domain §4.3)."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"

    @property
    def timezone(self) -> timezone:
        """Return the fixed offset of the zone."""
        hours = {"WIB": 7, "WITA": 8, "WIT": 9}[self.value]
        return timezone(timedelta(hours=hours), self.value)


class Confidence(StrEnum):
    """How sure a recorded fact is."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    PROPOSED = "proposed"
    UNKNOWN = "unknown"


def fold(name: str) -> str:
    """Return the sorting and searching key of a name: no accents, lower case, single spaces."""
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(letters.casefold().split())
