"""Rules about what a kind of instrument must hold (design: domain §1.2, §1.6)."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from portal.domain import clause
from portal.domain.agreement import AgreementKind
from portal.domain.clause import Article, Block, Condition
from portal.domain.drafting import Section
from portal.domain.marking import N_
from portal.domain.organisation import OrganisationKind, fold
from portal.domain.reading import money
from portal.domain.review import places
from portal.domain.review.findings import Hit, Rule
from portal.domain.review.subject import ReviewSubject
from portal.domain.severity import Severity
from portal.domain.wording import label

REQUIRED: Final[Mapping[AgreementKind, tuple[tuple[Block, ...], ...]]] = {
    AgreementKind.MOU: (
        (Block.PURPOSE,),
        (Block.SCOPE,),
        (Block.IMPLEMENTATION,),
        (Block.TERM,),
        (Block.CORRESPONDENCE,),
        (Block.AMENDMENT,),
        (Block.CLOSING,),
    ),
    AgreementKind.PKS: (
        (Block.PURPOSE,),
        (Block.SCOPE,),
        (Block.RIGHTS_OBLIGATIONS,),
        (Block.FUNDING,),
        (Block.TERM,),
        (Block.MONEV,),
        (Block.REPORTING,),
        (Block.FORCE_MAJEURE,),
        (Block.DISPUTE,),
        (Block.CORRESPONDENCE,),
        (Block.AMENDMENT,),
        (Block.CLOSING,),
    ),
    AgreementKind.SYNERGY_NOTE: (
        (Block.PURPOSE,),
        (Block.SCOPE,),
        (Block.IMPLEMENTATION,),
        (Block.FUNDING,),
        (Block.TERM,),
        (Block.CLOSING,),
    ),
    AgreementKind.AMENDMENT: ((Block.CHANGES,), (Block.CLOSING,)),
    AgreementKind.EXTENSION: ((Block.TERM, Block.CHANGES), (Block.CLOSING,)),
    AgreementKind.TERMINATION: ((Block.TERMINATION, Block.CHANGES), (Block.CLOSING,)),
}
"""For each kind the blocks that must stand; one of a group is enough."""

_TITLES: Final = (
    (Block.PURPOSE, re.compile(r"maksud|tujuan", re.IGNORECASE)),
    (Block.SCOPE, re.compile(r"ruang lingkup|objek", re.IGNORECASE)),
    (Block.IMPLEMENTATION, re.compile(r"pelaksanaan", re.IGNORECASE)),
    (Block.RIGHTS_OBLIGATIONS, re.compile(r"\bhak\b|kewajiban", re.IGNORECASE)),
    (Block.FUNDING, re.compile(r"pembiayaan|pendanaan|biaya", re.IGNORECASE)),
    (Block.AID, re.compile(r"bantuan|serah terima", re.IGNORECASE)),
    (Block.TERM, re.compile(r"jangka waktu|masa berlaku", re.IGNORECASE)),
    (Block.MONEV, re.compile(r"monitoring|pemantauan|evaluasi", re.IGNORECASE)),
    (Block.REPORTING, re.compile(r"pelaporan|laporan", re.IGNORECASE)),
    (Block.CONFIDENTIALITY, re.compile(r"kerahasiaan", re.IGNORECASE)),
    (Block.DATA_PROTECTION, re.compile(r"pelindungan data|perlindungan data|pertukaran data", re.IGNORECASE)),
    (Block.FORCE_MAJEURE, re.compile(r"kahar|memaksa", re.IGNORECASE)),
    (Block.SANCTIONS, re.compile(r"sanksi", re.IGNORECASE)),
    (Block.TERMINATION, re.compile(r"pengakhiran|pemutusan|pembatalan", re.IGNORECASE)),
    (Block.DISPUTE, re.compile(r"perselisihan|sengketa|perbedaan", re.IGNORECASE)),
    (Block.CORRESPONDENCE, re.compile(r"korespondensi|penghubung|pemberitahuan", re.IGNORECASE)),
    (Block.AMENDMENT, re.compile(r"adendum|perubahan", re.IGNORECASE)),
    (Block.LANGUAGE, re.compile(r"bahasa", re.IGNORECASE)),
    (Block.CLOSING, re.compile(r"penutup", re.IGNORECASE)),
)
_HANDOVER: Final = "berita acara serah terima"
"""A record of goods handed over is no agreement: it needs no Pasal of its own."""
_LIKE_PKS: Final = frozenset({Block.RIGHTS_OBLIGATIONS, Block.SANCTIONS, Block.AID})
_STATE: Final = frozenset(
    {OrganisationKind.MINISTRY, OrganisationKind.UNIT, OrganisationKind.AGENCY, OrganisationKind.REGION}
)


def named(title: str) -> frozenset[Block]:
    """Return what the title of an article names."""
    return frozenset(block for block, words in _TITLES if words.search(title))


def of_article(article: Article) -> frozenset[Block]:
    """Return what an article is about: its own block, and what its title names."""
    return named(article.title) | ({Block(article.block)} if article.block else frozenset())


def present(subject: ReviewSubject) -> frozenset[Block]:
    """Return the blocks that the printed articles hold."""
    return frozenset(block for article in subject.printed for block in of_article(article))


def _missing(subject: ReviewSubject) -> Iterator[Hit]:
    if fold(subject.printed_label).startswith(_HANDOVER):
        return
    held = present(subject)
    for group in REQUIRED[subject.kind]:
        if not held & set(group):
            name = label(group[0])
            yield Hit(place=places.TREE, what=name, values={"block": name, "kind": subject.printed_label})


def _without_data_block(subject: ReviewSubject) -> Iterator[Hit]:
    if subject.exchanges_data and Block.DATA_PROTECTION not in present(subject):
        yield Hit(place=places.TREE)


def _without_aid_block(subject: ReviewSubject) -> Iterator[Hit]:
    if Condition.AID in subject.answers and subject.kind is AgreementKind.PKS and Block.AID not in present(subject):
        yield Hit(place=places.TREE)


def _region_without_sanctions(subject: ReviewSubject) -> Iterator[Hit]:
    kinds = {party.kind for party in subject.parties}
    contracts = OrganisationKind.REGION in kinds and bool(kinds - _STATE)
    if subject.kind is AgreementKind.PKS and contracts and Block.SANCTIONS not in present(subject):
        yield Hit(place=places.TREE)


def _mou_like_pks(subject: ReviewSubject) -> Iterator[Hit]:
    if subject.kind is not AgreementKind.MOU:
        return
    numbers = clause.numbers(subject.tree, subject.answers)
    for article in subject.printed:
        place = f"Pasal {numbers[article.key]}"
        has_money = any(any(money(line.text)) for line in subject.articles() if _lies_in(line.place, place))
        if of_article(article) & _LIKE_PKS or has_money:
            yield Hit(place=place, values={"title": article.title})


def _lies_in(place: str, article: str) -> bool:
    return place == article or place.startswith(f"{article} ")


RULES: Final = (
    Rule(
        code="R01-block",
        severity=Severity.ERROR,
        section=Section.ARTICLES,
        message=N_("%(kind)s belum memuat Pasal tentang: %(block)s."),
        fix=N_("Pilih Pasal “%(block)s” dari pustaka, atau tulis Pasal sendiri tentang hal itu."),
        find=_missing,
    ),
    Rule(
        code="R02-mou-like-pks",
        severity=Severity.WARNING,
        section=Section.ARTICLES,
        message=N_(
            "Pasal “%(title)s” memuat hal yang lazimnya diatur dalam perjanjian kerja sama, bukan nota kesepahaman."
        ),
        fix=N_("Pindahkan hak, kewajiban, pembayaran, atau sanksi ke PKS, atau ubah jenis naskah menjadi PKS."),
        find=_mou_like_pks,
    ),
    Rule(
        code="R03-data-block",
        severity=Severity.ERROR,
        section=Section.ARTICLES,
        message=N_("Para pihak bertukar data pribadi, tetapi naskah belum memuat Pasal pelindungan data pribadi."),
        fix=N_("Pilih Pasal pelindungan data dari pustaka; UU 27/2022 mewajibkannya."),
        find=_without_data_block,
        can_waive=False,
    ),
    Rule(
        code="R04-aid-block",
        severity=Severity.ERROR,
        section=Section.ARTICLES,
        message=N_("Ada bantuan yang disalurkan, tetapi naskah belum memuat Pasal bantuan dan serah terima."),
        fix=N_("Pilih Pasal bantuan dan berita acara serah terima dari pustaka."),
        find=_without_aid_block,
    ),
    Rule(
        code="R05-region-sanctions",
        severity=Severity.ERROR,
        section=Section.ARTICLES,
        message=N_("Pemerintah daerah berjanji dengan pihak ketiga, tetapi naskah belum memuat sanksi."),
        fix=N_("Pilih Pasal sanksi dari pustaka; PP 28/2018 mewajibkannya."),
        find=_region_without_sanctions,
    ),
)
