"""What came out of the simulated printer, as a person would read it: lines, QR codes, pictures, cuts."""

from __future__ import annotations

from base64 import b64encode
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

from hardware.printer.codepage import CODECS
from hardware.printer.profile import Profile
from hardware.simulated.tokenizer import Token

ROLL = 5000
"""Lines kept: about 19 m of paper."""
CODE128 = 73
"""``GS k``: this m is Code 128, and n bytes follow that begin with the code set."""
ALIGNS: Mapping[int, Literal["left", "centre", "right"]] = {0: "left", 1: "centre", 2: "right"}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One thing on the paper."""

    kind: Literal["text", "qr", "bars", "picture", "cut"]
    text: str = ""
    """The characters of a line; the payload of a code; the size of a picture."""
    bold: bool = False
    big: bool = False
    align: Literal["left", "centre", "right"] = "left"
    scale: int = 1
    """Dots a module of a code."""
    high: int = 0
    """Dots of the bars of a Code 128, from top to bottom."""
    across: int = 0
    """Dots across a picture."""
    dots: bytes = b""
    """Its rows from the top, eight dots a byte, black is 1."""

    def told(self) -> dict[str, object]:
        """All of it, for JSON; the dots in base 64."""
        return asdict(self) | {"dots": b64encode(self.dots).decode("ascii")}


@dataclass(slots=True)
class Paper:
    """The paper and the modes that a reset puts back."""

    profile: Profile
    lines: deque[PaperLine] = field(default_factory=lambda: deque(maxlen=ROLL))
    printed: int = 0
    """Lines ever, also those that were taken away."""
    cuts: int = 0
    unknown: list[bytes] = field(default_factory=list)
    """Commands nobody knows; a test wants this empty."""
    _bold: bool = False
    _big: bool = False
    _align: Literal["left", "centre", "right"] = "left"
    _codec: str = "cp437"
    _line: str = ""
    _qr: str = ""
    _scale: int = 3
    """Dots a module, as a printer just switched on has it."""
    _bar: int = 3
    _high: int = 162
    """Dots a module of a bar code, and of its height (Epson's start values)."""

    def put(self, token: Token) -> int:
        """Do what a command says; return how many lines it moved the paper."""
        before = self.printed
        act = _ACTS.get(token.name)
        if act is not None:
            act(self, token)
        elif token.name == "unknown":
            self.unknown.append(token.parameters)
        return self.printed - before

    def reset(self) -> None:
        """Back to the modes of a printer just switched on."""
        self._bold, self._big, self._align, self._codec, self._line = False, False, "left", "cp437", ""

    def tear(self) -> None:
        """Take the printed paper away."""
        self.lines.clear()

    def text(self) -> list[str]:
        """The paper as plain lines, placed on the line as they were printed."""
        return [_shown(line, self.profile.columns) for line in self.lines]

    def characters(self, token: Token) -> None:
        """Letters, in the page set last; a line that is full goes on in the next."""
        self._line += token.content.replace(b"\x7f", b" ").decode(self._codec, "replace")
        width = self.profile.columns // (2 if self._big else 1)
        while len(self._line) > width:
            rest = self._line[width:]
            self._line = self._line[:width]
            self.end_line()
            self._line = rest

    def end_line(self) -> None:
        """Print the line as it stands."""
        self._print(PaperLine("text", self._line, self._bold, self._big, self._align))
        self._line = ""

    def feed(self, count: int) -> None:
        """Blank paper, after whatever is still in the line."""
        if self._line:
            self.end_line()
            count -= 1
        for _ in range(count):
            self._print(PaperLine("text"))

    def cut(self, token: Token) -> None:
        """Cut, after feeding."""
        if self._line:
            self.end_line()
        self.cuts += 1
        self._print(PaperLine("cut", "full" if token.parameters[:1] in {b"A", b"\0", b"0"} else "partial"))

    def style(self, token: Token) -> None:
        """Bold, size or alignment."""
        value = token.parameters[0]
        if token.name == "bold":
            self._bold = bool(value & 1)
        elif token.name == "size":
            self._big = value > 0
        else:
            self._align = ALIGNS.get(value % 48, "left")

    def page(self, token: Token) -> None:
        """A code page, by this printer's own numbers; an unknown one is left at page 437, as clones do."""
        names = {number: name for name, number in self.profile.pages.items()}
        self._codec = CODECS[names.get(token.parameters[0], "CP437")]

    def extended(self, token: Token) -> None:
        """``GS ( k``: keep the QR code's contents, or print it."""
        if token.parameters[:1] != b"k" or token.content[:1] != b"1":
            return
        if token.content[1:3] == b"P0":
            self._qr = token.content[3:].decode("utf-8", "surrogateescape")  # byte for byte, whatever it is
        elif token.content[1:2] == b"C" and len(token.content) > 2:
            self._scale = min(max(token.content[2], 1), 16)
        elif token.content[1:3] == b"Q0":
            self._print(PaperLine("qr", self._qr, align=self._align, scale=self._scale))

    def bar(self, token: Token) -> None:
        """``GS h`` and ``GS w``: how high and wide; ``GS k`` function B: print it, if it is a Code 128."""
        if token.name == "bar height":
            self._high = token.parameters[0]
        elif token.name == "bar width":
            self._bar = token.parameters[0]
        elif token.parameters[0] == CODE128 and (text := _code128(token.content)):
            self._print(PaperLine("bars", text, align=self._align, scale=self._bar, high=self._high))
        else:
            self.unknown.append(token.parameters + token.content)

    def raster(self, token: Token) -> None:
        """A picture."""
        _, _, low, high, _rows, _more = token.parameters
        across = (low | high << 8) * 8
        dots = token.content
        if self.lines and (last := self.lines[-1]).across == across and last.align == self._align:
            dots = last.dots + dots  # pictures come in pieces, one right below the other
            self.lines.pop()
        size = f"{across} x {len(dots) * 8 // across if across else 0} dots"
        self._print(PaperLine("picture", size, align=self._align, across=across, dots=dots))

    def _print(self, line: PaperLine) -> None:
        """Put one thing on the paper."""
        self.lines.append(line)
        self.printed += 1


def _code128(content: bytes) -> str:
    """What the bars say: set B is characters, set C two digits a sign; empty for what they cannot."""
    if content[:2] == b"{C" and all(sign < 100 for sign in content[2:]):
        return "".join(f"{sign:02}" for sign in content[2:])
    return content[2:].decode("ascii", "replace") if content[:2] == b"{B" else ""


def _shown(line: PaperLine, columns: int) -> str:
    """One line of a terminal for one thing on the paper."""
    if line.kind == "cut":
        return "✂" + " -" * ((columns - 1) // 2)
    text = line.text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    text = text.replace("\n", "⏎").replace("\x1d", "␝")
    if line.kind != "text":
        text = f"[{_CALLED[line.kind]}: {text}]"
    if line.big:
        text = " ".join(text)
    if line.align == "centre":
        return text.center(columns).rstrip()
    return text.rjust(columns) if line.align == "right" else text


_CALLED = {"qr": "QR", "bars": "Code 128", "picture": "picture"}
_ACTS: Mapping[str, Callable[[Paper, Token], None]] = {
    "text": Paper.characters,
    "line feed": lambda paper, _token: paper.end_line(),
    "feed lines": lambda paper, token: paper.feed(token.parameters[0]),
    "reset": lambda paper, _token: paper.reset(),
    "cut": Paper.cut,
    "bold": Paper.style,
    "size": Paper.style,
    "align": Paper.style,
    "page": Paper.page,
    "extended": Paper.extended,
    "bar height": Paper.bar,
    "bar width": Paper.bar,
    "bars": Paper.bar,
    "raster": Paper.raster,
}
