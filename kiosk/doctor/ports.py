"""Looks for what stands between the till and its ports: another driver, another program, a group (Linux)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kiosk.doctor.finding import Finding
from kiosk.i18n import _
from kiosk.settings import DeviceSettings, Settings

SYS, PROC, UDEV = Path("/sys"), Path("/proc"), Path("/run/udev/data")
PRINTERS = "07"
"""The interface class of printers (USB device class list)."""
HID_POS = bytes.fromhex("058C0902")
"""Usage page and usage of a bar code scanner (USB-IF, HID Point of Sale Usage Tables 1.02)."""
SEEN_BY_OTHERS = ("cupsd", "ipp-usb", "ModemManager")
"""Programs of a usual desktop that take ports for themselves, by the name of their process."""


def usb_printers(settings: Settings | None, root: Path = SYS, proc: Path = PROC) -> Iterator[Finding]:
    """Name every USB printer that the kernel's printer driver has not, so that no /dev/usb/lp leads to it."""
    wanted = settings is not None and any(device.kind == "usblp" for device in settings.devices)
    for interface in sorted((root / "bus/usb/devices").glob("*:*")):
        if _word(interface / "bInterfaceClass") != PRINTERS:
            continue
        driver = (interface / "driver").resolve().name if (interface / "driver").exists() else ""
        if driver == "usblp":
            continue
        name = _word(interface.resolve().parent / "product") or interface.name
        if driver:
            words = _("USB printer {name}: held by another program ({driver}), not by the driver usblp")
            fix = _end(_others(proc))
        else:
            words = _("USB printer {name}: no driver has it")
            fix = _(
                "`sudo modprobe usblp`. If that changes nothing, `grep -r usblp /etc/modprobe.d "
                "/lib/modprobe.d` shows a line `blacklist usblp`: remove it. Then unplug the printer and "
                "plug it in again."
            )
        state = "wrong" if wanted else "note"
        yield Finding("device", state, words.format(name=name, driver=driver), fix)  # type: ignore[arg-type]


def modem_manager(settings: Settings, proc: Path = PROC, udev: Path = UDEV) -> Iterator[Finding]:
    """Warn of ModemManager, which speaks to a serial port for half a minute after it was plugged in."""
    if "ModemManager" not in _others(proc):
        return
    for device in settings.devices:
        if is_serial(device) and not _ignored(Path(device.address), udev):
            words = _("ModemManager runs and will speak to {name} ({address}) whenever it is plugged in")
            fix = _("`sudo systemctl disable --now ModemManager`, or the udev rule of image/install.sh.")
            yield Finding("device", "note", words.format(name=device.name, address=device.address), fix)


def hid_pos_scanners(root: Path = SYS) -> Iterator[Finding]:
    """Name every scanner that is set to HID-POS: it is plugged in, and no key of it ever arrives."""
    for device in sorted((root / "bus/hid/devices").glob("*")):
        with suppress(OSError):
            if HID_POS not in (device / "report_descriptor").read_bytes():
                continue
            name = dict(line.partition("=")[::2] for line in _word(device / "uevent").splitlines()).get(
                "HID_NAME"
            )
            words = _("scanner {name}: is set to HID-POS, which no system turns into keys")
            fix = _(
                "Scan the code that its manual calls USB keyboard (or HID keyboard), or the one for a serial "
                "port (USB-COM); then `kiosk setup devices`."
            )
            yield Finding("device", "wrong", words.format(name=name or device.name), fix)


def is_serial(device: DeviceSettings) -> bool:
    """Whether a device hangs on a serial port, whatever it speaks there."""
    return device.kind == "serial" or device.address.startswith(("/dev/serial/", "/dev/tty"))


def permission(node: Path, usual: str) -> str:
    """What to do about a port that this user may not open; `usual` is the group it has on Debian."""
    group = _group(node) or (usual, False)
    if group[0] == "root":
        return _("Permission is missing: image/install.sh brings the udev rules that give it.")
    if group[1]:
        words = _("Sign out and in again: this user is in the group {group} only since then.")
    else:
        words = _("Permission is missing: `sudo usermod -aG {group} $USER`, then sign in again.")
    return words.format(group=group[0])


def _group(node: Path) -> tuple[str, bool] | None:
    """The group of a port, and whether this user has been given it but has not signed in since."""
    if sys.platform == "win32" or not node.is_absolute():
        return None
    import grp
    import pwd

    try:
        group = grp.getgrgid(node.stat().st_gid)
        given = pwd.getpwuid(os.getuid()).pw_name in group.gr_mem
    except (OSError, KeyError):
        return None
    return group.gr_name, given and group.gr_gid not in os.getgroups()


def busy(node: Path, proc: Path = PROC) -> str:
    """What to do about a port that another program holds."""
    return _end([*_holders(node, proc), *_others(proc)])


def _end(programs: list[str]) -> str:
    """How to end the program that holds a port, the first one known by name."""
    first = programs[0] if programs else ""
    if first.startswith("cupsd"):
        return _(
            "CUPS holds it: `lpstat -v` names its queue, `sudo lpadmin -x NAME` removes that for good. "
            "Then unplug the printer and plug it in again."
        )
    if first.startswith("ipp-usb"):
        return _("`sudo systemctl disable --now ipp-usb`, then unplug the printer and plug it in again.")
    if first.startswith("ModemManager"):
        return _("`sudo systemctl disable --now ModemManager`, then unplug the device and plug it in again.")
    if first:
        return _("{program} holds it: end that program.").format(program=first)
    return _("Another program holds it: `sudo fuser -v /dev/usb/lp* /dev/tty*` names it; end that one.")


def _holders(node: Path, proc: Path) -> list[str]:
    """Programs that have a device node open, with their process numbers, as far as this user may see."""
    found = []
    for link in proc.glob("[0-9]*/fd/*"):
        with suppress(OSError):
            process = link.parent.parent
            if os.readlink(link) == str(node.resolve()) and process.name != str(os.getpid()):
                found.append(f"{_word(process / 'comm')} ({process.name})")
    return found


def _others(proc: Path) -> list[str]:
    """Those of `SEEN_BY_OTHERS` that run."""
    if sys.platform == "win32":
        return []
    running = {_word(comm) for comm in proc.glob("[0-9]*/comm")}
    return [name for name in SEEN_BY_OTHERS if name[:15] in running]


def _ignored(node: Path, udev: Path) -> bool:
    """Whether udev tells ModemManager to leave a port alone."""
    with suppress(OSError):
        number = node.stat().st_rdev
        entry = udev / f"c{os.major(number)}:{os.minor(number)}"
        return "E:ID_MM_DEVICE_IGNORE=1" in entry.read_text(encoding="utf-8", errors="replace").splitlines()
    return False


def _word(file: Path) -> str:
    """What a small file of the kernel says, or nothing."""
    with suppress(OSError):
        return file.read_text(encoding="utf-8", errors="replace").strip()
    return ""
