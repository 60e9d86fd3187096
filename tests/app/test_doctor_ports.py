"""The doctor names what stands between the till and a port, with the very command that mends it."""

from __future__ import annotations

import grp
import os
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from kiosk import demo, i18n
from kiosk.doctor import devices, ports, shop
from kiosk.settings import DeviceSettings, Settings

USB = DeviceSettings("printer", "printer", "usblp", "/dev/usb/lp0")


@pytest.fixture(scope="module")
def stall(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A demo shop; only its settings are looked at."""
    return demo.build(tmp_path_factory.mktemp("doctor") / "shop", language="en", timezone="UTC")


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.set_language("en")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine with a USB printer, and nothing that runs."""
    printer = tmp_path / "sys/bus/usb/devices/1-1"
    (printer / "1-1:1.0").mkdir(parents=True)
    (printer / "product").write_text("TM-T20III\n")
    (printer / "1-1:1.0" / "bInterfaceClass").write_text("07\n")
    (tmp_path / "sys/bus/usb/devices/1-1:1.0").symlink_to(printer / "1-1:1.0")
    (tmp_path / "sys/drivers").mkdir()
    (tmp_path / "proc").mkdir()
    return tmp_path


def driven_by(machine: Path, driver: str) -> None:
    """Bind the printer to a driver."""
    (machine / "sys/drivers" / driver).mkdir()
    (machine / "sys/bus/usb/devices/1-1/1-1:1.0/driver").symlink_to(machine / "sys/drivers" / driver)


def runs(machine: Path, name: str, number: int = 4321, holds: Path | None = None) -> None:
    """Run a program, with a port open or not."""
    process = machine / "proc" / str(number)
    (process / "fd").mkdir(parents=True)
    (process / "comm").write_text(name + "\n")
    if holds is not None:
        (process / "fd" / "3").symlink_to(holds)


def printers(machine: Path, settings: Settings | None) -> list[tuple[str, str, str]]:
    found = ports.usb_printers(settings, machine / "sys", machine / "proc")
    return [(one.state, one.words, one.fix) for one in found]


def test_a_printer_with_its_own_driver_is_no_news(machine: Path, stall: Settings) -> None:
    driven_by(machine, "usblp")
    assert printers(machine, stall) == []


def test_a_printer_that_cups_has_taken_says_how_to_take_it_back(machine: Path, stall: Settings) -> None:
    driven_by(machine, "usbfs")
    runs(machine, "cupsd")
    wanted = replace(stall, devices=(USB,))
    ((state, words, fix),) = printers(machine, wanted)
    assert state == "wrong"
    assert words == "USB printer TM-T20III: held by another program (usbfs), not by the driver usblp"
    assert "sudo lpadmin -x" in fix
    assert printers(machine, replace(stall, devices=()))[0][0] == "note", "nobody wants it"
    assert printers(machine, None)[0][0] == "note"


@pytest.mark.parametrize(
    ("program", "command"),
    [("ipp-usb", "systemctl disable --now ipp-usb"), ("", "sudo fuser -v /dev/usb/lp*")],
)
def test_another_program_has_it(machine: Path, stall: Settings, program: str, command: str) -> None:
    driven_by(machine, "usbfs")
    if program:
        runs(machine, program)
    assert command in printers(machine, stall)[0][2]


def test_no_driver_at_all_is_a_module_not_loaded(machine: Path, stall: Settings) -> None:
    ((_state, words, fix),) = printers(machine, stall)
    assert "no driver" in words
    assert "sudo modprobe usblp" in fix
    assert "blacklist usblp" in fix


def test_other_devices_are_not_printers(machine: Path, stall: Settings) -> None:
    (machine / "sys/bus/usb/devices/1-1/1-1:1.0/bInterfaceClass").write_text("03\n")
    assert printers(machine, stall) == []


def test_a_machine_without_usb_is_fine(tmp_path: Path, stall: Settings) -> None:
    assert list(ports.usb_printers(stall, tmp_path, tmp_path)) == []


def serial(address: Path) -> DeviceSettings:
    return DeviceSettings("printer", "printer", "serial", str(address))


def test_modem_manager_is_told_for_serial_devices_only(machine: Path, stall: Settings) -> None:
    node = Path("/dev/null")  # a character device that is there
    with_serial = replace(stall, devices=(serial(node), USB))
    assert list(ports.modem_manager(with_serial, machine / "proc", machine / "udev")) == []
    runs(machine, "ModemManager")
    (finding,) = ports.modem_manager(with_serial, machine / "proc", machine / "udev")
    assert "/dev/null" in finding.words
    assert "systemctl disable --now ModemManager" in finding.fix


def test_a_port_that_modem_manager_was_told_to_leave_alone_is_no_news(machine: Path, stall: Settings) -> None:
    runs(machine, "ModemManager")
    number = Path("/dev/null").stat().st_rdev
    (machine / "udev").mkdir()
    entry = machine / "udev" / f"c{os.major(number)}:{os.minor(number)}"
    entry.write_text("N:null\nE:ID_MM_DEVICE_IGNORE=1\n")
    with_serial = replace(stall, devices=(serial(Path("/dev/null")),))
    assert list(ports.modem_manager(with_serial, machine / "proc", machine / "udev")) == []


def test_who_holds_a_port_is_named(machine: Path, tmp_path: Path) -> None:
    port = tmp_path / "ttyACM0"
    port.touch()
    runs(machine, "minicom", 77, port)
    assert ports.busy(port, machine / "proc") == "minicom (77) holds it: end that program."


def test_the_group_is_the_ports_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = tmp_path / "lp0"
    port.touch()
    group = grp.struct_group(("lp", "x", os.stat(port).st_gid, []))
    monkeypatch.setattr(grp, "getgrgid", lambda _number: group)
    assert "sudo usermod -aG lp $USER" in ports.permission(port, "lp")


def test_a_group_given_since_the_last_sign_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd

    port = tmp_path / "lp0"
    port.touch()
    me = pwd.getpwuid(os.getuid()).pw_name
    monkeypatch.setattr(grp, "getgrgid", lambda _number: grp.struct_group(("lp", "x", 987_654, [me])))
    assert ports.permission(port, "lp").startswith("Sign out and in again")


def test_a_device_without_a_node_is_given_the_usual_group() -> None:
    assert "usermod -aG input" in ports.permission(Path(""), "input")


def test_a_node_of_root_alone_wants_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grp, "getgrgid", lambda _number: grp.struct_group(("root", "x", 0, [])))
    assert "image/install.sh" in ports.permission(tmp_path, "lp")


@pytest.mark.parametrize(
    ("error", "words"), [(13, "Permission is missing"), (16, "holds it"), (11, "holds it"), (2, "Plug it in")]
)
def test_each_refusal_of_a_port_has_its_own_fix(error: int, words: str) -> None:
    port = DeviceSettings("printer", "printer", "serial", "/dev/serial/by-id/usb-none")
    assert words in devices._fix(port, OSError(error, os.strerror(error)))


def test_the_logo_is_tried(stall: Settings, tmp_path: Path) -> None:
    named = replace(stall, folder=tmp_path, receipt=replace(stall.receipt, logo="logo.png"))
    (finding,) = shop.logo(named)
    assert finding.state == "wrong"
    assert "no such file" in finding.words
    Image.new("1", (8, 8)).save(tmp_path / "logo.png")
    (finding,) = shop.logo(named)
    assert finding.state == "found"
    assert [file.name for file in tmp_path.iterdir()] == ["logo.png"], "the till's own folder is left alone"
    assert list(shop.logo(replace(named, receipt=replace(named.receipt, logo="")))) == []


@pytest.mark.parametrize(
    ("descriptor", "found"),
    [
        (
            "05 8C 09 02 A1 01 09 12 A1 02",
            ["scanner Honeywell 1900: is set to HID-POS"],
        ),  # a scanner's collection
        ("05 01 09 06 A1 01 05 07 19 E0", []),  # a keyboard's
        ("", []),
    ],
)
def test_a_scanner_in_hid_pos_mode_says_which_code_to_scan(
    tmp_path: Path, descriptor: str, found: list[str]
) -> None:
    device = tmp_path / "bus/hid/devices/0003:0C2E:0901.0001"
    device.mkdir(parents=True)
    (device / "report_descriptor").write_bytes(bytes.fromhex(descriptor))
    (device / "uevent").write_text(
        "DRIVER=hid-generic\nHID_ID=0003:00000C2E:00000901\nHID_NAME=Honeywell 1900\n"
    )
    said = [*ports.hid_pos_scanners(tmp_path)]
    assert [one.words.partition(",")[0] for one in said] == found
    assert all("USB keyboard" in one.fix for one in said)
