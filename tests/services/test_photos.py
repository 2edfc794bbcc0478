"""Photos lose everything beside their pixels on the way in, stand upright, and stay the kind that they are."""

import io

import pytest
from PIL import Image

from portal.documents import photos, picture_child
from portal.services import taking_in
from tests.documents import bad_files
from tests.harness import files

CAMERA, LATITUDE = b"Kamera Rahasia", (6, 12, 7)
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
TURNED = 6


def photo(*, turned: bool = False, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """A wide photo, red at its left, that tells camera and place."""
    picture = Image.new(mode, (80, 40), "green" if mode != "CMYK" else 0)
    picture.paste("red" if mode != "CMYK" else (0, 255, 255, 0), (0, 0, 20, 40))
    exif = Image.Exif()
    exif[MAKE] = CAMERA.decode()
    exif[GPS] = {1: "S", 2: LATITUDE, 3: "E", 4: (106, 49, 5)}
    if turned:
        exif[ORIENTATION] = TURNED
    kept = io.BytesIO()
    picture.save(kept, kind, exif=exif, **({"comment": b"catatan rahasia"} if kind == "JPEG" else {}))
    return kept.getvalue()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize(("name", "kind"), [("foto.jpg", "JPEG"), ("foto.jpeg", "JPEG"), ("foto.png", "PNG")])
@pytest.mark.parametrize("turned", [False, True])
def test_a_photo_loses_place_and_camera_and_stays_what_it_is(name, kind, turned):
    content = photo(kind=kind, turned=turned)
    assert opened(content).getexif().get_ifd(GPS)
    taken = taking_in.taken(name, content)
    drawn = opened(taken.content)
    assert (taken.is_reencoded, drawn.format, taken.media_type) == (True, kind, f"image/{kind.lower()}")
    assert dict(drawn.getexif()) == {}
    assert {"exif", "comment", "icc_profile", "xmp"} & drawn.info.keys() == set()
    assert CAMERA not in taken.content
    assert b"rahasia" not in taken.content
    assert drawn.size == ((40, 80) if turned else (80, 40))


def test_a_turned_photo_stands_upright():
    drawn = opened(taking_in.taken("foto.jpg", photo(turned=True)).content).convert("RGB")
    red, green = drawn.getpixel((20, 5)), drawn.getpixel((20, 70))
    assert red[0] > 200 > red[1]
    assert green[1] > 100 > green[0]


def test_what_hides_behind_a_photo_is_not_kept():
    taken = taking_in.taken("foto.jpg", photo() + b"<script>alert(1)</script>")
    assert b"script" not in taken.content


def test_colours_of_print_become_colours_of_screens():
    assert opened(taking_in.taken("foto.jpg", photo(mode="CMYK")).content).mode == "RGB"


def test_a_transparent_picture_stays_transparent():
    kept = io.BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 60)).save(kept, "PNG")
    assert opened(taking_in.taken("cap.png", kept.getvalue()).content).getpixel((1, 1)) == (255, 0, 0, 60)


def test_the_same_photo_gives_the_same_bytes_again():
    first, second = (taking_in.taken("foto.jpg", photo(turned=True)).content for _ in range(2))
    assert first == second


REFUSING = """
import resource, runpy, sys
def refuse(kind, most):
    raise ValueError("not here")
resource.setrlimit = refuse
runpy.run_path({child!r}, run_name="__main__")
"""


def test_a_system_that_refuses_limits_is_named_in_the_log(tmp_path, caplog):
    child = tmp_path / "child.py"
    child.write_text(REFUSING.format(child=picture_child.__file__))
    drawn = photos.drawn_anew(photo(), "image/jpeg", name="foto.jpg", child=child)
    assert opened(drawn).size == (80, 40)
    assert "The system refused these limits: RLIMIT_AS, RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_CORE." in caplog.text


def test_a_photo_that_is_drawn_within_its_limits_leaves_the_log_empty(caplog):
    photos.drawn_anew(photo(), "image/jpeg", name="foto.jpg")
    assert caplog.records == []


def test_other_kinds_are_kept_as_they_came():
    content = files.pdf()
    taken = taking_in.taken("laporan.pdf", content)
    assert (taken.content, taken.is_reencoded) == (content, False)


@pytest.mark.parametrize(
    "content",
    [
        files.pdf("Lihat /JS dan stream"),
        bad_files.pdf(bad_files.packed(b"<< /S /GoTo /D [1 0 R /Fit] >>"), head=b"<< /OpenAction 2 0 R >>"),
        bad_files.pdf(b"<< /Length 12 >>\nstream\nabc/JS (def)\nendstream"),
        bad_files.pdf(b"<< /Filter /Standard /V 4 >>", head=b"<< /Encrypt 2 0 R >>"),
    ],
)
def test_a_harmless_pdf_is_taken(content):
    assert taking_in.taken("laporan.pdf", content).media_type == "application/pdf"
