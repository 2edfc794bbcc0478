"""Forms of incidents with personal data: what happened, and that a letter was sent. Shape only."""

from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from portal.domain.dates import local_instant
from portal.domain.incident import IncidentFacts, LetterWay, Search
from portal.domain.organisation import Zone
from portal.domain.personal import DataKind
from portal.web.filters import label
from portal.web.forms.fields import CountField, DayField, LineField, OneOfField, ParagraphField, SomeOfField, needed

LAST_HOUR = 23


def _instant(day: date, hour: int) -> datetime:
    return local_instant(day, 0, Zone.WIB) + timedelta(hours=hour)


class IncidentForm(FlaskForm):
    """What is known of an incident; all but the first four can be completed later."""

    title = LineField(_l("Nama singkat"), (needed(_l("Beri nama singkat pada insiden ini.")),), letters=200)
    what = ParagraphField(_l("Apa yang terjadi"))
    noticed_on = DayField(_l("Tanggal diketahui"), (needed(_l("Isi tanggal insiden diketahui.")),))
    noticed_hour = CountField(_l("Jam diketahui (WIB)"), least=0, most=LAST_HOUR)
    data_kinds = SomeOfField(_l("Jenis data yang terkena"))
    how = ParagraphField(_l("Kapan dan bagaimana data terungkap"))
    measures = ParagraphField(_l("Apa yang sudah dan akan dilakukan"))
    begins_on = DayField(_l("Cari jejak dari tanggal"), (needed(_l("Isi awal rentang waktu.")),))
    ends_on = DayField(_l("sampai tanggal"), (needed(_l("Isi akhir rentang waktu.")),))
    email = LineField(
        _l("Hanya akun ini"), letters=254, description=_l("Surel akun yang disalahgunakan, bila diketahui.")
    )
    organisation = LineField(_l("Hanya lembaga ini"), letters=24, description=_l("Kode lembaga, bila hanya satu."))

    @classmethod
    def offering(cls, **values: object) -> "IncidentForm":
        """Return the form with the kinds of data."""
        form = cls(**values)
        form.data_kinds.choices = [(kind.value, label(kind)) for kind in DataKind]
        return form

    def facts(self, *, account_id: int | None, organisation_id: int | None) -> IncidentFacts:
        """Return what was typed, with the account and the organisation that were found."""
        ends = _instant(self.ends_on.data, 0) + timedelta(days=1, microseconds=-1)
        return IncidentFacts(
            title=self.title.data or "",
            what=self.what.data or "",
            noticed_at=_instant(self.noticed_on.data, self.noticed_hour.data or 0),
            search=Search(
                begins_at=_instant(self.begins_on.data, 0),
                ends_at=ends,
                account_id=account_id,
                organisation_id=organisation_id,
            ),
            how=self.how.data or "",
            measures=self.measures.data or "",
            data_kinds=tuple(DataKind(each) for each in self.data_kinds.data or ()),
        )


class LetterForm(FlaskForm):
    """That somebody was told."""

    name = LineField(_l("Nama penerima"), letters=160, description=_l("Kosongkan untuk lembaga pelindungan data."))
    way = OneOfField(_l("Cara"), (needed(_l("Pilih bagaimana surat dikirim.")),))

    @classmethod
    def offering(cls, *, with_data: bool = True) -> "LetterForm":
        """Return the form with the ways."""
        form = cls() if with_data else cls(formdata=None)
        form.way.choices = [("", _l("Pilih …")), *((way.value, label(way)) for way in LetterWay)]
        return form
