"""Reads of the template library: the list, what a draft can start from, who uses which version."""

import pytest

from portal.domain.agreement import AgreementKind
from portal.domain.errors import NotFound
from portal.domain.publication import Publication
from portal.queries import doc_templates as reading
from portal.services import doc_templates
from portal.services.doc_templates import Incoming
from portal.storage import Storage
from tests.factories import make_agreement
from tests.factories.clauses import make_actor
from tests.factories.doc_templates import make_draft, misspelt
from tests.factories.instants import NOW
from tests.harness.databases import statements


@pytest.fixture
def storage(tmp_path):
    """A folder for files, and the shipped templates in the library."""
    return Storage(tmp_path)


@pytest.fixture(autouse=True)
def mou(session, storage):
    """The shipped templates."""
    doc_templates.seed(session, storage=storage, now=NOW)
    return reading.get_template(session, "mou")


def test_the_list_sums_up_versions_findings_and_drafts(session, storage, mou):
    make_draft(session, make_agreement(session), mou.versions[0])
    incoming = Incoming(name="mou.docx", content=misspelt())
    doc_templates.upload(session, mou, incoming, actor=make_actor(session), now=NOW, storage=storage)
    row = next(row for row in reading.list_templates(session) if row.code == "mou")
    assert (row.number, row.stage, row.waiting, row.drafts) == (1, Publication.PUBLISHED, 2, 1)
    assert row.errors == 0
    assert sum(one.is_error for one in reading.findings(mou.versions[1])) > 0


def test_retired_templates_stand_last(session, mou):
    doc_templates.retire(session, mou, actor=make_actor(session), now=NOW)
    rows = reading.list_templates(session)
    assert [row.is_retired for row in rows] == [False] * (len(rows) - 1) + [True]
    assert rows[-1].code == "mou"


def test_each_kind_starts_with_its_first_published_template(session):
    for kind in AgreementKind:
        choices = reading.choices(session, kind)
        current = reading.current_for(session, kind)
        assert current is (choices[0] if choices else None)
        assert {one.template.kind for one in choices} <= {kind}
    assert reading.current_for(session, AgreementKind.PKS).template.code == "pks"


def test_who_uses_which_version_is_counted_and_confidential_ones_are_left_out(session, mou):
    shown, hidden = make_agreement(session), make_agreement(session, is_confidential=True)
    for agreement in (shown, hidden):
        make_draft(session, agreement, mou.versions[0])
    assert reading.count_drafts(session, mou.id) == {1: 2}
    assert {row.code for row in reading.used_by(session, mou.id, with_confidential=True)} == {shown.code, hidden.code}
    [row] = reading.used_by(session, mou.id, with_confidential=False)
    assert (row.code, row.title, row.number) == (shown.code, shown.title, 1)


@pytest.mark.parametrize(("code", "number"), [("mou", 2), ("entah", 1), ("mou", 987654321)])
def test_an_unknown_version_is_not_found(session, code, number):
    with pytest.raises(NotFound):
        reading.get(session, code, number)


def test_the_list_asks_as_often_for_many_as_for_few(session, storage):
    def asked():
        session.expire_all()
        with statements() as ran:
            reading.list_templates(session)
        return len(ran)

    first, actor = asked(), make_actor(session)
    for code in ("mou", "pks"):
        template = reading.get_template(session, code)
        for number in range(4):
            incoming = Incoming(name="a.docx", content=misspelt() + bytes(number))
            doc_templates.upload(session, template, incoming, actor=actor, now=NOW, storage=storage)
    assert asked() == first
