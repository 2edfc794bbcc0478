"""The pages that tests of whole pages open: every endpoint that somebody can reach, records in different states.

Taken from a walk of the sample house, so that a new page is taken in by itself. For the office each page of a
record is opened for a full sample, and for a real one of which little is known.
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from portal.domain.agreement import AgreementKind, Stage
from portal.models import Account, Agreement, AgreementParty, Message, Obligation, Organisation
from tests.harness import crawl
from tests.harness.sample import SampleHouse, close_house, config_of, open_house
from tests.harness.sharing import MakeOnce
from tests.harness.visitors import Visitor

OFFICER, ADMIN, PARTNER = "ratna@kemensos.example", "admin@kemensos.example", "siti@arunika.example"
NOTHING = "?q=tidak-ada-yang-bernama-begini"
BOTH = (".show", ".edit", ".overview")
"""Pages on which much or little that is known makes a difference."""
UNSIGNED = (".upload",)
"""Pages that are whole only while the text is still written."""
LATEST = (".rendition",)
"""Pages of which the last record shows most: a file that came back."""
STATES = 4
"""So many records of a partner's endpoint are opened: its reports differ by state."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much is walked with the keyboard: every kind of control of each page, or every control."""
    parser.addoption("--keys-on", choices=["gate", "all"], default="gate", help="how much the keyboard walks")


@dataclass(frozen=True, kw_only=True)
class Tour:
    """Who goes where: the cookies to open the addresses with, and each address with its endpoint."""

    cookies: tuple[tuple[str, str], ...]
    stops: dict[str, str]

    @property
    def paths(self) -> list[str]:
        """Every address."""
        return list(self.stops)

    @property
    def one_each(self) -> list[str]:
        """One address of each endpoint, the first."""
        first: dict[str, str] = {}
        for path, endpoint in self.stops.items():
            first.setdefault(endpoint, path)
        return list(first.values())


def partner_of(house: SampleHouse) -> Organisation:
    """The organisation whose people the tests play."""
    return house.session.scalars(select(Account).where(Account.email == PARTNER)).one().organisation


def fullest(house: SampleHouse) -> Agreement:
    """The partner's agreement with the most obligations."""
    query = (
        select(Obligation.agreement_id)
        .join(AgreementParty, AgreementParty.agreement_id == Obligation.agreement_id)
        .where(AgreementParty.organisation_id == partner_of(house).id)
        .group_by(Obligation.agreement_id)
        .order_by(func.count().desc(), Obligation.agreement_id)
    )
    return house.session.get_one(Agreement, house.session.scalars(query).first())


def make_word(house: SampleHouse, agreement: Agreement) -> None:
    """Make a Word file of an agreement as if it were still being written."""
    code, stage, agreement.stage = agreement.code, agreement.stage, Stage.DRAFTING
    house.session.commit()
    assert house.visitor(OFFICER).open(f"/kantor/naskah/{code}/naskah-word", method="POST").status_code == 302
    agreement.stage = stage
    house.session.commit()


def chosen(house: SampleHouse) -> list[list[str]]:
    """Codes of two agreements and of two organisations: a full sample, and a real one with much unknown."""
    unknown = select(Agreement.code).where(
        Agreement.is_sample.is_(False), Agreement.kind == AgreementKind.PKS, Agreement.stage == Stage.EXPLORATION
    )
    real = house.session.scalars(unknown.order_by(Agreement.id)).first() or ""
    talked_to = house.session.scalars(select(Organisation.code).where(Organisation.short_name == "LPSK")).one()
    return [[fullest(house).code, real], [partner_of(house).code, talked_to]]


@pytest.fixture(scope="session")
def untouched(loaded_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleHouse]:
    """A copy of both sets that is only ever read: its addresses are those of every other copy."""
    folder = tmp_path_factory.mktemp("untouched") / "copy"
    shutil.copytree(loaded_sample, folder)
    house = open_house(config_of(folder, demo=True))
    yield house
    close_house(house)


Stops = Callable[[str], dict[str, str]]


@pytest.fixture(scope="session")
def walked_stops(request: pytest.FixtureRequest, make_once: MakeOnce) -> Stops:
    """The addresses of each reader; a walk takes many seconds and is made once in a run, by whoever needs it first."""

    def get(reader: str) -> dict[str, str]:
        def walk(folder: Path) -> None:
            stops = READERS[reader][1](request.getfixturevalue("untouched"))
            (folder / "stops.json").write_text(json.dumps(stops))

        found: dict[str, str] = json.loads((make_once(f"walk-{reader}", walk) / "stops.json").read_text())
        return found

    return get


Tours = Callable[[str], Tour]


@pytest.fixture(scope="module")
def tours(house: SampleHouse, walked_stops: Stops) -> Tours:
    """Where each reader goes in the module's `house`: `tours("officer")`."""

    def get(reader: str) -> Tour:
        email = READERS[reader][0]
        return Tour(cookies=house.visitor(email).cookies if email else (), stops=walked_stops(reader))

    return get


def stops_of(house: SampleHouse, email: str, *, each: int = crawl.VARIANTS) -> dict[str, str]:
    """Where somebody can go on their own side of the portal; of the office's records `each` are opened."""
    visitor = house.visitor(email)
    inside = bool(visitor.account and visitor.account.organisation.is_ours)
    walked = crawl.walk(visitor, "/kantor" if inside else "/mitra/", each=each if inside else None)
    return {
        path: endpoint
        for endpoint, found in by_endpoint(visitor, walked).items()
        for path in picked(house, visitor, endpoint, found, inside=inside)
    }


def by_endpoint(visitor: Visitor, walked: crawl.Walk) -> dict[str, list[str]]:
    """The pages of a walk on the visitor's own side, by endpoint; files and redirects are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, code in walked.answers.items():
        endpoint = crawl.endpoint(visitor, path) or ""
        if code == 200 and "<html" in walked.bodies[path] and endpoint.startswith(("staff.", "partner.")):
            found[endpoint].append(path)
    return found


def picked(house: SampleHouse, visitor: Visitor, endpoint: str, found: list[str], *, inside: bool) -> list[str]:
    """The addresses of one endpoint that are worth a visit."""
    routes = house.app.url_map.bind("localhost")
    values: dict[str, Any] = routes.match(urlsplit(found[0]).path)[1]
    if not values:
        is_list = endpoint.endswith(".index")
        empty = [urlsplit(found[0]).path + NOTHING] if is_list and inside else []
        return [*found[: 2 if is_list or not inside else 1], *empty]
    if endpoint.startswith("staff.drafting."):
        # What is signed is not drafted any more: the walk found the drafts that are.
        return found[: 2 if endpoint.endswith(BOTH) else 1]
    if inside and list(values) == ["code"]:
        for codes in chosen(house):
            if values["code"] in known_codes(house, codes[0]):
                worth = codes if endpoint.endswith(BOTH) else codes[1:] if endpoint.endswith(UNSIGNED) else codes[:1]
                return [routes.build(endpoint, {"code": code}) for code in worth]
    if endpoint.endswith(LATEST):
        return [max(found)]
    return found[: 1 if inside else STATES]


def known_codes(house: SampleHouse, example: str) -> set[str]:
    """All codes of the table that an example belongs to."""
    agreements = set(house.session.scalars(select(Agreement.code)))
    return agreements if example in agreements else set(house.session.scalars(select(Organisation.code)))


def invitation_path(house: SampleHouse) -> str:
    """The secret address in the mail of an invitation that is still open."""
    sent = house.session.scalars(select(Message).where(Message.template == "invitation").order_by(Message.id)).first()
    return urlsplit(str(sent.values["link"])).path if sent else ""


def office_stops(house: SampleHouse) -> dict[str, str]:
    """Every page of an officer, a refused one and an absent one among them."""
    refused = {"/kantor/kelola/libur/2026/baru": "error.refused", "/kantor/naskah/TIDAK-ADA": "error.absent"}
    return stops_of(house, OFFICER) | refused


def admin_stops(house: SampleHouse) -> dict[str, str]:
    """The first page of an administrator, and the pages that nobody else has."""
    officer = house.visitor(OFFICER)
    own = stops_of(house, ADMIN, each=1)
    denied = {path: endpoint for path, endpoint in own.items() if officer.open(path).status_code == 403}
    assert denied, "an officer may open everything that an administrator opens"
    return {"/kantor": "staff.home.show"} | denied


def home_stops(house: SampleHouse) -> dict[str, str]:
    """The first page alone: it differs by role."""
    return {"/kantor": "staff.home.show"}


def partner_stops(house: SampleHouse) -> dict[str, str]:
    """Every page of a partner."""
    return stops_of(house, PARTNER)


def public_stops(house: SampleHouse) -> dict[str, str]:
    """What can be read without signing in, absent pages among it."""
    return {
        "/masuk": "auth.sign_in",
        "/undangan": "auth.spoken",
        "/lupa-sandi": "auth.forgotten",
        invitation_path(house): "auth.invitation",
        "/bantuan": "front.guide",
        "/aksesibilitas": "front.accessibility",
        "/tidak-ada": "error.absent",
        "/undangan/tidak-ada": "error.invitation",
    }


READERS: dict[str, tuple[str | None, Callable[[SampleHouse], dict[str, str]]]] = {
    "officer": (OFFICER, office_stops),
    "admin": (ADMIN, admin_stops),
    "legal": ("dewi@kemensos.example", home_stops),
    "director": ("kinanti@kemensos.example", home_stops),
    "partner": (PARTNER, partner_stops),
    "nobody": (None, public_stops),
}
