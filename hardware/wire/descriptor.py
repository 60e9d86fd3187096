"""Reading and writing a non-blocking file descriptor with deadlines: for usblp and POSIX serial ports."""

from __future__ import annotations

import os
import select
import time


def push(fd: int, chunk: bytes, deadline_s: float) -> int:
    """Write what the descriptor takes before the deadline; return how many bytes it took."""
    until, sent = time.monotonic() + deadline_s, 0
    while sent < len(chunk):
        _, ready, _ = select.select((), (fd,), (), max(0.0, until - time.monotonic()))
        if not ready:
            break
        try:
            sent += os.write(fd, chunk[sent:])
        except BlockingIOError:
            continue  # ready for less than a byte's worth; select again until the deadline
        except OSError:
            if sent:
                break  # the offset first; the next call raises again
            raise
    return sent


def pull(fd: int, most: int, deadline_s: float) -> bytes:
    """Read what is there or comes before the deadline; nothing after silence."""
    ready, _, _ = select.select((fd,), (), (), deadline_s)
    if not ready:
        return b""
    try:
        return os.read(fd, most)
    except BlockingIOError:
        return b""
