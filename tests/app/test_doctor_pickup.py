"""What the doctor says of collecting: the secret's file and the voice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kiosk import demo
from kiosk.demo.locker import add_locker
from kiosk.doctor.pickup import pickup
from kiosk.pickup.codes import KEY_FILE


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
    speaking = replace(shop, pickup=replace(shop.pickup, voice="sh"))
    assert list(pickup(speaking))[-1].state == "found"
