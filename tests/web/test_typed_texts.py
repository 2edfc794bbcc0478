"""What a page of its own shows of a form that it refuses: what people typed, and never what is secret."""

from portal.web import kept_forms

LONG = "Kegiatan di Jayapura. " * 3


def test_typed_texts_are_shown_and_choices_and_secrets_are_not(app):
    sent = {
        "csrf_token": "IjQ2.abc-DEF",
        "version": "2026-11-21T02:00:00",
        "before_title": "Judul lama",
        "kind": "pks",
        "number": "3",
        "title": " Kerja sama baru ",
        "note": LONG,
        "again_note": LONG,
        "amount": "25.000.000",
        "due_on": "2027-01-24",
        "letter": "SK-2026-11-05",
        "password": "payung teduh 2026",
        "old": "Payung Lama 1",
        "proof": "482 991",
        "code": "482991",
    }
    with app.test_request_context("/", method="POST", data=sent):
        assert kept_forms.typed() == ["Kerja sama baru", LONG.strip(), "25.000.000", "24-01-2027", "SK-2026-11-05"]


def test_what_was_too_much_to_read_is_left_out(app):
    with app.test_request_context("/", method="POST", data={"note": "x" * (kept_forms.LONGEST + 1)}):
        assert kept_forms.typed() == []


def test_a_text_that_the_page_shows_anyway_is_not_shown_twice(app):
    """Browsers send the ends of lines in their own way."""
    sent = {"wording": "(1) PIHAK KESATU\r\n(2) PIHAK KEDUA ", "reason": "Siapa yang menanggung biaya audit?"}
    with app.test_request_context("/", method="POST", data=sent):
        assert kept_forms.typed(["(1) PIHAK KESATU\n(2) PIHAK KEDUA"]) == ["Siapa yang menanggung biaya audit?"]
