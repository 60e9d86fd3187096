"""QR codes as modules and half blocks: readable sizes, fixed bytes, and a code that does not fit says so."""

from __future__ import annotations

import pytest

from kiosk.checkout import qr_matrix


def test_half_blocks_carry_the_code_with_its_white_border() -> None:
    modules = qr_matrix.matrix("HTTPS://PAY.EXAMPLE/S3/7K2Q", "M")
    drawn = qr_matrix.half_blocks(modules)
    assert (len(drawn[0]), len(drawn)) == (33, 17)  # version 2: facts for a panel of 80x24
    assert set("".join(drawn)) <= set(" ▀▄█")
    assert drawn[0].strip() == drawn[1].strip() == drawn[-2].strip() == drawn[-1].strip() == ""
    assert all(row.startswith("    ") and row.endswith("    ") for row in drawn)
    top = drawn[2][4:11]
    assert top == "█▀▀▀▀▀█"  # the finder's first two rows


def test_the_drawing_is_the_matrix() -> None:
    modules = qr_matrix.matrix("hello")
    drawn = qr_matrix.half_blocks(modules, quiet=0)
    seen = [[letter in pair for letter in row] for row in drawn for pair in ("▀█", "▄█")]
    assert [tuple(row) for row in seen[: len(modules)]] == list(modules)


def test_text_beyond_ascii_is_utf_8_in_the_code() -> None:
    import segno

    assert [
        [bool(bit) for bit in row]
        for row in segno.make("é".encode(), error="m", boost_error=False, micro=False).matrix
    ] == [list(row) for row in qr_matrix.matrix("é")]


def test_fit_gives_up_error_correction_before_the_white_border() -> None:
    payload = "x" * 60  # version 4 at M, 3 ... at L: 4
    wide = qr_matrix.fit(payload, 60, 40)
    assert len(wide[0]) == 17 + 4 * 4 + 8
    text = "y" * 40  # version 3 at M and at L
    assert len(qr_matrix.fit(text, 33, 40)[0]) == 33  # 29 modules and a border of two
    with pytest.raises(qr_matrix.QrTooLong, match="paper"):
        qr_matrix.fit(text, 20, 10)
    with pytest.raises(qr_matrix.QrTooLong):
        qr_matrix.matrix("z" * 3000)


def test_a_small_code_on_a_large_place_is_drawn_twice_as_large() -> None:
    text = "y" * 40  # version 3: 29 modules, 37 with its border
    drawn = qr_matrix.fit(text, 80, 48)
    assert (len(drawn[0]), len(drawn)) == (74, 37)
    plain = qr_matrix.half_blocks(qr_matrix.matrix(text))
    once = [[half in pair for half in row] for row in plain for pair in ("▀█", "▄█")]
    assert [[letter == "█" for letter in row[::2]] for row in drawn] == once[:37]
    assert len(qr_matrix.fit(text, 80, 36)[0]) == 37, "what does not fit doubled is drawn once"


def test_the_picture_is_black_on_white() -> None:
    picture = qr_matrix.svg("hello")
    assert 'viewBox="0 0 29 29"' in picture
    assert picture.index('fill="#fff"') < picture.index("<path d=")
