"""How the screen reaches the terminal: at once where it can, in order always, and never by waiting for it."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator
from threading import Thread

import pytest

if sys.platform != "linux":
    pytest.skip("the driver is for Linux", allow_module_level=True)

import tty

from kiosk.tui.output import AT_ONCE, Output

DEADLINE_S = 10.0
LINE = "Crème brûlée 3,50 € ✓ "


class Terminal:
    """A pty, an output on it, and what the output handed over to a thread that does not run yet."""

    def __init__(self) -> None:
        self.screen, program = os.openpty()
        tty.setraw(program)
        self.handed: list[str] = []
        self.output = Output(program, self.handed.append)
        self._program = program

    def close(self) -> None:
        """Give everything back."""
        self.output.close()
        os.close(self._program)
        os.close(self.screen)

    def thread(self) -> Thread:
        """The writing thread, started: it writes what was handed over up to now."""
        texts = self.handed[:]
        self.handed.clear()

        def write() -> None:
            for text in texts:
                self.output.write(text)
            self.output.flush()

        thread = Thread(target=write)
        thread.start()
        return thread

    def read(self, bytes_wanted: int) -> str:
        """So much of what was painted."""
        came = b""
        while len(came) < bytes_wanted:
            assert select.select([self.screen], [], [], DEADLINE_S)[0], f"only {came!r} was painted"
            came += os.read(self.screen, bytes_wanted - len(came))
        return came.decode()


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    made = Terminal()
    yield made
    made.close()


def test_a_small_update_needs_no_thread(terminal: Terminal) -> None:
    terminal.output.send(LINE)
    assert terminal.read(len(LINE.encode())) == LINE
    assert terminal.handed == []


def test_a_whole_screen_is_the_thread_s_and_so_is_what_comes_behind_it(terminal: Terminal) -> None:
    terminal.output.send("x" * (AT_ONCE + 1))
    terminal.output.send(LINE)
    assert terminal.handed == ["x" * (AT_ONCE + 1), LINE]
    thread = terminal.thread()
    assert terminal.read(AT_ONCE + 1 + len(LINE.encode())).endswith(LINE)
    thread.join(DEADLINE_S)
    terminal.output.send("free again")
    assert terminal.read(10) == "free again"
    assert terminal.handed == []


def test_a_terminal_that_reads_nothing_holds_nobody_up_and_gets_all_of_it_in_order(
    terminal: Terminal,
) -> None:
    sent = []
    while len(terminal.handed) < 3:  # the first of them may be the rest of an update that was cut in a letter
        sent.append(f"{len(sent)} {LINE * 9}")
        terminal.output.send(sent[-1])
    thread = terminal.thread()
    assert terminal.read(len("".join(sent).encode())) == "".join(sent)
    thread.join(DEADLINE_S)
    assert not thread.is_alive()


def test_without_a_second_way_to_the_terminal_all_goes_through_the_thread() -> None:
    reader, writer = os.pipe()  # as for somebody else's terminal, which may not be opened again
    handed: list[str] = []
    output = Output(writer, handed.append)
    output.send(LINE)
    assert handed == [LINE]
    output.close()
    os.close(reader)
    os.close(writer)
