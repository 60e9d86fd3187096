"""What the doctor says of collecting: the secret's file and the voice."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk import demo
from kiosk.demo.locker import add_locker
from kiosk.doctor.pickup import pickup
from kiosk.pickup.codes import KEY_FILE
from kiosk.settings import DeviceSettings

CARD = " 0 [Headphones     ]: bcm2835_headpho - bcm2835 Headphones\n"


def test_secret_and_voice_are_looked_at(tmp_path: Path) -> None:
    plain = demo.build(tmp_path / "shop", language="en", timezone="UTC")
    assert list(pickup(plain)) == []
    shop = add_locker(plain)
    assert [found.state for found in pickup(shop)] == ["found"]
    (shop.folder / KEY_FILE).chmod(0o644)
    (finding,) = pickup(shop)
    assert finding.state == "wrong"
    assert "chmod 600" in finding.words
    assert shop.pickup is not None
    dumb = replace(shop, pickup=replace(shop.pickup, voice="no-such-voice"))
    missing = list(pickup(dumb))[-1]
    assert (missing.state, missing.words) == ("missing", "no-such-voice to read aloud")


@pytest.mark.parametrize(("persist", "state"), [("N\n", ["found"]), ("Y\n", ["wrong"]), (None, [])])
def test_coils_on_the_header_should_end_with_the_till(
    persist: str | None, state: list[str], tmp_path: Path
) -> None:
    shop = add_locker(demo.build(tmp_path / "shop", language="en", timezone="UTC"))
    coils = DeviceSettings("locks", "locks", "gpio", options={"locks": "17:27"})
    shop = replace(shop, devices=(coils,))
    if persist is not None:
        setting = tmp_path / "pinctrl_bcm2835/parameters/persist_gpio_outputs"
        setting.parent.mkdir(parents=True)
        setting.write_text(persist)
    about = [found for found in pickup(shop, modules=tmp_path) if "coil" in found.words]
    assert [found.state for found in about] == state
    assert all(("strict_gpiod" in found.fix) == (found.state == "wrong") for found in about)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody lists the sound cards")
@pytest.mark.parametrize(
    ("listed", "device", "state"),
    [
        (CARD, "", "found"),
        (CARD, "plughw:CARD=Headphones,DEV=0", "found"),
        (CARD, "plughw:CARD=Device", "missing"),
        ("--- no soundcards ---\n", "", "missing"),
        (None, "", "missing"),
    ],
)
def test_a_voice_that_nobody_can_hear_is_named(
    listed: str | None, device: str, state: str, tmp_path: Path
) -> None:
    shop = add_locker(demo.build(tmp_path / "shop", language="en", timezone="UTC"))
    assert shop.pickup is not None
    speaking = replace(shop, pickup=replace(shop.pickup, voice="sh", voice_device=device))
    cards = tmp_path / "cards"
    if listed is not None:
        cards.write_text(listed)
    found = list(pickup(speaking, cards))[-1]
    assert (found.state, bool(found.fix)) == (state, state == "missing")
