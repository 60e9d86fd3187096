"""What a person or a test can do to the simulated stall, by name: one table for Python and the socket."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hardware.simulated import countercommands, inputcommands, lockcommands, powercommands, printercommands
from hardware.simulated.offer import N_, Answer, BadCommand, Command, Field, Fields

if TYPE_CHECKING:
    from hardware.simulated.bench import Bench


async def scan(bench: Bench, fields: Fields) -> Answer:
    """Scan a ``code``; ``half`` breaks off before its end. Says how many readers heard it."""
    code = fields.get("code")
    if not isinstance(code, str) or not code or len(code) > 4096:
        raise BadCommand("scan: code must be a text of 1 to 4096 characters")
    text = code.encode()
    return {"readers": bench.scan(text[: len(text) // 2] if fields.get("half") else text + b"\r\n")}


async def paper(bench: Bench, fields: Fields) -> Answer:
    """What was printed, as lines of text; ``drawn`` adds all that a picture needs, ``tear`` takes it away."""
    roll = bench.printer.paper
    answer: Answer = {
        "lines": roll.text(),
        "qr": [line.text for line in roll.lines if line.kind == "qr"],
        "cuts": roll.cuts,
        "pulses": bench.printer.pulses,
        "unknown": [command.hex(" ") for command in roll.unknown],
    }
    if fields.get("drawn"):
        answer["drawn"] = [line.told() for line in roll.lines]
        answer |= {"dots": roll.profile.dots, "font": roll.profile.font}
    if fields.get("tear"):
        roll.tear()
    return answer


async def status(bench: Bench, fields: Fields) -> Answer:  # noqa: ARG001  one shape for all
    """How every device is."""
    return bench.status()


COMMANDS: Mapping[str, Command] = {
    "scan": Command(
        scan,
        N_("scan a code"),
        (
            Field("code", N_("what the scanner reads")),
            Field("half", N_("break off in the middle, as a shaken cable does"), "flag", "--half"),
        ),
        (("scan 9520000000011", "scan a code: a blue mug in the demo shop"),),
    ),
    **inputcommands.COMMANDS,
    **printercommands.COMMANDS,
    "paper": Command(
        paper,
        N_("show what was printed"),
        (Field("tear", N_("take it away afterwards"), "flag", "--tear"),),
        (("paper", "show what was printed"), ("paper --png paper.png", "the same as a picture")),
    ),
    **countercommands.COMMANDS,
    **powercommands.COMMANDS,
    **lockcommands.COMMANDS,
    "status": Command(
        status, N_("how every device is"), examples=(("status --json", "how every device is"),)
    ),
}
"""Everything that can be done to the stall."""


async def execute(bench: Bench, name: str, fields: Fields) -> Answer:
    """Run one command; ``ValueError`` says what was wrong with it."""
    if name not in COMMANDS:
        raise BadCommand(f"no command {name!r}; there are {', '.join(COMMANDS)}")
    return await COMMANDS[name].do(bench, fields)
