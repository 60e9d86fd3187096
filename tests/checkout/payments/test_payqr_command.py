"""`kiosk payqr`: JSON in, JSON out, problems on stderr."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from kiosk.cli import main

PIX = (
    "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano "
    "de Tal6008BRASILIA62070503***63041D3D"
)


def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *args: str, stdin: bytes = b""
) -> tuple[int, dict[str, object], list[str]]:
    """Run the command; return its exit code, its JSON and the lines on stderr."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
    code = main(["payqr", *args])
    out, err = capsys.readouterr()
    return code, json.loads(out), err.splitlines()


def test_a_code_is_made_from_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = {
        "scheme": "pix",
        "key": "123e4567-e12b-12d1-a456-426655440000",
        "name": "Fulano de Tal",
        "city": "BRASILIA",
    }
    code, made, err = run(capsys, monkeypatch, "make", stdin=json.dumps(fields).encode())
    assert (code, err) == (0, [])
    assert made == {"payload": PIX, "scheme": "pix", "bytes": len(PIX)}


def test_numbers_in_json_are_taken_as_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = b'{"scheme": "promptpay", "target": "0812345678", "amount": 4.10}'
    code, made, _err = run(capsys, monkeypatch, "make", stdin=stdin)
    assert code == 0
    assert "54044.10" in str(made["payload"])


def test_a_code_is_made_from_flags_and_drawn(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    picture = tmp_path / "pay.svg"
    code, made, err = run(
        capsys,
        monkeypatch,
        *("make", "--scheme", "epc", "--iban", "FR1420041010050500013M02606", "name=Mia", "amount=12.3"),
        *("--text", "--svg", str(picture)),
    )
    assert code == 0
    assert str(made["payload"]).endswith("EUR12.3")
    assert picture.read_text("utf-8").startswith("<svg")
    assert len(err) >= 15
    assert all(line.startswith("\x1b[30;107m") for line in err)


def test_every_reason_is_told_on_its_own_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = b'{"scheme": "epc", "iban": "FR1420041010050500013M02607", "amount": "1.234"}'
    code, made, err = run(capsys, monkeypatch, "make", stdin=stdin)
    assert code == 2
    assert made == {"valid": False, "problems": err}
    assert len(err) == 3


@pytest.mark.parametrize("stdin", [b"", b"[1]", b"\xff\xfe", b'{"name": "x"}', b"[" * 100_000])
def test_rubbish_on_stdin_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, stdin: bytes
) -> None:
    code, made, err = run(capsys, monkeypatch, "make", stdin=stdin)
    assert (code, made["valid"], len(err)) == (2, False, 1)


def test_an_amount_given_twice_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = b'{"scheme": "upi", "pa": "mia@okbank", "pn": "Mia", "am": "5.00", "am": "500.00"}'
    code, made, err = run(capsys, monkeypatch, "make", stdin=stdin)
    assert (code, made["valid"]) == (2, False)
    assert "stands twice" in err[0]


@pytest.mark.parametrize(
    "payload",
    ["BCD\n\x1b[2J\n1\nSCT\n\nMia\nFR1420041010050500013M02606", "upi://pay?pa=\x1b]0;x\x07&pn=\udce9"],
)
def test_what_a_hostile_code_holds_never_reaches_the_terminal_raw(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, payload: str
) -> None:
    code, found, err = run(capsys, monkeypatch, "check", payload)
    assert (code, found["valid"]) == (2, False)
    assert err
    assert all(line.isprintable() for line in err)


def test_a_code_is_checked(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    code, found, err = run(capsys, monkeypatch, "check", PIX)
    assert (code, err) == (0, [])
    assert (found["valid"], found["scheme"], found["amount"], found["crc"]) == (True, "pix", None, "1D3D")
    tags = found["tags"]
    assert isinstance(tags, list)
    assert tags[1]["tags"][0] == {
        "tag": "00",
        "name": "identifier",
        "length": 14,
        "value": "br.gov.bcb.pix",
    }


def test_a_damaged_code_is_explained(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, found, err = run(capsys, monkeypatch, "check", PIX.replace("Tal", "Tol"))
    assert (code, found["valid"]) == (2, False)
    assert found["problems"] == err
    assert "expected" in err[0]


def test_an_epc_code_in_latin_1_is_read_from_stdin(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "BCD\n002\n2\nSCT\n\nFrançois D'Alsace S.A.\nFR1420041010050500013M02606\nEUR12.3\n"
    code, found, _err = run(capsys, monkeypatch, "check", stdin=text.encode("latin-1"))
    assert (code, found["amount"], found["currency"]) == (0, "12.3", "EUR")
