"""The light of a partner's papers: red is what is known to be wrong, amber what is not recorded or runs out soon."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from portal.domain.organisation import Accreditation, LegalForm
from portal.domain.organisation_card import DocumentKind
from portal.domain.readiness import SOON_DAYS, Light, Matter, judge, of_papers

TODAY = date(2026, 11, 21)
YESTERDAY = TODAY - timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Papers:
    """What is recorded of a welfare institution in order."""

    legal_form: LegalForm | None = LegalForm.FOUNDATION
    deed_number: str | None = "7"
    tax_number: str | None = "00.000"
    registration_number: str | None = "R/1"
    registration_expires_on: date | None = date(2029, 1, 1)
    accreditation: Accreditation | None = Accreditation.B
    accreditation_expires_on: date | None = date(2029, 1, 1)
    bank_account_number: str | None = "123"


@dataclass(frozen=True, kw_only=True)
class Term:
    """Somebody in office."""

    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Card:
    """A paper on the card."""

    kind: DocumentKind
    expires_on: date | None


def test_papers_in_order_give_green():
    found = judge(Papers(), [Term()], TODAY)
    assert (found.light, found.reasons) == (Light.GREEN, ())


@pytest.mark.parametrize(
    ("changes", "light", "matter"),
    [
        ({"registration_expires_on": YESTERDAY}, Light.RED, Matter.REGISTRATION),
        ({"registration_expires_on": TODAY}, Light.AMBER, Matter.REGISTRATION),
        ({"registration_expires_on": TODAY + timedelta(days=SOON_DAYS)}, Light.AMBER, Matter.REGISTRATION),
        ({"registration_expires_on": TODAY + timedelta(days=SOON_DAYS + 1)}, Light.GREEN, None),
        ({"registration_expires_on": None}, Light.GREEN, None),
        ({"accreditation_expires_on": YESTERDAY}, Light.RED, Matter.ACCREDITATION),
        ({"registration_number": None}, Light.AMBER, Matter.REGISTRATION),
        ({"accreditation": None}, Light.AMBER, Matter.ACCREDITATION),
        ({"deed_number": None}, Light.AMBER, Matter.DEED),
        ({"deed_number": None, "legal_form": LegalForm.UNINCORPORATED}, Light.GREEN, None),
        ({"tax_number": ""}, Light.AMBER, Matter.TAX_NUMBER),
        ({"bank_account_number": None}, Light.AMBER, Matter.BANK),
    ],
)
def test_each_paper_has_its_rule(changes, light, matter):
    found = judge(replace(Papers(), **changes), [Term()], TODAY)
    assert found.light is light
    assert [one.matter for one in found.reasons] == ([matter] if matter else [])


@pytest.mark.parametrize(
    ("terms", "light"),
    [
        ([], Light.AMBER),
        ([Term(ends_on=YESTERDAY)], Light.RED),
        ([Term(ends_on=TODAY)], Light.GREEN),
        ([Term(starts_on=TODAY + timedelta(days=1))], Light.RED),
        ([Term(ends_on=YESTERDAY), Term(starts_on=TODAY)], Light.GREEN),
    ],
)
def test_somebody_must_be_in_office(terms, light):
    assert judge(Papers(), terms, TODAY).light is light
    assert judge(None, terms, TODAY).light is light


def test_red_reasons_come_first():
    papers = Papers(registration_number=None, accreditation_expires_on=YESTERDAY)
    assert [one.light for one in of_papers(papers, TODAY)] == [Light.RED, Light.AMBER]
    assert judge(papers, [Term()], TODAY).light is Light.RED


@pytest.mark.parametrize(
    ("kind", "days", "light"),
    [
        (DocumentKind.POWER_OF_ATTORNEY, -1, Light.AMBER),
        (DocumentKind.POWER_OF_ATTORNEY, SOON_DAYS, Light.AMBER),
        (DocumentKind.POWER_OF_ATTORNEY, SOON_DAYS + 1, Light.GREEN),
        (DocumentKind.REGISTRATION, -1, Light.GREEN),
        (DocumentKind.OTHER, None, Light.GREEN),
    ],
)
def test_a_paper_on_the_card_is_told_before_it_runs_out(kind, days, light):
    last = None if days is None else TODAY + timedelta(days=days)
    assert judge(Papers(), [Term()], TODAY, [Card(kind=kind, expires_on=last)]).light is light
