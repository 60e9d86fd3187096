"""A disk that notes every write and sync, and can show what would be left of them after a power cut."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import apsw

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that reached the disk, or the word of the ledger that something is safe."""

    what: str  # write, sync, truncate, delete, safe
    file: str = ""
    at: int = 0  # byte offset; the new length of a truncate; the seq of what is safe
    content: bytes = b""


class Witness(apsw.VFS):
    """The default disk of SQLite while a test runs."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.real = apsw.vfs_names()[0]
        super().__init__("witness", self.real, makedefault=True)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return WitnessedFile(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self.steps.append(Step("delete", Path(filename).name))
        super().xDelete(filename, syncdir)

    def of(self, what: str) -> list[Step]:
        """The steps of one kind."""
        return [step for step in self.steps if step.what == what]


class WitnessedFile(apsw.VFSFile):
    """One file, written through to the real disk."""

    def __init__(self, witness: Witness, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self.witness = witness
        self.name = Path(name.filename() if isinstance(name, apsw.URIFilename) else name or "temporary").name
        super().__init__(witness.real, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.witness.steps.append(Step("write", self.name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self.witness.steps.append(Step("truncate", self.name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.witness.steps.append(Step("sync", self.name))
        super().xSync(flags)


def after_power_cut(
    before: dict[str, bytes], steps: list[Step], chance: random.Random
) -> tuple[dict[str, bytes], int]:
    """Return the files as the disk may hold them after these steps, and the newest seq that was promised.

    What was synced is there. Of what was not, any part may be: whole, torn at a sector, or not at all.
    """
    files = {name: bytearray(content) for name, content in before.items()}
    last_sync = {step.file: number for number, step in enumerate(steps) if step.what == "sync"}
    promised = 0
    for number, step in enumerate(steps):
        if step.what == "safe":
            promised = step.at
            continue
        synced = number < last_sync.get(step.file, -1)
        if synced or chance.random() < 0.5:
            _apply(files, step, len(step.content) if synced else _torn(step, chance))
    return {name: bytes(content) for name, content in files.items()}, promised


def _torn(step: Step, chance: random.Random) -> int:
    """How much of an unsynced write got through."""
    return chance.choice([len(step.content), chance.randrange(len(step.content) // SECTOR + 1) * SECTOR])


def _apply(files: dict[str, bytearray], step: Step, length: int) -> None:
    """Do to the files what the step did to the disk."""
    if step.what == "delete":
        files.pop(step.file, None)
        return
    file = files.setdefault(step.file, bytearray())
    if step.what == "truncate":
        del file[step.at :]
    elif step.what == "write":
        file.extend(bytes(max(0, step.at + length - len(file))))
        file[step.at : step.at + length] = step.content[:length]
