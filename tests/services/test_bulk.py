"""Drafts in bulk: every row is checked first, good rows are made once, wrong ones say why and hold up nobody."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.domain.agreement import AgreementKind, Stage
from portal.domain.bulk import BulkStage, RowStage
from portal.domain.errors import NotAllowed, RuleBroken
from portal.domain.policy import SYSTEM, Actor, Role
from portal.models import Agreement, BulkRow, Entry, Obligation, Rendition
from portal.queries import bulk as reading
from portal.queries import doc_templates as reading_templates
from portal.queries import drafts as draft_reading
from portal.services import bulk, draft_duties, drafts
from portal.services.bulk import Incoming
from portal.services.bulk_rows import Common
from portal.storage import Storage
from tests.factories import make_account, make_agreement, make_ministry, make_partner
from tests.factories.bulk_lists import make_library, make_run, make_workbook
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW
from tests.harness.databases import statements

LEASE = timedelta(minutes=5)


@pytest.fixture
def storage(tmp_path):
    """Files in a folder of this test."""
    return Storage(tmp_path)


@pytest.fixture
def officer(session):
    """The person who uploads the list."""
    account = make_account(session, Role.OFFICER)
    return Actor(
        account_id=account.id,
        name=account.name,
        organisation_id=account.organisation_id,
        roles=frozenset({Role.OFFICER}),
    )


def problems(run):
    return {row.number: [(one["column"], one["message"] % one["values"]) for one in row.problems] for row in run.rows}


def stages(run):
    return [row.stage for row in run.rows]


def make_all(session, storage, worker="satu"):
    """Work like the job, in one transaction."""
    run_id = bulk.claim(session, worker=worker, lease=LEASE)
    while run_id and bulk.make_next(session, run_id, worker=worker, lease=LEASE, now=NOW, storage=storage):
        pass
    session.expire_all()
    return run_id


def test_partners_are_found_by_code_name_short_name_and_alias(session, storage, officer):
    by_code, by_name = make_partner(session), make_partner(session, name="Yayasan Harapan Ibu")
    short = make_partner(session, name="Yayasan Kasih Bunda", short_name="YKB")
    alias = make_partner(session, name="Yayasan Mitra Lansia", aliases=["Rumah Lansia"])
    typed = [by_code.code, " yayasan  HARAPAN ibu", "ykb", "rumah lansia"]
    run = make_run(session, storage, ["Mitra"], *([one] for one in typed), actor=officer)
    assert stages(run) == [RowStage.READY] * 4
    assert [row.values["partner"] for row in run.rows] == [by_code.code, by_name.code, short.code, alias.code]


def test_what_is_wrong_is_named_by_row_and_column(session, storage, officer):
    known = make_partner(session, name="Yayasan Bhakti Nurul Iman")
    make_partner(session, name="Yayasan Sama"), make_partner(session, name="Yayasan Sama")
    run = make_run(
        session,
        storage,
        ["Mitra", "Judul", "Mulai berlaku", "Berakhir"],
        ["Yayasan Bakti Nurul Iman", None, None, None],
        ["Lembaga yang tidak ada", None, "besok", None],
        ["Yayasan Sama", None, None, None],
        [known.code, None, "1-1-2027", "31-12-2026"],
        [known.code, "Lain", None, None],
        [known.code, "LAIN", None, None],
        actor=officer,
        title=None,
    )
    told = problems(run)
    assert told[2][0] == ("Mitra", f"Mitra ini tidak ada. Maksud Anda Yayasan Bhakti Nurul Iman (kode {known.code})?")
    assert [column for column, _ in told[3]] == ["Mulai berlaku", "Mitra", "Judul"]
    assert "Ada 2 mitra bernama demikian" in told[4][0][1]
    assert {column for column, _ in told[5]} == {"Judul", "Berakhir"}
    assert told[6] == []
    assert told[7] == [("Mitra", "Baris ini sama dengan baris 6. Hapus salah satu.")]


def test_a_list_may_name_recorded_agreements(session, storage, officer):
    draft = make_agreement(session, stage=Stage.DRAFTING, signed_on=None)
    mou = make_agreement(session, kind=AgreementKind.MOU, stage=Stage.DRAFTING)
    closed = make_agreement(session, stage=Stage.CANCELLED, signed_on=None)
    hidden = make_agreement(session, stage=Stage.DRAFTING, is_confidential=True)
    codes = [draft.code, mou.code, closed.code, "PKS-1999-0001", hidden.code]
    run = make_run(session, storage, ["Kode naskah"], *([code] for code in codes), actor=officer)
    told = problems(run)
    assert told[2] == []
    assert "Jenis naskah" in told[3][0][1]
    assert "sudah ditandatangani atau ditutup" in told[4][0][1]
    assert told[5] == [("Kode naskah", "Tidak ada naskah berkode PKS-1999-0001.")]
    assert told[6] == []


def test_checking_asks_the_same_number_of_questions_for_any_list(session, storage, officer):
    version = make_library(session, storage)
    partners = [make_partner(session).code for _ in range(30)]

    def asked(codes):
        with statements() as ran:
            make_run(session, storage, ["Mitra"], *([code] for code in codes), actor=officer, version=version)
        return len([each for each in ran if each.startswith("SELECT")])

    asked(partners[:1])
    assert asked(partners[:2]) == asked(partners)


def test_good_rows_are_made_and_a_refused_one_holds_up_nobody(session, storage, officer):
    first, second = make_partner(session), make_partner(session)
    run = make_run(
        session,
        storage,
        ["Mitra", "Jangka waktu (bulan)", "Ruang lingkup", "Penanda tangan mitra"],
        [first.code, 36, "asesmen\npendampingan", "Ani Contoh"],
        ["tidak ada", None, None, None],
        [second.code, 18, None, None],
        actor=officer,
    )
    assert make_all(session, storage) is None, "nobody has started it"
    bulk.start(session, run, actor=officer, now=NOW)
    assert make_all(session, storage) == run.id
    assert run.stage is BulkStage.FINISHED
    assert stages(run) == [RowStage.MADE, RowStage.REFUSED, RowStage.MADE]
    made = run.rows[0].agreement
    assert (made.term_years, made.term_months, made.scope) == (3, None, ["asesmen", "pendampingan"])
    assert [party.organisation.code for party in made.parties] == ["KEMENSOS", first.code]
    assert made.parties[1].signatory_name == "Ani Contoh"
    assert run.rows[2].agreement.term_months == 6
    files = reading.made_files(session, run)
    assert [one.partner for one in files] == [first.name, second.name]
    assert all(storage.read(one.digest)[:2] == b"PK" for one in files)
    assert len({one.digest for one in files}) == 2
    names = session.scalars(select(Entry.action).where(Entry.subject_kind == "bulk_run").order_by(Entry.id)).all()
    assert names == ["bulk_list_taken_in", "bulk_run_started", "bulk_run_finished"]


def test_a_row_that_breaks_a_rule_fails_alone_with_its_sentence(session, storage, officer):
    partner = make_partner(session)
    active = make_agreement(session, stage=Stage.SIGNING)
    run = make_run(session, storage, ["Kode naskah", "Mitra"], [active.code, None], [None, partner.code], actor=officer)
    bulk.start(session, run, actor=officer, now=NOW)
    active.stage = Stage.ACTIVE
    session.flush()
    make_all(session, storage)
    assert stages(run) == [RowStage.FAILED, RowStage.MADE]
    assert "sudah ditandatangani" in run.rows[0].problems[0]["message"]


def test_rows_that_failed_can_be_made_again_when_their_reason_is_gone(session, storage, officer):
    active = make_agreement(session, stage=Stage.SIGNING)
    run = make_run(session, storage, ["Kode naskah"], [active.code], actor=officer)
    bulk.start(session, run, actor=officer, now=NOW)
    active.stage = Stage.ACTIVE
    session.flush()
    make_all(session, storage)
    assert stages(run) == [RowStage.FAILED]
    active.stage = Stage.SIGNING
    session.flush()
    assert bulk.retry(session, run, actor=officer, now=NOW) == 1
    assert make_all(session, storage) == run.id
    assert (stages(run), run.stage) == ([RowStage.MADE], BulkStage.FINISHED)
    with pytest.raises(RuleBroken, match="Tidak ada baris gagal"):
        bulk.retry(session, run, actor=officer, now=NOW)


def make_example(session, storage, version):
    """A draft with texts, shared facts and one accepted duty."""
    make_calendar(session)
    row = make_agreement(session, (make_ministry(session), make_partner(session)), stage=Stage.DRAFTING)
    row.purpose, row.scope, row.originals, row.signed_place = "tujuan contoh", ["asesmen"], 3, "Bandung"
    draft = drafts.start(session, row, version=version, actor=SYSTEM, now=NOW)
    draft.facts = {"recitals": ["bahwa contoh perlu ditiru"], "legal_bases": ["Undang-Undang Contoh"]}
    offered = [one for one in draft_duties.proposals(session, draft) if one.duty]
    draft_duties.accept(session, draft, {offered[0].key}, actor=SYSTEM, now=NOW)
    return draft


def test_every_row_begins_as_the_example_does_and_its_own_cells_win(session, storage, officer):
    version = make_library(session, storage)
    example = make_example(session, storage, version)
    first, second = make_partner(session), make_partner(session)
    run = make_run(
        session,
        storage,
        ["Mitra", "Tujuan"],
        [first.code, None],
        [second.code, "tujuan sendiri"],
        actor=officer,
        version=version,
        example=example.agreement.code,
    )
    bulk.start(session, run, actor=officer, now=NOW)
    make_all(session, storage)
    made = [row.agreement for row in run.rows]
    assert [one.purpose for one in made] == ["tujuan contoh", "tujuan sendiri"]
    assert [(one.scope, one.originals, one.signed_place) for one in made] == [(["asesmen"], 3, None)] * 2
    begun = [draft_reading.get(session, one.id) for one in made]
    assert all(one.facts["recitals"] == ["bahwa contoh perlu ditiru"] for one in begun)
    assert all(one.tree == example.tree for one in begun)
    titles = session.scalars(
        select(Obligation.title).where(Obligation.agreement_id.in_([one.id for one in made]))
    ).all()
    assert len(titles) == 2
    assert len(set(titles)) == 1


def test_an_example_must_be_a_draft_on_the_same_version(session, storage, officer):
    version = make_library(session, storage)
    bare = make_agreement(session, stage=Stage.DRAFTING)
    partner = make_partner(session).code

    def refusal(code, **more):
        with pytest.raises(RuleBroken) as told:
            make_run(session, storage, ["Mitra"], [partner], actor=officer, example=code, **more)
        return told.value.field, told.value.message % told.value.values

    assert refusal(bare.code, version=version)[0] == "example"
    assert "Tidak ada naskah berkode PKS-1999-0001" in refusal("PKS-1999-0001", version=version)[1]
    other = reading_templates.current_for(session, AgreementKind.MOU)
    assert "Pilih templat itu" in refusal(make_example(session, storage, version).agreement.code, version=other)[1]


def test_recorded_agreements_keep_what_the_row_does_not_tell(session, storage, officer):
    agreement = make_agreement(session, (make_ministry(session), make_partner(session)), stage=Stage.DRAFTING)
    agreement.purpose, agreement.signed_place = "tujuan lama", "Jakarta"
    session.flush()
    run = make_run(
        session,
        storage,
        ["Kode naskah", "Tujuan", "Tanggal tanda tangan", "Jabatan penanda tangan"],
        [agreement.code, "tujuan baru", date(2024, 4, 12), "Ketua"],
        actor=officer,
        signatory_name="Menteri Contoh",
    )
    bulk.start(session, run, actor=officer, now=NOW)
    make_all(session, storage)
    assert run.rows[0].agreement_id == agreement.id
    assert (agreement.purpose, agreement.signed_place) == ("tujuan baru", "Jakarta")
    assert [party.signatory_name for party in agreement.parties] == ["Menteri Contoh", None]
    assert agreement.parties[1].signatory_office == "Ketua"


def test_a_lost_worker_is_replaced_and_its_run_goes_on_without_doubles(session, storage, officer):
    codes = [make_partner(session).code for _ in range(bulk.BATCH + 3)]
    run = make_run(session, storage, ["Mitra"], *([code] for code in codes), actor=officer)
    bulk.start(session, run, actor=officer, now=NOW)
    gone = timedelta(seconds=-1)
    assert bulk.claim(session, worker="satu", lease=gone) == run.id
    assert bulk.make_next(session, run.id, worker="satu", lease=gone, now=NOW, storage=storage)
    assert bulk.claim(session, worker="dua", lease=LEASE) == run.id
    assert bulk.claim(session, worker="tiga", lease=LEASE) is None
    assert not bulk.make_next(session, run.id, worker="satu", lease=LEASE, now=NOW, storage=storage)
    assert session.scalar(select(func.count()).select_from(Rendition)) == bulk.BATCH
    assert not bulk.make_next(session, run.id, worker="dua", lease=LEASE, now=NOW, storage=storage)
    session.expire_all()
    assert run.stage is BulkStage.FINISHED
    assert session.scalar(select(func.count()).select_from(Agreement)) == len(codes)
    assert session.scalar(select(func.count()).where(BulkRow.stage == RowStage.MADE)) == len(codes)


def test_a_list_is_started_once_and_given_up_only_before_it_begins(session, storage, officer):
    partner = make_partner(session)
    run = make_run(session, storage, ["Mitra"], [partner.code], actor=officer)
    bulk.start(session, run, actor=officer, now=NOW)
    with pytest.raises(RuleBroken, match="sudah dimulai"):
        bulk.start(session, run, actor=officer, now=NOW)
    make_all(session, storage)
    with pytest.raises(RuleBroken, match="sudah dikerjakan"):
        bulk.cancel(session, run, actor=officer, now=NOW)
    other = make_run(session, storage, ["Mitra"], ["tidak ada"], actor=officer)
    with pytest.raises(RuleBroken, match="Tidak ada baris yang siap"):
        bulk.start(session, other, actor=officer, now=NOW)
    bulk.cancel(session, other, actor=officer, now=NOW)
    assert other.stage is BulkStage.CANCELLED


def test_an_empty_list_and_a_wrong_file_are_refused_at_the_field(session, storage, officer):
    with pytest.raises(RuleBroken, match="belum berisi") as refused:
        make_run(session, storage, ["Mitra"], actor=officer)
    assert refused.value.field == "workbook"
    version = make_library(session, storage)
    incoming = Incoming(
        name="daftar.docx",
        template_version=version,
        common=Common(kind=AgreementKind.PKS, ours="KEMENSOS"),
        content=make_workbook(["Mitra"], ["x"]),
    )
    with pytest.raises(RuleBroken) as refused:
        bulk.take_in(session, incoming, actor=officer, now=NOW, storage=storage)
    assert refused.value.field == "workbook"


def test_only_those_who_may_draft_and_record_take_lists_in(session, storage, officer):
    director = Actor(account_id=None, name="D", organisation_id=None, roles=frozenset({Role.DIRECTOR}))
    with pytest.raises(NotAllowed):
        make_run(session, storage, ["Mitra"], ["x"], actor=director)
