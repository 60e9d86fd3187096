"""Finds the GPIO chip of a Raspberry Pi's header by its label: its number changes from kernel to kernel.

Kernel 6.6.45 moved the Pi 5's from gpiochip4 to gpiochip0 (raspberrypi/linux pull request 6144); the label
stayed. Asked of the kernel itself, without any library: ``GPIO_GET_CHIPINFO_IOCTL``, linux/gpio.h.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

LABELS = re.compile(r"pinctrl-(rp1|bcm\d+)")
"""Pi 5 and its relatives; all Pis before it."""
CHIP_INFO = 0x8044B401
"""``struct gpiochip_info``: 32 bytes of name, 32 of label, and the number of lines."""
SIZE = 68

Ask = Callable[[int, int, bytes], bytes]


class NoChip(FileNotFoundError):
    """No chip of a Raspberry Pi is there."""


def header_chip(folder: Path = Path("/dev"), ask: Ask | None = None) -> int:
    """The number of the chip that the header's pins are on.

    Raises `NoChip` where there is none, ``PermissionError`` where one is there and we may not ask it.
    """
    refused: PermissionError | None = None
    for path in sorted(folder.glob("gpiochip*"), key=lambda one: (len(one.name), one.name)):
        try:
            label = _label(path, ask or _ioctl)
        except PermissionError as error:
            refused = refused or error
        except OSError:
            continue  # an entry that is no chip, or one just unplugged
        else:
            if LABELS.fullmatch(label):
                return int(path.resolve().name.removeprefix("gpiochip"))
    if refused is not None:
        raise refused
    raise NoChip(
        2, "no GPIO chip of a Raspberry Pi is here (pinctrl-rp1, pinctrl-bcm...)", str(folder / "gpiochip*")
    )


def _label(path: Path, ask: Ask) -> str:
    """What the kernel calls a chip."""
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return ask(fd, CHIP_INFO, bytes(SIZE))[32:64].partition(b"\0")[0].decode("ascii", "replace")
    finally:
        os.close(fd)


def _ioctl(fd: int, request: int, buffer: bytes) -> bytes:
    """Ask the kernel."""
    from fcntl import ioctl

    return ioctl(fd, request, buffer)
