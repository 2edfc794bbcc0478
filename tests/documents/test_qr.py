"""QR codes are read back by an independent reader and are the same bytes each time."""

import io

import pytest
import zxingcpp
from PIL import Image

from portal.documents import qr

ADDRESS = "https://simpul.kemensos.example/periksa/7K2M-Q4XT"


@pytest.mark.parametrize("text", [ADDRESS, "A", "Perjanjian “Contoh” & rekan", ADDRESS * 4])
def test_the_text_is_read_back(text):
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr.png(text))))
    assert [found.text for found in read] == [text]


def test_error_level_is_medium():
    [read] = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr.png(ADDRESS))))
    assert read.ec_level == "M"


def test_equal_text_gives_equal_bytes():
    assert qr.png(ADDRESS) == qr.png(ADDRESS)
    assert qr.png(ADDRESS) != qr.png(ADDRESS + "x")


def test_nothing_has_no_code():
    with pytest.raises(ValueError, match="needs a text"):
        qr.png("")
