"""Whatever rows a shop prints, emupos's tokenizer knows every command of it, and none is a real-time one."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware.printer.encoder import encode
from hardware.printer.logo import MUTE, harmless
from hardware.printer.profile import PROFILES, choose
from hardware.printer.strip import strip
from kiosk.catalogue.paper import Row
from tests.witness.parts import need

rows = st.builds(
    Row,
    text=st.text(max_size=80),
    bold=st.booleans(),
    big=st.booleans(),
    align=st.sampled_from(["left", "centre", "right"]),
    qr=st.none() | st.text(min_size=1, max_size=120),
    cut=st.booleans(),
    feed=st.integers(0, 255),
    rule=st.booleans(),
    logo=st.booleans(),
)
PICTURE = harmless(b"\x1dv0\x00\x02\x00\x40\x00" + bytes(range(128)))


class Reader:
    """emupos's tokenizer in a process of its own."""

    def __init__(self, python: Path) -> None:
        script = Path(__file__).with_name("tokens.py")
        self.process = subprocess.Popen(
            [python, "-P", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def unknown(self, job: bytes) -> list[str]:
        """What it does not know in a job."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(job.hex() + "\n")
        self.process.stdin.flush()
        found: list[str] = json.loads(self.process.stdout.readline())
        return found


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    opened = Reader(need("emupos", "emupos/bin/python"))
    yield opened
    opened.process.communicate()


@given(
    st.lists(rows, max_size=8),
    st.sampled_from(sorted(PROFILES)),
    st.sampled_from(["CP437", "CP852", "CP858", "CP1252"]),
    st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_job_holds_a_command_that_is_none(
    reader: Reader, paper: list[Row], name: str, page: str, sparing: bool
) -> None:
    job = encode(paper, choose(name, page=page), PICTURE, sparing=sparing)
    assert reader.unknown(job) == []


@pytest.mark.parametrize("name", PROFILES)
def test_neither_does_the_self_test_strip(reader: Reader, name: str) -> None:
    assert reader.unknown(strip(PROFILES[name])) == []


def test_it_would_find_one(reader: Reader) -> None:
    assert reader.unknown(b"\x1b\x07text\x10\x04\x01" + MUTE) == ["1b07", "100401"]
