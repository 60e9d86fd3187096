"""Reads the locker's screen aloud through a program such as espeak-ng, in a child process of its own.

Only the newest words matter: whoever presses a key has heard enough of the page before. With a visit's end
the child is killed: the next visitor hears nothing of it. A program that is missing or finds no sound card is
told once in the log; `kiosk doctor` names it.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import threading
from contextlib import suppress

log = logging.getLogger(__name__)

LONGEST = 600
"""Characters of a page at the most: half a minute of speech."""
DEADLINE_S = 60.0
"""A sound card that hangs takes the words for ever; the longest page is read in half of this."""
END_S = 2.0
"""A killed child is gone in milliseconds."""


class Voice:
    """Says one thing at a time; no method waits but `close`."""

    def __init__(self, program: str, *, device: str = "", speed: int = 0) -> None:
        """Use a program that takes `-v LANGUAGE -- WORDS`, and `-d DEVICE` and `-s SPEED` where one is given.

        `device` is a sound card by ALSA's name, such as that of the headset's jack; `speed` words a minute.
        """
        self._command = [program]
        if device:
            self._command += ["-d", device]
        if speed:
            self._command += ["-s", str(speed)]
        self._said = ""
        self._wanted: tuple[str, str] | None = None
        self._turn = 0
        """Counts what was wanted: a child that starts when its turn is over is ended at once."""
        self._talking: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._told = ""
        self._bell = threading.Condition()
        self._thread: threading.Thread | None = None

    def say(self, words: str, language: str) -> None:
        """Say this now, and what was being said no more; the same again is not repeated."""
        with self._bell:
            if words == self._said or self._closed:
                return
            self._want(words, (words[:LONGEST], language))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
                self._thread.start()

    def hush(self) -> None:
        """The visit is over: say no more of it, and begin anew with the next one."""
        with self._bell:
            self._want("", None)

    def close(self) -> None:
        """Be quiet for good; no child is left behind."""
        with self._bell:
            self._closed = True
            self._want("", None)
        if self._thread is not None:
            self._thread.join(END_S)

    def _want(self, words: str, wanted: tuple[str, str] | None) -> None:
        """Put something in the place of what is being said; the lock is held."""
        self._said, self._wanted = words, wanted
        self._turn += 1
        self._cut()
        self._bell.notify()

    def _run(self) -> None:
        while True:
            with self._bell:
                while self._wanted is None and not self._closed:
                    self._bell.wait()
                if self._wanted is None:
                    return
                (words, language), self._wanted = self._wanted, None
                turn = self._turn
            try:
                self._wait_for(self._start(words, language, turn))
            except OSError as error:
                self._tell(str(error))

    def _start(self, words: str, language: str, turn: int) -> subprocess.Popen[bytes]:
        """Start the program, in a session of its own: a script's children are ended with it."""
        command = [*self._command, "-v", language, "--", words]
        talking = subprocess.Popen(  # noqa: S603  a program of the settings, words as one argument
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip
        with self._bell:
            self._talking = talking
            if turn != self._turn:
                self._cut()
        return talking

    def _wait_for(self, talking: subprocess.Popen[bytes]) -> None:
        """Until it is done, was cut or took too long."""
        try:
            _out, complaints = talking.communicate(timeout=DEADLINE_S)
        except subprocess.TimeoutExpired:
            complaints = b"error: it did not come to an end"
            with self._bell:
                self._cut()
            talking.communicate()
        with self._bell:
            was_cut, self._talking = self._talking is None, None
        lines = complaints.decode("utf-8", "replace").split("\n")
        # espeak-ng ends with 0 when there is no sound card, and says so.
        wrong = next((line for line in lines if line.casefold().startswith("error")), "")
        if talking.returncode and not was_cut:
            wrong = wrong or f"it ended with {talking.returncode}"
        if wrong:
            self._tell(wrong)

    def _cut(self) -> None:
        """End what is being said; the lock is held."""
        talking, self._talking = self._talking, None
        if talking is None:
            return
        with suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(talking.pid, signal.SIGKILL)
            else:
                talking.kill()

    def _tell(self, wrong: str) -> None:
        """Tell what is wrong, once."""
        if wrong != self._told:
            self._told = wrong
            log.error("the screen is not read aloud: %s", wrong)
