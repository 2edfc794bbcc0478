"""What is kept of a page is told anew as soon as it is different, and never to somebody else."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.models import Agreement, AgreementParty
from portal.web import drawn
from tests.factories import make_agreement, make_ministry, make_partner
from tests.harness import markup

LIST = "/kantor/naskah"


@pytest.fixture
def title(session):
    """The title of one agreement in the register."""
    parties = (make_ministry(session), make_partner(session, name="Yayasan Lama"))
    make_agreement(session, parties, title="Judul Lama", ends_on=date(2030, 1, 1))
    return "Judul Lama"


def lines(visitor) -> str:
    """The words of the table."""
    return markup.words(visitor.read(LIST).one("//tbody"))


def test_a_changed_line_is_told_at_once(session, as_staff, title):
    officer = as_staff()
    assert title in lines(officer)
    session.scalars(select(Agreement)).one().title = "Judul Baru"
    session.commit()
    assert "Judul Baru" in lines(officer)
    seat = session.scalars(select(AgreementParty).where(AgreementParty.name_printed == "Yayasan Lama")).one()
    seat.name_printed = "Yayasan Baru"
    session.commit()
    assert "Yayasan Baru" in lines(officer)
    assert "Yayasan Lama" not in lines(officer)


def test_the_list_and_its_frame_are_kept_for_each_language(as_staff, title):
    officer = as_staff()
    for language in ("id", "en", "id"):
        officer.open(f"/bahasa/{language}")
        page = officer.read(LIST)
        assert page.one("/html").get("lang") == language
        assert ("Berlaku" in markup.words(page.one("//nav[contains(@class, 'saved-views')]"))) == (language == "id")
        assert ("Beranda" in markup.words(page.one("//nav[@class='side']"))) == (language == "id")


def test_each_role_has_its_own_menu_whoever_came_before(as_staff, title):
    seen = []
    for role in (Role.OFFICER, Role.ADMIN, Role.OFFICER):
        page = as_staff(role).read(LIST)
        seen.append([markup.words(link) for link in page.all("//nav[@class='side']//a")])
    assert seen[0] == seen[2] != seen[1]


def test_what_a_paper_hides_from_a_role_is_not_shown_from_what_another_saw(session, as_staff, title):
    session.scalars(select(Agreement)).one().is_confidential = True
    session.commit()
    assert title in lines(as_staff())
    assert title not in as_staff(Role.ADMIN).read(LIST).text


def test_a_piece_is_drawn_once_for_what_it_shows(app):
    drawings, asked = drawn.Drawings(), []
    for key in (1, 1, 2, 1):
        assert drawings.keep(key, lambda key=key: asked.append(key) or key) == key
    assert asked == [1, 2]
    for key in range(drawn.MOST + 1):
        drawings.keep(("other", key), lambda: None)
    drawings.keep(1, lambda: asked.append("again"))
    assert asked == [1, 2, "again"]


def test_addresses_keep_where_the_portal_is_mounted(app):
    with app.test_request_context("/", base_url="http://localhost/"):
        plain = app.url_for("staff.agreements.show", code="PKS-2026-0001")
    with app.test_request_context("/", base_url="http://localhost/simpul"):
        mounted = app.url_for("staff.agreements.show", code="PKS-2026-0001")
        assert app.url_for("front.home", _external=True) == "http://localhost/simpul/"
    assert mounted == f"/simpul{plain}"
