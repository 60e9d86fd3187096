"""Checks what collecting needs: the secret behind the codes, a voice, coils that go off with the till."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.doctor.finding import Finding
from kiosk.i18n import _
from kiosk.pickup.codes import KEY_FILE, NoSecret, read_secret
from kiosk.settings import Settings

CARDS = Path("/proc/asound/cards")
"""Where Linux lists its sound cards."""
MODULES = Path("/sys/module")
"""Where Linux tells how drivers were set; a Raspberry Pi's pins are `pinctrl_bcm2835` or `pinctrl_rp1`."""


def pickup(settings: Settings, cards: Path = CARDS, modules: Path = MODULES) -> Iterator[Finding]:
    """Can codes be checked, is there a voice where the settings want one, does a coil end with the till?"""
    if settings.pickup is None:
        return
    if any((device.role, device.kind) == ("locks", "gpio") for device in settings.devices):
        yield from _coils(modules)
    if (settings.folder / KEY_FILE).exists():
        try:
            read_secret(settings.folder)
        except NoSecret as error:
            yield Finding(
                "pickup", "wrong", str(error.strerror or error), _("Bring the file back from a backup.")
            )
        else:
            yield Finding("pickup", "found", _("the secret behind the pickup codes"))
    program = settings.pickup.voice
    if program and shutil.which(program) is None:
        fix = _('Install it (Debian: apt install espeak-ng), or write voice = "" under [pickup].')
        yield Finding("pickup", "missing", _("{program} to read aloud").format(program=program), fix)
    elif program:
        yield _voice(program, settings.pickup.voice_device, cards)


def _coils(modules: Path) -> Iterator[Finding]:
    """A Raspberry Pi's kernel keeps an output on when its process dies, unless it was told not to."""
    for setting in modules.glob("pinctrl_*/parameters/persist_gpio_outputs"):
        if setting.read_text("ascii", "replace").strip() == "N":
            yield Finding("pickup", "found", _("the kernel lets go of a lock's coil when the till dies"))
            continue
        fix = _("Write dtparam=strict_gpiod first in /boot/firmware/config.txt, and start the Pi again.")
        yield Finding("pickup", "wrong", _("the kernel leaves a lock's coil on when the till is killed"), fix)


def _voice(program: str, device: str, cards: Path) -> Finding:
    """The program is there: is there anything to hear it from? It ends with 0 even where there is not."""
    named = device.partition("CARD=")[2].partition(",")[0]
    try:
        listed = cards.read_text("utf-8", "replace") if sys.platform == "linux" else named
    except OSError:
        listed = ""
    if sys.platform == "linux" and (f"[{named}" if named else "[") not in listed:
        words = _("{program} reads aloud, and there is no sound card {card} to hear it from")
        fix = _("Plug the headset or speaker in; `aplay -L` lists the names for voice_device.")
        return Finding("pickup", "missing", " ".join(words.format(program=program, card=named).split()), fix)
    return Finding("pickup", "found", _("{program} reads aloud").format(program=program))
