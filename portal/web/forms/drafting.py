"""The forms of the nine sections of a draft: shape only. What is valid becomes facts and texts, the rest stays typed.

One class a section; fields are named as in `domain.draft_sections`, so that facts of the agreement and texts of the
draft find their way without a list of their own.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, FormField, HiddenField, TextAreaField

from portal.domain import draft_sections
from portal.domain.agreement import MAX_PARTIES, Relation, SigningCapacity
from portal.domain.agreement_facts import AgreementFacts
from portal.domain.drafting import Section
from portal.domain.obligation import OffsetUnit
from portal.domain.renewal import NOTICE_UNITS
from portal.queries.agreement_choices import Choices
from portal.web.filters import label
from portal.web.forms.agreement import (
    MAX_ROWS,
    RegionForm,
    RelationForm,
    filled,
    lines,
    party_facts,
    region_facts,
    relation_facts,
    with_present,
)
from portal.web.forms.drafting_rows import (
    AidItemForm,
    ChangeForm,
    DraftPartyForm,
    aid_items,
    as_many_as,
    changes,
    english_parties,
    with_english,
)
from portal.web.forms.fields import CountField, DayField, LineField, OneOfField, ParagraphField, SomeOfField, needed

ONE_A_LINE = _l("Satu butir setiap baris.")
IN_PAIRS = _l("Baris ke baris dengan bahasa Indonesia.")
MAX_CHANGES = 40
MAX_GOODS = 100
GROWING: Final = frozenset({"regions", "relations", "changes", "aid_items"})
"""Lists whose rows may be empty; an empty party waits for its organisation and is kept as typed."""


class SectionForm(FlaskForm):
    """What every section carries: the stamp it was opened with."""

    stamp = HiddenField()


class TemplateForm(SectionForm):
    """Section 1."""

    printed_label = LineField(
        _l("Sebutan pada naskah"), letters=120, description=_l("Bila berbeda dari jenisnya, misalnya Nota Kesepakatan.")
    )


class PartiesForm(SectionForm):
    """Section 2."""

    parties = FieldList(FormField(DraftPartyForm), min_entries=2, max_entries=MAX_PARTIES)


class RecitalsForm(SectionForm):
    """Section 3."""

    title = LineField(
        _l("Judul"),
        (needed(_l("Tulis judul naskah.")),),
        letters=400,
        description=_l("Isi kerja sama sesudah kata “tentang”, tanpa jenis naskah dan nama pihak."),
    )
    recitals = TextAreaField(
        _l("Pertimbangan"), description=_l("Satu butir setiap baris; kata “bahwa” di awal ditulis oleh templat.")
    )
    legal_bases = TextAreaField(_l("Dasar hukum"), description=_l("Satu peraturan setiap baris, dari yang tertinggi."))
    title_en = LineField(_l("Judul dalam bahasa Inggris"), letters=400)
    recitals_en = TextAreaField(_l("Pertimbangan dalam bahasa Inggris"), [as_many_as("recitals")], description=IN_PAIRS)
    legal_bases_en = TextAreaField(
        _l("Dasar hukum dalam bahasa Inggris"), [as_many_as("legal_bases")], description=IN_PAIRS
    )
    relations = FieldList(FormField(RelationForm), min_entries=1, max_entries=MAX_ROWS)
    stands_alone = BooleanField(_l("Perjanjian ini berdiri sendiri, tanpa naskah induk"))


class ArticlesForm(SectionForm):
    """Section 4, without the tree: its ticks are read by themselves."""

    purpose = ParagraphField(_l("Maksud dan tujuan"))
    scope = TextAreaField(_l("Ruang lingkup"), description=ONE_A_LINE)
    targets = TextAreaField(_l("Sasaran"), description=_l("Satu butir setiap baris. Kosong berarti menurut data PAS."))
    regions = FieldList(FormField(RegionForm), min_entries=1, max_entries=MAX_ROWS)
    purpose_en = ParagraphField(_l("Maksud dan tujuan dalam bahasa Inggris"))
    scope_en = TextAreaField(_l("Ruang lingkup dalam bahasa Inggris"), [as_many_as("scope")], description=IN_PAIRS)
    changes = FieldList(FormField(ChangeForm), min_entries=0, max_entries=MAX_CHANGES)


class ObligationsForm(SectionForm):
    """Section 5 asks one thing only; duties have pages of their own."""

    no_duties = BooleanField(_l("Tidak ada kewajiban yang dijadwalkan"))


class TermForm(SectionForm):
    """Section 6."""

    signed_on = DayField(_l("Tanggal penandatanganan"))
    signed_place = LineField(_l("Tempat penandatanganan"), letters=160)
    starts_on = DayField(_l("Mulai berlaku"))
    term_years = CountField(_l("Jangka waktu (tahun)"), most=99)
    term_months = CountField(_l("Tambahan bulan"), most=11)
    ends_on = DayField(_l("Berakhir"), description=_l("Kosongkan untuk dihitung; tanggal yang tercetak selalu menang."))
    notice_count = CountField(_l("Pemberitahuan perpanjangan sebelum berakhir"), least=1, most=400)
    notice_unit = OneOfField(_l("Satuan"))
    notice_article = LineField(_l("Pasal yang mengaturnya"), letters=80)


class FundingForm(SectionForm):
    """Section 7."""

    value_rupiah = CountField(_l("Nilai"))
    funding_source = LineField(_l("Sumber dana"))
    funding_note = ParagraphField(
        _l("Kalimat pembiayaan"),
        description=_l("Bila para pihak merumuskannya sendiri, misalnya dibebankan pada anggaran masing-masing."),
    )
    beneficiaries = LineField(_l("Penerima manfaat"))
    aid_description = ParagraphField(_l("Bantuan yang disalurkan"))
    aid_value = CountField(_l("Nilai bantuan"))
    aid_recipient = LineField(_l("Penerima bantuan"))
    aid_items = FieldList(FormField(AidItemForm), min_entries=1, max_entries=MAX_GOODS)


class OptionsForm(SectionForm):
    """Section 8."""

    is_foreign = BooleanField(_l("Dengan pihak asing"))
    governing_language = LineField(
        _l("Bahasa yang menentukan"), letters=60, description=_l("Untuk naskah dua bahasa, misalnya bahasa Indonesia.")
    )
    originals = CountField(_l("Jumlah naskah asli"), least=1, most=20)
    stamp_required = BooleanField(_l("Bermeterai cukup"))
    answers = SomeOfField(_l("Keadaan yang menentukan Pasal"))
    data_elements = TextAreaField(_l("Unsur data yang dipertukarkan"), description=ONE_A_LINE)


FORMS: Final[Mapping[Section, type[SectionForm]]] = {
    Section.TEMPLATE: TemplateForm,
    Section.PARTIES: PartiesForm,
    Section.RECITALS: RecitalsForm,
    Section.ARTICLES: ArticlesForm,
    Section.OBLIGATIONS: ObligationsForm,
    Section.TERM: TermForm,
    Section.FUNDING: FundingForm,
    Section.OPTIONS: OptionsForm,
    Section.REVIEW: SectionForm,
}

_LISTS: Final = frozenset(
    {"recitals", "legal_bases", "targets", "data_elements", "scope", "recitals_en", "legal_bases_en", "scope_en"}
)
_ROWS: Final[Mapping[str, Callable[[Any], Any]]] = {"changes": changes, "aid_items": aid_items}
_FACT_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "parties": lambda field: tuple(party_facts(entry) for entry in field),
    "relations": lambda field: tuple(relation_facts(field)),
    "regions": lambda field: tuple(region_facts(field)),
    "scope": lambda field: lines(field.data),
    "notice_unit": lambda field: OffsetUnit(field.data) if field.data else None,
    "title": lambda field: field.data or "",
}


def opened(section: Section, facts: AgreementFacts, texts: Mapping[str, Any], *, offered: Choices) -> SectionForm:
    """Return the form of a section filled in with what is stored."""
    told = {name: texts.get(name) for name in draft_sections.TEXTS[section]}
    told |= {name: "\n".join(told[name] or ()) for name in told.keys() & _LISTS}
    told.setdefault("stamp_required", True)
    if told["stamp_required"] is None:
        told["stamp_required"] = True
    known = filled(facts)
    known["parties"] = with_english(known["parties"], texts.get("english_parties") or {})
    return _offer(FORMS[section](formdata=None, data=known | told), offered)


def sent(section: Section, typed: "MultiDict[str, str]", *, offered: Choices) -> SectionForm:
    """Return the form of a section as it was typed."""
    return _offer(FORMS[section](formdata=typed), offered)


def fit(form: SectionForm, *, is_bilingual: bool, with_aid: bool) -> None:
    """Take out the fields that the text does not ask for; what was stored of them stays."""
    unasked = set() if is_bilingual else set(draft_sections.ENGLISH)
    unasked |= set() if with_aid else {"aid_description", "aid_value", "aid_recipient", "aid_items"}
    for name in unasked & set(form._fields):
        del form[name]
    for party in () if is_bilingual else form._fields.get("parties", ()):
        del party.form["name_en"], party.form["office_en"]


def add_row(form: SectionForm, name: str, *, offered: Choices) -> None:
    """Show one more empty row of a list, which is not stored while nothing is typed into it."""
    if name in GROWING and name in form._fields:
        form[name].append_entry()
        _offer(form, offered)


def restore(form: SectionForm, raw: Mapping[str, Any], *, offered: Choices) -> None:
    """Put back what was typed into fields that could not be taken, with what is wrong with it."""
    for name, pairs in raw.items():
        if name not in form._fields:
            continue
        form[name].process(MultiDict([(key, value) for key, value in pairs]))
        _offer(form, offered)
        form[name].validate(form)


def facts_of(form: SectionForm, section: Section) -> dict[str, Any]:
    """Return the facts of the agreement that were typed and are valid."""
    names = [name for name in draft_sections.FACTS[section] if not form[name].errors]
    return {name: _FACT_READERS.get(name, lambda field: field.data)(form[name]) for name in names}


def texts_of(form: SectionForm, section: Section) -> dict[str, Any]:
    """Return the texts of the draft that were typed and are valid, as plain values."""
    names = [name for name in draft_sections.TEXTS[section] if name in form._fields and not form[name].errors]
    told = {name: _text(form[name]) for name in names}
    if "parties" in form._fields and not form["parties"].errors and "name_en" in form["parties"][0].form._fields:
        told["english_parties"] = english_parties(form["parties"])
    return told


def _text(field: Any) -> Any:
    if field.name in _LISTS:
        return list(lines(field.data))
    if field.name in _ROWS:
        return _ROWS[field.name](field)
    return list(field.data or ()) if field.name == "answers" else field.data


def typed_pairs(form: SectionForm, typed: "MultiDict[str, str]") -> dict[str, list[list[str]]]:
    """Return everything as typed, by the name of its field."""
    found: dict[str, list[list[str]]] = {name: [] for name in form._fields if name not in {"csrf_token", "stamp"}}
    for key, value in typed.items(multi=True):
        name = key.partition("-")[0]
        if name in found:
            found[name].append([key, value])
    return found


def _offer(form: SectionForm, offered: Choices) -> SectionForm:
    """Give the choices; what is chosen stays on its list, so that saving loses nothing."""
    known = form._fields
    for party in known.get("parties", ()):
        chosen = party.organisation_code.data
        organisations = with_present(offered.organisations, chosen)
        party.organisation_code.choices = [("", _("Pilih organisasi")), *organisations]
        party.capacity.choices = _members(SigningCapacity, _("belum diketahui"))
    for region in known.get("regions", ()):
        region.province_code.choices = [("", _("Pilih provinsi")), *offered.names.provinces.items()]
    for relation in known.get("relations", ()):
        relation.relation.choices = _members(Relation, _("Pilih hubungan"))
    if "notice_unit" in known:
        form["notice_unit"].choices = _members(NOTICE_UNITS, "")
    if "answers" in known:
        form["answers"].choices = [(one.value, label(one)) for one in draft_sections.STATED]
    return form


def _members(kind: Iterable[Any], none: str) -> list[tuple[str, str]]:
    return [("", none), *((one.value, label(one)) for one in kind)]
