"""Fallbacks of the library in an article: one ayat takes the place of its like."""

from portal.domain import fallback

TEXT = "(1) {% label mulai %}Mulai.\na. satu\n(2) {% label tengah %}Tengah.\n(3) Akhir."


def test_an_ayat_takes_the_place_of_its_number_and_what_belongs_to_it_and_keeps_the_label():
    assert fallback.put_in(TEXT, "(1) Lain.") == (
        "(1) {% label mulai %}Lain.\n(2) {% label tengah %}Tengah.\n(3) Akhir."
    )


def test_a_label_counts_more_than_a_number():
    moved = "(1) Baru.\n(2) {% label mulai %}Mulai."
    assert fallback.put_in(moved, "(1) {% label mulai %}Lain.") == "(1) Baru.\n(2) {% label mulai %}Lain."


def test_an_ayat_beyond_the_last_is_added_and_a_text_without_number_takes_the_whole_place():
    assert fallback.put_in("(1) Satu.", "(3) Tiga.") == "(1) Satu.\n(2) Tiga."
    assert fallback.put_in(TEXT, "Semua lain.\na. butir") == "Semua lain.\na. butir"


def test_a_fallback_that_is_used_already_changes_nothing():
    once = fallback.put_in(TEXT, "(2) Lain.")
    assert fallback.put_in(once, "(2) Lain.") == once


def test_commands_that_reach_beyond_the_ayat_stay():
    text = "(1) Satu.\n{% untuk x dalam y %}\na. butir\n{% akhir %}\n{% jika z %}\n(2) Dua.\n{% akhir %}\n(3) Tiga."
    assert fallback.put_in(text, "(1) Lain.") == "(1) Lain.\n{% jika z %}\n(2) Dua.\n{% akhir %}\n(3) Tiga."
    assert fallback.put_in(text, "(2) Lain.").endswith("(2) Lain.\n{% akhir %}\n(3) Tiga.")
