"""What can switch this box off: battery boards that are told so, and a command of the owner's."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    from hardware.device import Device
    from kiosk.settings.power import PowerSettings

HALTS_S = 90.0
"""systemd gives services that long to stop before it kills them (DefaultTimeoutStopSec)."""
COMMAND_S = 10.0
"""A command that orders a shutdown returns at once."""
NONE = "no"


@dataclass(frozen=True, slots=True)
class Cut:
    """One of them."""

    name: str
    after_s: float
    """How long after the order the power is gone, at the latest."""
    order: Callable[[], None]
    """Raises ``OSError`` when the order was not taken."""
    take_back: Callable[[], bool] = lambda: False
    """Whether the order could be taken back; ``OSError`` as above."""


def cuts(power: PowerSettings, devices: Iterable[Device]) -> tuple[Cut, ...]:
    """Return what can switch the box off, in the order in which they are told.

    Boards first: they wait half a minute and longer, in which the command's shutdown comes to its end.
    """
    from hardware.power.hats.hat import Hat

    if power.power_off == NONE:
        return ()
    boards = tuple(
        Cut(made.name, made.off_after_s, made.power_off, made.stay_on)
        for made in devices
        if isinstance(made, Hat) and made.off_after_s is not None
    )
    return (*boards, command(power.power_off)) if power.power_off else boards


def command(text: str) -> Cut:
    """Return a command of the owner's as something that switches off."""
    words = shlex.split(text)

    def order() -> None:
        """Run it; what it says when it fails is the reason."""
        try:
            done = subprocess.run(  # noqa: S603  the owner's own command from shop.toml, without a shell
                words, stdin=subprocess.DEVNULL, capture_output=True, timeout=COMMAND_S, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise TimeoutError(_("{command} did not return").format(command=words[0])) from error
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
            raise OSError(said or _("{command} failed").format(command=words[0]))

    return Cut(words[0], HALTS_S, order)
