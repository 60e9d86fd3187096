"""Checks what collecting needs: the secret behind the codes, and the voice of the locker's screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from kiosk.doctor.finding import Finding
from kiosk.i18n import _
from kiosk.pickup.codes import KEY_FILE, NoSecret, read_secret
from kiosk.settings import Settings


def pickup(settings: Settings) -> Iterator[Finding]:
    """Can codes be checked, and is there a voice where the settings want one?"""
    if settings.pickup is None:
        return
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
        yield Finding("pickup", "found", _("{program} reads aloud").format(program=program))
