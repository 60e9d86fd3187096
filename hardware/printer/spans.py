"""Where in a job a printer must not be asked anything: inside the contents of a picture or a QR code.

A printer answers DLE EOT even there, but many count its bytes as part of the picture as well, and print what
is then too much of it as letters.
"""

from __future__ import annotations

import re

_HEAD = re.compile(rb"\x1dv0.(?P<width>..)(?P<rows>..)|\x1d\([A-Za-z](?P<length>..)", re.DOTALL)
"""``GS v 0 m xL xH yL yH``, and every ``GS ( x pL pH``."""


def missing(job: bytes, offset: int) -> int:
    """How many bytes lie between an offset and the end of the command that it is inside of; 0 outside of one.

    Only commands that say their own length count; the others are as short as a question.
    """
    at = 0
    while (head := _HEAD.search(job, at)) and head.start() < offset:
        at = head.end() + _length(head)
        if offset < at:
            return at - offset
    return 0


def _length(head: re.Match[bytes]) -> int:
    """Bytes that follow a head."""
    if head["length"] is not None:
        return int.from_bytes(head["length"], "little")
    return int.from_bytes(head["width"], "little") * int.from_bytes(head["rows"], "little")
