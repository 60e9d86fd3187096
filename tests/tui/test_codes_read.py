"""Codes on the screen and on paper, read back by a decoder that is not ours (zxing-cpp)."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image, ImageEnhance, ImageFilter

from hardware.printer.encoder import encode
from hardware.printer.profile import PROFILES
from hardware.simulated.picture import png
from hardware.simulated.printer import SimulatedPrinter
from kiosk.checkout.money import Currency
from kiosk.checkout.payments import qr
from kiosk.checkout.payments.method import Request
from kiosk.checkout.qr_matrix import payload_bytes
from kiosk.checkout.receipt import number_of_token
from kiosk.checkout.slips import pay_rows
from kiosk.checkout.stationery import Stationery
from kiosk.tui.widgets.qrcode import QrCode
from tests.tui.looks import painted
from tests.tui.scenes import LANKAQR, UPI, playing

PANELS = [((80, 24), (10, 20)), ((100, 30), (8, 16)), ((128, 50), (8, 12)), ((128, 50), (10, 16))]
"""Grids and cells in pixels of a 7 inch panel of 800 x 480 and 1024 x 600, and of a 10 inch one."""
THEMES = ["stall-day", "stall-night"]
EPC = {"scheme": "epc", "name": "Käthes Höft", "iban": "DE89370400440532013000"}
PIX = {"scheme": "pix", "key": "mia@example.com", "name": "Mia", "city": "RECIFE"}
PROMPTPAY = {"scheme": "promptpay", "phone": "0812345678"}


def read(picture: Any) -> list[bytes]:
    """The codes in a picture. Inverted ones are not looked for: few telephones do."""
    found = zxingcpp.read_barcodes(
        picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode, try_invert=False
    )
    return [code.bytes for code in found]


def photographed(picture: Any) -> Any:
    """The screen as a telephone sees it: turned a little, smaller, out of focus, pale."""
    turned = picture.convert("L").rotate(7, Image.Resampling.BICUBIC, expand=True, fillcolor=90)
    smaller = turned.resize((turned.width * 3 // 4, turned.height * 3 // 4), Image.Resampling.BILINEAR)
    return ImageEnhance.Contrast(smaller.filter(ImageFilter.GaussianBlur(1))).enhance(0.5)


@pytest.mark.parametrize(("size", "cell"), PANELS, ids=lambda pair: "x".join(map(str, pair)))
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["code-epc", "code-upi", "code-emvco", "receipt-code"])
async def test_a_code_on_the_screen_is_read_back(
    name: str, theme: str, size: tuple[int, int], cell: tuple[int, int], tmp_path: Path
) -> None:
    async with playing(name, tmp_path, size, theme) as on:
        shown = payload_bytes(on.app.screen.query_one(QrCode).payload)
        screen = painted(on.app, cell)
        assert read(screen) == [shown]
        assert read(photographed(screen)) == [shown]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("size", "cell"), PANELS[1:], ids=lambda pair: "x".join(map(str, pair)))
async def test_the_code_of_a_receipt_is_read_from_the_slip_on_the_screen(
    theme: str, size: tuple[int, int], cell: tuple[int, int], tmp_path: Path
) -> None:
    async with playing("receipt-view", tmp_path, size, theme) as on:
        if size == (100, 30):
            assert read(painted(on.app, cell)) == [], "the code stands whole on the next page"
            await on.press("pagedown")
        (token,) = read(painted(on.app, cell))
        assert number_of_token(token.decode()) == "A-000001"


@pytest.mark.parametrize("profile", ["80mm", "58mm"])  # drawn by the printer, and sent dot by dot
@pytest.mark.parametrize(
    ("table", "currency"),
    [
        (EPC, "EUR"),
        (EPC | {"charset": "2"}, "EUR"),
        (UPI, "INR"),
        (LANKAQR, "LKR"),
        (PIX, "BRL"),
        (PROMPTPAY, "THB"),
    ],
    ids=["epc", "epc in Latin-1", "upi", "lankaqr", "pix", "promptpay"],
)
def test_a_payment_code_on_paper_is_read_back(table: dict[str, str], currency: str, profile: str) -> None:
    method, money = qr.make("qr", table), Currency.of(currency)
    ask = method.start(Request("5f0c", 2030, money, "A-000123"))
    assert ask.qr is not None
    printer = SimulatedPrinter(PROFILES[profile])
    paper = Stationery(PROFILES[profile].columns, ("Stall 3",), (), {})
    printer.receive(encode(pay_rows(ask, 2030, money, paper), PROFILES[profile]))
    printer.work()
    drawn = [line.told() for line in printer.paper.lines]
    told = {"drawn": drawn, "dots": PROFILES[profile].dots, "font": PROFILES[profile].font}
    picture = Image.open(BytesIO(png(json.loads(json.dumps(told)))))
    assert read(picture) == [payload_bytes(ask.qr)]
