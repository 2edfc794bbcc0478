"""The components keep their contract: names, errors, hints and marks, from plain values and from forms."""

from types import SimpleNamespace

import pytest
from flask import Flask
from flask_babel import Babel, force_locale
from jinja2 import StrictUndefined
from lxml import html
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, FileField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from portal import paths
from portal.web import assets
from portal.web.public.gallery_examples import examples

SHELL = {
    "viewer": None, "language": "id", "language_url": "/bahasa/en", "session_end": None, "sign_out_url": "/keluar",
    "frame": SimpleNamespace(brand="", strip="", foot=""),
}  # fmt: skip


class Example(Form):
    title = StringField("Judul", [InputRequired("Tulis judul naskah.")], description="Tanpa kata tentang.")
    note = StringField("Catatan", [Optional()])
    starts_on = DateField("Mulai", [InputRequired("Tulis tanggal mulai.")])
    kind = SelectField("Jenis", choices=[SelectChoice("mou", "MoU"), SelectChoice("pks", "PKS")])
    unit = SelectField(
        "Unit", choices=[SelectChoice("1", "Biro", optgroup="Pusat"), SelectChoice("2", "Sentra", optgroup="Daerah")]
    )
    capacity = RadioField("Kedudukan", choices=[SelectChoice("d", "Definitif"), SelectChoice("p", "Plt.")])
    agreed = BooleanField("Isian ini benar", [InputRequired("Centang untuk melanjutkan.")])
    reason = TextAreaField("Alasan", [Optional()])
    files = FileField("Bukti", [Optional()])


@pytest.fixture
def site():
    app = Flask("portal", template_folder=str(paths.TEMPLATES), static_folder="static")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config.update(SECRET_KEY="test", BABEL_DEFAULT_LOCALE="id", TESTING=True)
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    Babel(app)
    assets.register(app)
    with app.test_request_context():
        yield app


@pytest.fixture
def draw(site):
    """Call one component; answers with its parsed markup."""

    def component(which, /, *given, **values):
        macro = getattr(site.jinja_env.get_template(f"components/{which}.html").module, which)
        text = str(macro(*given, **values))
        return html.fragment_fromstring(text, create_parent="div")

    return component


@pytest.fixture
def wrong():
    form = Example(MultiDict({"kind": "pks", "unit": "2", "capacity": "p", "title": "", "reason": "A & <b>"}))
    assert not form.validate()
    return form


def named(root, xpath):
    [found] = root.xpath(xpath)
    return found


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_gallery_renders_in_both_languages(site, language):
    with force_locale(language):
        text = site.jinja_env.get_template("public/gallery/index.html").render(
            **SHELL | {"language": language}, **examples(), get_flashed_messages=lambda **_: []
        )
    page = html.document_fromstring(text)
    identifiers = page.xpath("//@id")
    assert len(page.xpath("//h1")) == 1
    assert len(identifiers) == len(set(identifiers))
    assert page.get("lang") == language
    assert {name.lstrip("#") for name in page.xpath("//a/@href") if name.startswith("#")} - {""} <= set(identifiers)


def test_every_control_of_the_gallery_has_a_label(site):
    text = site.jinja_env.get_template("public/gallery/index.html").render(
        **SHELL, **examples(), get_flashed_messages=lambda **_: []
    )
    page = html.document_fromstring(text)
    labelled = set(page.xpath("//label/@for"))
    controls = page.xpath("//input[@type != 'hidden'] | //input[not(@type)] | //select | //textarea")
    assert len(controls) > 20
    assert [control.get("id") for control in controls if control.get("id") not in labelled] == []


def test_a_field_of_a_form_ties_hint_and_error_to_its_control(draw, wrong):
    root = draw("field", wrong.title)
    control = named(root, "//input")
    assert control.get("aria-describedby") == "title-hint title-error"
    assert control.get("aria-invalid") == "true"
    assert named(root, "//*[@id='title-error']").text_content().strip() == "Kesalahan: Tulis judul naskah."
    assert named(root, "//label").get("for") == "title"
    assert "boleh kosong" not in root.text_content()


def test_what_may_stay_empty_says_so(draw, wrong):
    for name, control in (("field", wrong.note), ("text_area", wrong.reason), ("upload", wrong.files)):
        assert "(boleh kosong)" in draw(name, control).text_content()
    assert "(boleh kosong)" not in draw("field", wrong.note, quiet=True).text_content()


def test_a_password_is_never_written_back(draw):
    root = draw("field", name="password", label="Kata sandi", kind="password", value="rahasia")
    assert named(root, "//input").get("value") == ""


def test_a_text_area_keeps_every_letter(draw, wrong):
    assert named(draw("text_area", wrong.reason), "//textarea").text.lstrip("\n") == "A & <b>"
    several = draw("text_area", name="reason", label="Alasan", value="satu\n  dua\n")
    assert named(several, "//textarea").text.removeprefix("\n") == "satu\n  dua\n"


@pytest.mark.parametrize(("name", "chosen", "groups"), [("kind", "pks", []), ("unit", "2", ["Pusat", "Daerah"])])
def test_a_select_shows_what_was_chosen(draw, wrong, name, chosen, groups):
    root = draw("select", wrong[name])
    assert root.xpath("//option[@selected]/@value") == [chosen]
    assert root.xpath("//optgroup/@label") == groups


def test_radios_are_one_group_with_a_legend(draw, wrong):
    root = draw("radios", wrong.capacity)
    assert named(root, "//legend").text_content().strip().startswith("Kedudukan")
    assert root.xpath("//input[@checked]/@value") == ["p"]
    assert root.xpath("//input/@id") == root.xpath("//label/@for")


def test_a_tick_that_is_missing_is_an_error_at_its_place(draw, wrong):
    root = draw("check", wrong.agreed)
    assert named(root, "//input").get("aria-describedby") == "agreed-error"
    assert named(root, "//label").text_content() == "Isian ini benar"


def test_the_summary_leads_to_each_mistake(draw, wrong):
    root = draw("error_summary", wrong)
    assert root.xpath("//a/@href") == ["#title", "#starts_on", "#agreed"]
    assert draw("error_summary", Example()).text_content() == ""


def test_words_of_a_date_are_tied_to_it(draw):
    root = draw("date_field", name="on", label="Tanggal", value="2026-12-31", words="Kamis, 31 Desember 2026")
    assert named(root, "//input").get("aria-describedby") == "on-words"


@pytest.mark.parametrize(("tone", "icons"), [("", 0), ("good", 1), ("warn", 1), ("bad", 1), ("kind", 0)])
def test_amber_and_red_never_stand_without_an_icon(draw, tone, icons):
    assert len(draw("chip", "Kata", tone).xpath("//svg")) == icons
    assert len(draw("chip", "Kata", tone, "").xpath("//svg")) == (1 if tone in {"warn", "bad"} else 0)


def test_values_are_text_and_never_markup(draw):
    root = draw("facts", [{"label": "Mitra", "value": "PT A & B <script>"}, {"label": "Nilai", "value": None}])
    assert [value.text_content().strip() for value in root.xpath("//dd")] == ["PT A & B <script>", "belum diketahui"]


def test_zero_is_a_number_and_not_unknown(draw):
    root = draw("facts", [{"label": "Penerima", "value": 0}])
    assert named(root, "//dd").text_content().strip() == "0"


def test_buttons_of_a_row_can_be_told_apart(draw):
    row = {
        "what": "Telaah Laporan",
        "where": "PKS Contoh",
        "href": "/a",
        "when": "Besok",
        "tone": "warn",
        "verb": "Buka",
    }
    root = draw("work_queue", [{"label": "Segera", "tone": "warn", "rows": [row]}])
    assert named(root, "//a[contains(@class, 'button')]").text_content() == "Buka Telaah Laporan, PKS Contoh"


def test_nothing_to_do_draws_nothing(draw):
    for name in ("action_panel", "work_queue"):
        assert draw(name, []).text_content().strip() == ""
    assert draw("filter_chips", [], "/").text_content() == ""


def test_a_filter_works_as_an_ordinary_form(site):
    text = site.jinja_env.from_string(
        "{% from 'components/filter_panel.html' import filter_panel %}"
        "{% call filter_panel('/kantor/naskah', 'Saring naskah', target='hasil', keep=[('urut', 'judul')]) %}"
        "isi{% endcall %}"
    ).render()
    form = named(html.fragment_fromstring(text, create_parent="div"), "//form")
    assert (form.get("method"), form.get("action")) == ("get", "/kantor/naskah")
    assert form.xpath(".//button[@type='submit']")
    assert form.xpath(".//input[@type='hidden']/@name") == ["urut"]


def test_sign_out_is_a_post_with_a_token(draw):
    root = draw("account_menu", "Nama", "N", "/keluar", "id", "/bahasa/en")
    form = named(root, "//form")
    assert form.get("method") == "post"
    assert named(form, "//input[@name='csrf_token']").get("value") == "token"
    assert named(root, "//a[@lang='en']").text_content().strip() == "English"


def test_a_refused_act_gives_its_reason(draw):
    root = draw("why", "Tetapkan nomor", "Hanya Biro Hukum yang dapat memberi nomor.")
    assert "Hanya Biro Hukum" in root.text_content()
    assert not root.xpath("//a | //button")


def test_markup_given_on_purpose_stays_markup(draw):
    root = draw("page_head", "Beranda", lead=Markup("Ada <b>3 hal</b>."))
    assert named(root, "//b").text == "3 hal"
