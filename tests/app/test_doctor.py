"""The doctor finds what is wrong, says what to do, and is quiet about what is well."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from hardware.printer.profile import for_columns
from hardware.simulated.stall import SimulatedStall
from kiosk import demo
from kiosk.cli import main
from kiosk.demo.stall import running_stall
from kiosk.doctor import devices, examine, machine
from kiosk.doctor.finding import Finding, examined
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.instance import TillLock
from kiosk.settings import DeviceSettings, Settings

NOON = 1_795_431_600_000


@pytest.fixture
def shop(tmp_path: Path) -> Settings:
    """Return a demo shop."""
    return demo.build(tmp_path / "shop", clock=FakeClock(NOON), language="en", timezone="Europe/Berlin")


def bad(folder: Path) -> list[Finding]:
    """Return what somebody has to do something about."""
    return [finding for finding in examine(folder) if finding.is_bad and finding.area != "machine"]


def test_a_sound_shop_has_nothing_wrong(shop: Settings) -> None:
    assert bad(shop.folder) == []


def test_no_shop_says_how_to_make_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shop", str(tmp_path / "none"), "doctor", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert not answer["ok"]
    assert any(row["state"] == "missing" and "kiosk init" in row["fix"] for row in answer["findings"])


def test_wrong_settings_are_told_each_with_its_line(shop: Settings) -> None:
    file = shop.folder / "shop.toml"
    text = file.read_text("utf-8").replace("columns = 42", "columns = 40").replace('"auto"', '"dusk"')
    file.write_text(text, encoding="utf-8")
    assert [finding.words.count("shop.toml:") for finding in bad(shop.folder)] == [1, 1]


def test_another_currency_than_the_ledgers_is_wrong(shop: Settings) -> None:
    file = shop.folder / "shop.toml"
    text = file.read_text("utf-8").replace('currency = "EUR"', 'currency = "CHF"')
    file.write_text(text, encoding="utf-8")
    assert any("EUR" in finding.fix for finding in bad(shop.folder))


def test_a_wrong_iban_is_told(shop: Settings) -> None:
    file = shop.folder / "shop.toml"
    file.write_text(file.read_text("utf-8").replace("DE89", "DE88"), encoding="utf-8")
    (finding,) = bad(shop.folder)
    assert finding.area == "payments"
    assert "[payments.qr]" in finding.fix


def test_a_damaged_ledger_is_told_and_not_touched(shop: Settings) -> None:
    raw = bytearray(shop.ledger.read_bytes())
    raw[8192:12288] = os.urandom(4096)
    shop.ledger.write_bytes(raw)
    assert any(finding.area == "ledger" for finding in bad(shop.folder))
    assert shop.ledger.read_bytes() == bytes(raw)


def test_a_missing_ledger_names_the_way_back(shop: Settings) -> None:
    shop.ledger.unlink()
    (finding,) = bad(shop.folder)
    assert finding.state == "missing"
    assert "--restore" in finding.fix


def test_a_running_till_is_left_alone(shop: Settings) -> None:
    with TillLock(shop.ledger):
        found = list(examine(shop.folder))
    assert any(str(os.getpid()) in finding.words for finding in found)
    assert not any(finding.is_bad for finding in found if finding.area != "machine")


def test_each_simulated_device_is_found_and_a_fault_is_named(shop: Settings) -> None:
    with running_stall(shop) as connected:
        states = [finding.state for finding in devices.configured(connected)]
        assert states == ["found"] * len(connected.devices)
        assert {"printer", "scanner", "battery", "solar"} <= {device.role for device in connected.devices}


def test_a_printer_without_paper_is_wrong(shop: Settings) -> None:
    with SimulatedStall(shop.folder, for_columns(42)) as stall:
        stall.do("printer", act="paper-out")
        host, port = (stall.devices()["printer"][key] for key in ("host", "port"))
        printer = DeviceSettings("printer", "printer", "tcp", f"{host}:{port}")
        (finding,) = devices.configured(with_devices(shop, printer))
    assert (finding.state, "no paper" in finding.words) == ("wrong", True)


def with_devices(settings: Settings, *chosen: DeviceSettings) -> Settings:
    """Return settings with these devices."""
    from dataclasses import replace

    return replace(settings, devices=chosen)


def test_an_absent_device_is_missing_with_the_fix(shop: Settings) -> None:
    gone = DeviceSettings("printer", "printer", "tcp", "127.0.0.1:9")
    (finding,) = devices.configured(with_devices(shop, gone))
    assert finding.state == "missing"
    assert "127.0.0.1:9" in finding.fix


def test_an_input_device_without_the_package_that_reads_it_names_both(
    shop: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "evdev", None)
    gun = DeviceSettings("gun", "scanner", "evdev", options={"address": os.devnull})
    absent = DeviceSettings("touch", "touch", "evdev", options={"address": "/dev/input/event99"})
    wrong, _also_wrong = devices.configured(with_devices(shop, gun, absent))
    assert wrong.state == "wrong"
    assert "barrow[pi]" in wrong.words
    assert "linux-libc-dev" in wrong.fix


def test_what_is_plugged_in_and_not_configured_is_named(tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / "lp0").touch()
    (finding,) = devices.strangers(None, tmp_path)
    assert finding.state == "note"
    assert "usblp" in finding.fix


@pytest.mark.parametrize(
    ("size", "state"), [((80, 23), "wrong"), ((80, 24), "note"), ((100, 30), "found"), ((128, 50), "found")]
)
def test_the_terminal_is_measured(size: tuple[int, int], state: str) -> None:
    environment = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    first = next(iter(machine.terminal(environment, size, is_terminal=True)))
    assert first.state == state


def test_an_old_python_is_told() -> None:
    (finding,) = machine.python((3, 9, 2))
    assert finding.state == "wrong"
    assert [one.state for one in machine.python(sys.version_info[:3])] == ["found"]


@pytest.mark.parametrize("trusted", [True, False])
def test_the_clock_is_doubted_until_something_confirms_it(trusted: bool) -> None:
    (finding,) = machine.clock(FakeClock(NOON, trusted=trusted))
    assert finding.state == ("found" if trusted else "note")


def test_a_check_that_fails_does_not_stop_the_others() -> None:
    def check() -> list[Finding]:
        raise PermissionError(13, "Permission denied", "/sys")

    (finding,) = examined("machine", check)
    assert finding.state == "wrong"
