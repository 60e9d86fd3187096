"""Why something a source sent is not a reading. The message says what is wrong and is meant to be shown."""

from __future__ import annotations


class Refused(ValueError):
    """What came cannot be read."""


class Truncated(Refused):
    """It ends before it should, or is longer than it says."""


class BadChecksum(Refused):
    """Its check digits do not fit: at least one byte is wrong, so none is used."""


class NotAnAnswer(Refused):
    """It is a question, or the echo of one: nobody has answered it."""


class SaidNo(Refused):
    """The device understood and refused, or reports that it cannot measure."""


class Malformed(Refused):
    """It is not of this source's form at all."""
