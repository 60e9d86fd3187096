"""From a job to bytes: the shop's logo above its receipts, a bad one left out, and paper that saves power."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image

from hardware.printer.profile import PROFILES
from kiosk import i18n
from kiosk.checkout import printqueue
from kiosk.checkout.printqueue import Job
from kiosk.ledger.connection import Ledger
from kiosk.settings import Settings
from kiosk.station.press import Press
from tests.station.stand import Stand
from tests.tui.stall import Stall

RASTER = b"\x1dv0\x00"


@pytest.fixture
def sold(shop: Settings) -> Iterator[tuple[Stall, Job]]:
    """A shop with a logo that has sold a mug, and the job of its receipt."""
    i18n.set_language("en")
    i18n.set_locale("en_IE", "UTC")
    Image.new("1", (64, 16), 0).save(shop.folder / "logo.png")
    settings = replace(shop, receipt=replace(shop.receipt, logo="logo.png"))
    with Ledger.open(settings.ledger) as ledger:
        stall = Stall(ledger, settings)
        stall.sell("MUG-BLUE", given=5000)
        job = printqueue.next_job(ledger)
        assert job is not None and job.kind == "receipt"
        yield stall, job
    i18n.set_locale("en_GB", "")


def printed(stall: Stall, job: Job, **changed: object) -> bytes:
    """The job's bytes with changed receipt settings."""
    receipt = replace(stall.settings.receipt, **changed)  # type: ignore[arg-type]
    return Press(replace(stall.settings, receipt=receipt), PROFILES["80mm-42"]).job(stall.ledger, job)


def test_the_logo_stands_in_the_middle_above_the_shops_name(sold: tuple[Stall, Job]) -> None:
    stall, job = sold
    made = printed(stall, job)
    assert made.startswith(b"\x1b@\x1bt\x13\x1ba\x01" + RASTER)
    assert made.index(RASTER) < made.index(stall.settings.receipt.header[0].encode("cp858"))
    assert made.count(RASTER) == 1


def test_without_a_logo_in_the_settings_there_is_none(sold: tuple[Stall, Job]) -> None:
    assert RASTER not in printed(*sold, logo="")


@pytest.mark.parametrize("content", [None, b"not a picture"], ids=["missing", "broken"])
def test_a_bad_logo_is_told_once_and_receipts_are_printed_without_it(
    sold: tuple[Stall, Job], content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    stall, job = sold
    (stall.settings.folder / "logo.png").unlink()
    if content is not None:
        (stall.settings.folder / "logo.png").write_bytes(content)
    press = Press(stall.settings, PROFILES["80mm-42"])
    with caplog.at_level(logging.WARNING):
        first, second = press.job(stall.ledger, job), press.job(stall.ledger, job)
    assert first == second == printed(stall, job, logo="")
    assert [record.message.partition(":")[0] for record in caplog.records] == [
        "receipts are printed without the logo"
    ]


def test_sparing_paper_has_no_logo_and_nothing_blank_and_all_the_words(sold: tuple[Stall, Job]) -> None:
    stall, job = sold
    full, spared = printed(stall, job), printed(stall, job, sparing=True)
    assert RASTER not in spared
    assert b"\x1bd" in full
    assert b"\x1bd" not in spared
    assert len(spared) < len(full)
    assert b"TOTAL" in spared
    assert spared.endswith(full[-4:]), "it is still cut"


def test_a_low_battery_spares_from_the_next_receipt_on_and_until_it_is_charged(
    stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    stand.sell(drawer=False)
    stand.printed()
    full = stand.stall.do("status")["printer"]["received"]  # type: ignore[index]
    equipment = stand.station._equipment
    assert equipment is not None
    equipment.spare(True)
    stand.sell(drawer=False)
    stand.printed()
    both = stand.stall.do("status")["printer"]["received"]  # type: ignore[index]
    equipment.spare(False)
    stand.sell(drawer=False)
    stand.printed()
    assert len([line for line in stand.paper() if line.startswith("✂")]) == 3
    assert both - full < full
