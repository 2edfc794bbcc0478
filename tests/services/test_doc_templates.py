"""The template library: seeding, upload with its check, publishing, retiring, sample drafts."""

import pytest
from sqlalchemy import select

from portal.documents import preview
from portal.documents.refusal import TemplateRefused
from portal.domain.agreement import AgreementKind
from portal.domain.errors import NotAllowed, NotFound, RuleBroken
from portal.domain.policy import Role
from portal.domain.publication import Publication
from portal.models import DocTemplate, DocTemplateVersion, Entry
from portal.queries import doc_templates as reading
from portal.services import clauses, doc_templates, template_lint
from portal.services.doc_templates import Incoming, NewTemplate
from portal.storage import Storage
from tests.documents import attacks
from tests.factories import make_agreement
from tests.factories.clauses import make_actor
from tests.factories.doc_templates import altered, make_draft, misspelt, reworded, shipped
from tests.factories.instants import NOW


@pytest.fixture
def storage(tmp_path):
    """A folder for files."""
    return Storage(tmp_path)


@pytest.fixture
def mou(session, storage):
    """The shipped MoU template, with the clauses it starts with."""
    clauses.seed(session, now=NOW)
    doc_templates.seed(session, storage=storage, now=NOW)
    return reading.get_template(session, "mou")


@pytest.fixture
def put(session, storage):
    """Upload as somebody of the legal bureau: `put(template, content)`."""
    legal = make_actor(session)

    def upload(template, content, name="mou.docx"):
        incoming = Incoming(name=name, content=content)
        return doc_templates.upload(session, template, incoming, actor=legal, now=NOW, storage=storage)

    return upload


def test_shipped_templates_come_in_once_published_with_their_clauses(session, storage):
    assert doc_templates.seed(session, storage=storage, now=NOW) > 0
    assert doc_templates.seed(session, storage=storage, now=NOW) == 0
    mou = reading.current_for(session, AgreementKind.MOU)
    assert (mou.template.code, mou.number, mou.stage) == ("mou", 1, Publication.PUBLISHED)
    assert storage.read(mou.digest) == shipped("mou")
    assert "ruang-lingkup" in [slot["code"] for slot in mou.clauses]
    assert reading.current_for(session, AgreementKind.PKS).template.code == "pks"


def test_shipped_templates_pass_their_own_check(session, storage, mou):
    from portal.queries import clauses as clause_reading

    for version in reading.choices(session):
        tree = clause_reading.articles(session, version.clauses)
        found = template_lint.examined(doc_templates.open_version(version, storage), tree)
        assert [one.sentence for one in found if one.is_error] == []
    assert mou.versions


def test_a_wrong_upload_is_kept_with_its_findings_and_cannot_be_published(session, storage, mou, put):
    version = put(mou, misspelt())
    assert (version.number, version.stage, version.clauses) == (2, Publication.DRAFT, mou.versions[0].clauses)
    assert storage.read(version.digest) == misspelt()
    errors = [one for one in reading.findings(version) if one.is_error]
    assert any("judull" in one.sentence + one.tag for one in errors)
    with pytest.raises(RuleBroken, match="kesalahan"):
        doc_templates.publish(session, version, actor=make_actor(session), now=NOW)
    assert reading.current_for(session, AgreementKind.MOU).number == 1


def test_doubts_that_the_shipped_template_leaves_too_are_not_repeated(session, mou, put):
    version = put(mou, reworded())
    assert reading.findings(version) == ()
    lost = put(mou, altered(shipped(), "{{ p.alamat }}", "Jakarta"))
    [one] = reading.findings(lost)
    assert (one.code, one.values["name"], one.is_error) == ("T201", "pihak[].alamat", False)


def test_a_wrong_tag_is_placed_in_the_paragraph_of_the_file(session, mou, put):
    from portal.documents import usage

    [one] = [one for one in reading.findings(put(mou, misspelt())) if one.is_error]
    assert "judull" in usage.paragraphs(misspelt())[one.part][one.paragraph - 1]


def test_publishing_retires_the_version_before_and_drafts_keep_theirs(session, mou, put):
    draft = make_draft(session, make_agreement(session, kind=AgreementKind.MOU), mou.versions[0])
    version = put(mou, reworded())
    doc_templates.publish(session, version, actor=make_actor(session), now=NOW)
    assert [one.stage for one in mou.versions] == [Publication.RETIRED, Publication.PUBLISHED]
    assert reading.current_for(session, AgreementKind.MOU) is version
    assert draft.template_version.number == 1
    trail = session.scalars(select(Entry.action).where(Entry.subject_kind == "doc_template_version")).all()
    assert trail[-2:] == ["template_uploaded", "template_published"]


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"%PDF-1.4", "mou.docx"), (b"", "mou.docx"), (altered(shipped(), "<w:body>", "<w:body><w:altChunk/>"), "a.docx")],
)
def test_a_file_that_does_not_pass_the_gate_is_refused_at_its_field(session, mou, put, content, name):
    with pytest.raises(RuleBroken) as refused:
        put(mou, content, name)
    assert refused.value.field == "file"
    assert len(session.scalars(select(DocTemplateVersion).where(DocTemplateVersion.template_id == mou.id)).all()) == 1


def test_the_same_file_makes_no_version(mou, put):
    with pytest.raises(RuleBroken, match="sama dengan versi 1"):
        put(mou, shipped())


def test_only_legal_uploads_and_publishes(session, storage, mou, put):
    officer, version = make_actor(session, Role.OFFICER), put(mou, reworded())
    incoming = Incoming(name="mou.docx", content=misspelt())
    for act in (
        lambda: doc_templates.upload(session, mou, incoming, actor=officer, now=NOW, storage=storage),
        lambda: doc_templates.publish(session, version, actor=officer, now=NOW),
        lambda: doc_templates.retire(session, mou, actor=officer, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_new_template_borrows_names_and_clauses_and_waits_for_publishing(session, storage, mou):
    facts = NewTemplate(name=" MoU  daerah ", kind=AgreementKind.MOU, schema_code="mou")
    incoming = Incoming(name="daerah.docx", content=reworded())
    version = doc_templates.create(session, facts, incoming, actor=make_actor(session), now=NOW, storage=storage)
    template = version.template
    assert (template.code, template.name, template.schema_code) == ("templat-0001", "MoU daerah", "mou")
    assert (version.number, version.clauses) == (1, mou.versions[0].clauses)
    assert reading.published(template) is None
    doc_templates.publish(session, version, actor=make_actor(session), now=NOW)
    codes = [one.template.code for one in reading.choices(session, AgreementKind.MOU)]
    assert codes[0] == "mou"
    assert codes[-1] == "templat-0001"


@pytest.mark.parametrize(
    ("words", "field"),
    [({"name": " "}, "name"), ({"schema_code": "entah"}, "schema_code"), ({"language": "x"}, "language")],
)
def test_a_new_template_is_refused_at_its_field(session, storage, mou, words, field):
    facts = NewTemplate(**({"name": "A", "kind": AgreementKind.MOU, "schema_code": mou.code} | words))
    incoming = Incoming(name="a.docx", content=reworded())
    with pytest.raises(RuleBroken) as refused:
        doc_templates.create(session, facts, incoming, actor=make_actor(session), now=NOW, storage=storage)
    assert refused.value.field == field


def test_a_retired_template_is_offered_no_longer_until_a_version_is_published(session, mou, put):
    legal = make_actor(session)
    doc_templates.retire(session, mou, actor=legal, now=NOW)
    assert "mou" not in {one.template.code for one in reading.choices(session)}
    with pytest.raises(RuleBroken):
        doc_templates.retire(session, mou, actor=legal, now=NOW)
    doc_templates.publish(session, put(mou, reworded()), actor=legal, now=NOW)
    assert "mou" in {one.template.code for one in reading.choices(session)}


def test_a_sample_draft_holds_the_articles_of_the_template(session, storage, mou):
    made = doc_templates.sample(session, mou.versions[0], storage=storage)
    text = preview.text(made.content)
    assert "Pasal 1" in text
    assert "{{" not in text
    assert "{%" not in text


def test_the_settings_of_a_version_are_applied_to_its_file(session, storage, mou):
    version = mou.versions[0]
    plain = doc_templates.open_version(version, storage)
    version.settings = version.settings | {"font": "Tahoma"}
    other = doc_templates.open_version(version, storage)
    assert plain.digest != other.digest
    assert plain.content != other.content


def test_a_version_from_the_days_of_softer_rules_is_not_used(session, storage, mou):
    """The gate of today judges what is kept, whatever judged it when it came in; the files of drafts stay."""
    version = mou.versions[0]
    version.digest = storage.keep(attacks.BAD["DDEAUTO over runs"][0])
    with pytest.raises(TemplateRefused, match=r"tidak lagi lolos.*DDE"):
        doc_templates.open_version(version, storage)
    with pytest.raises(TemplateRefused, match="tidak lagi lolos"):
        doc_templates.sample(session, version, storage=storage)


def test_a_version_whose_bytes_are_gone_is_not_found(session, mou, tmp_path):
    with pytest.raises(NotFound):
        doc_templates.open_version(mou.versions[0], Storage(tmp_path / "empty"))
    assert session.get(DocTemplate, mou.id) is mou
