"""Reads the locker's screen aloud through a program such as espeak-ng, in a thread of its own.

Only the newest words matter: whoever presses a key has heard enough of the page before. A missing or broken
program is told once in the log; `kiosk doctor` names it.
"""

from __future__ import annotations

import logging
import subprocess
import threading

log = logging.getLogger(__name__)

LONGEST = 600
"""Characters of a page at the most."""
POLL_S = 0.1
"""Between two looks whether it has finished; only while it talks."""


class Voice:
    """Says one thing at a time; `say` never waits."""

    def __init__(self, program: str) -> None:
        """Use a program that takes `-v LANGUAGE -- WORDS`."""
        self._program = program
        self._said = ""
        self._wanted: tuple[str, str] | None = None
        self._bell = threading.Condition()
        self._thread: threading.Thread | None = None

    def say(self, words: str, language: str) -> None:
        """Say this now, and what was being said no more; the same again is not repeated."""
        with self._bell:
            if words == self._said:
                return
            self._said, self._wanted = words, (words[:LONGEST], language)
            self._bell.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            with self._bell:
                while self._wanted is None:
                    self._bell.wait()
                (words, language), self._wanted = self._wanted, None
            try:
                self._speak(words, language)
            except OSError as error:
                log.error("the screen is not read aloud: %s", error)
                return

    def _speak(self, words: str, language: str) -> None:
        """Run the program until it is done or something newer is to be said."""
        command = [self._program, "-v", language, "--", words]
        with subprocess.Popen(  # noqa: S603  a program of the settings, words as one argument
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as talking:
            while talking.poll() is None:
                with self._bell:
                    if self._wanted is None:
                        self._bell.wait(POLL_S)
                    if self._wanted is not None:
                        talking.terminate()
                        break
