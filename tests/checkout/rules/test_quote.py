"""The same pricing, asked for in JSON."""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.checkout.quote import QuoteErrors, answer, parse
from kiosk.commands import quote as command


def ask(**changes: Any) -> dict[str, Any]:
    """Ask for a basket that differs from the usual one in a few things; None leaves something out."""
    question: dict[str, Any] = {
        "currency": "EUR",
        "prices": "inclusive",
        "rounding": "rate",
        "tax": {"A": "0.19", "B": "0.07"},
        "lines": [{"sku": "MUG", "qty": "1", "price": "11.90", "tax": "A"}],
    }
    question.update(changes)
    return answer(parse(json.dumps({name: value for name, value in question.items() if value is not None})))


def lines(*rows: tuple[str, str, str]) -> list[dict[str, str]]:
    """Lines of quantity, price and class."""
    return [
        {"sku": f"X{n}", "qty": qty, "price": price, "tax": tax} for n, (qty, price, tax) in enumerate(rows)
    ]


def problems_of(**changes: Any) -> list[str]:
    """The problems a question has."""
    with pytest.raises(QuoteErrors) as refused:
        ask(**changes)
    return list(refused.value.problems)


def test_a_basket_is_answered_with_every_figure_as_a_decimal() -> None:
    assert ask() == {
        "lines": [{"sku": "MUG", "gross": "11.90", "net": "10.00", "tax": "1.90", "discount": "0.00"}],
        "rates": [{"tax_class": "A", "rate": "0.19", "net": "10.00", "tax": "1.90", "gross": "11.90"}],
        "net": "10.00",
        "tax": "1.90",
        "gross": "11.90",
        "discount": "0.00",
        "due": {"cash": "11.90", "other": "11.90"},
        "rounding": "0.00",
        "change": "0.00",
        "paid": "0.00",
    }


def test_canada_pays_492_by_card_and_490_in_cash() -> None:
    canada: dict[str, Any] = {
        "currency": "CAD",
        "prices": "exclusive",
        "tax": {"G": "0.05"},
        "lines": lines(("1", "1.83", "G"), ("1", "2.86", "G")),
        "cash_rounding": {"step": "0.05", "method": "half-up"},
    }
    said = ask(**canada)
    assert (said["due"], said["rounding"]) == ({"cash": "4.90", "other": "4.92"}, "0.00")
    cash = ask(**canada, payments=[{"method": "cash", "tendered": "5"}])
    assert (cash["rounding"], cash["change"], cash["paid"]) == ("-0.02", "0.10", "4.90")
    coins = ask(**canada, payments=[{"method": "cash", "tendered": "4.92"}])
    assert (coins["rounding"], coins["change"], coins["paid"]) == ("0.00", "0.00", "4.92")
    mixed = ask(
        **canada, payments=[{"method": "cash", "tendered": "2"}, {"method": "card", "tendered": "3.00"}]
    )
    assert (mixed["rounding"], mixed["change"], mixed["paid"]) == ("-0.02", "0.10", "4.90")


def test_a_part_payment_is_neither_rounded_nor_changed() -> None:
    said = ask(cash_rounding={"step": "0.50", "method": "up"}, payments=[{"method": "cash", "tendered": "5"}])
    assert (said["paid"], said["rounding"], said["change"], said["due"]["cash"]) == (
        "5.00",
        "0.00",
        "0.00",
        "12.00",
    )


def test_a_class_of_several_taxes_lists_them() -> None:
    stacked = [{"rate": "0.06"}, {"rate": "0.06"}, {"rate": "0.03", "on": "base+earlier"}]
    said = ask(prices="exclusive", tax={"S": stacked}, lines=lines(("2", "15.89", "S")))
    assert said["gross"] == "36.67"
    assert said["rates"] == [
        {
            "tax_class": "S",
            "rate": "0.1536",
            "net": "31.78",
            "tax": "4.89",
            "gross": "36.67",
            "components": [
                {"rate": "0.06", "on": "base", "tax": "1.91"},
                {"rate": "0.06", "on": "base", "tax": "1.91"},
                {"rate": "0.03", "on": "base+earlier", "tax": "1.07"},
            ],
        }
    ]


def test_discounts_of_lines_and_of_the_whole_show_on_each_line() -> None:
    rows: list[dict[str, str]] = lines(("1", "19.99", "A"), ("1", "2.50", "A"), ("1", "0.75", "B"))
    said = ask(lines=rows, discount_amount="5")
    assert [row["discount"] for row in said["lines"]] == ["4.30", "0.54", "0.16"]
    rows[0]["discount_percent"] = "12.5"
    said = ask(lines=rows, discount_percent="10")
    assert [row["discount"] for row in said["lines"]] == ["4.25", "0.25", "0.07"]
    assert (said["discount"], said["gross"]) == ("4.57", "18.67")


def test_other_currencies_have_other_decimals() -> None:
    yen = ask(currency="JPY", lines=lines(("3", "108", "A")))
    assert (yen["gross"], yen["tax"]) == ("324", "52")
    dinar = ask(currency="KWD", lines=lines(("1", "1.005", "A")))
    assert dinar["gross"] == "1.005"
    tenths = ask(
        exponent=1,
        lines=lines(("1", "22.9", "A")),
        cash_rounding={"step": "1", "method": "half-up"},
        payments=[{"method": "cash", "tendered": "23"}],
    )
    assert (tenths["due"]["cash"], tenths["paid"], tenths["change"]) == ("23.0", "23.0", "0.0")


def test_null_is_the_same_as_left_out() -> None:
    assert answer(parse(json.dumps(json.loads(QUESTION) | {"payments": None, "exponent": None}))) == ask()


QUESTION = json.dumps(
    {
        "currency": "EUR",
        "prices": "inclusive",
        "rounding": "rate",
        "tax": {"A": "0.19"},
        "lines": [{"sku": "MUG", "qty": "1", "price": "11.90", "tax": "A"}],
    }
)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"currency": None}, "currency"),
        ({"currency": "XTS"}, "currency"),
        ({"currency": "€"}, "currency"),
        ({"currency": 978}, "currency"),
        ({"exponent": 5}, "exponent"),
        ({"exponent": True}, "exponent"),
        ({"exponent": "2"}, "exponent"),
        ({"prices": "net"}, "prices"),
        ({"rounding": None}, "rounding"),
        ({"rounding": ["line"]}, "rounding"),
        ({"tax": None}, "tax"),
        ({"tax": {}}, "tax"),
        ({"tax": []}, "tax"),
        ({"tax": {"A": 0.19}}, "tax.A"),
        ({"tax": {"A": "19"}}, "tax.A"),
        ({"tax": {"A": "-0.19"}}, "tax.A"),
        ({"tax": {"A": "0.1234567"}}, "tax.A"),
        ({"tax": {"A": []}}, "tax.A"),
        ({"tax": {"A": None}}, "tax.A"),
        ({"tax": {"A": [{"rate": "0.06", "on": "net"}]}}, "tax.A[0].on"),
        ({"tax": {"A": [{"on": "base"}]}}, "tax.A[0].rate"),
        ({"tax": {"A": "0.19", "B\n": "0.07"}}, "tax.B·"),
        ({"lines": None}, "lines"),
        ({"lines": []}, "lines"),
        ({"lines": {}}, "lines"),
        ({"lines": ["MUG"]}, "lines[0]"),
        ({"cash_rounding": {"step": "0", "method": "up"}}, "cash_rounding.step"),
        ({"cash_rounding": {"step": "0.005", "method": "up"}}, "cash_rounding.step"),
        ({"cash_rounding": {"step": "0.05", "method": "nearest"}}, "cash_rounding.method"),
        ({"cash_rounding": {"step": "0.05"}}, "cash_rounding.method"),
        ({"cash_rounding": "0.05"}, "cash_rounding"),
        ({"discount_percent": "101"}, "discount_percent"),
        ({"discount_percent": "10", "discount_amount": "1"}, "discount_percent"),
        ({"discount_amount": "11.91"}, "discount_amount"),
        ({"discount_amount": "-1"}, "discount_amount"),
        ({"payments": [{"method": "cheque", "tendered": "1"}]}, "payments[0].method"),
        ({"payments": [{"method": "cash"}]}, "payments[0].tendered"),
        ({"payments": [{"method": "cash", "tendered": "-1"}]}, "payments[0].tendered"),
        ({"payments": [{"method": "card", "tendered": "11.91"}]}, "payments[0].tendered"),
        ({"payments": [{"method": "qr", "tendered": "0"}]}, "payments[0].tendered"),
        ({"payments": {"method": "cash", "tendered": "1"}}, "payments"),
        ({"tip": "1.00"}, "tip"),
    ],
)
def test_a_question_with_one_problem_gets_one_message(changes: dict[str, Any], where: str) -> None:
    problems = problems_of(**changes)
    assert len(problems) == 1
    assert problems[0].startswith(f"{where}: ")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("qty", value) for value in ("0", "-1", "0.0001", "1e3", "10000", "", 1, None, True, "١")),
        *(
            ("price", value)
            for value in ("-0.01", "1.005", "NaN", "Infinity", "1e2", "1,00", "100000000.01", 9.99)
        ),
        *(("price", value) for value in ("９.99", "9" * 60, "", None, ["1"], {"amount": "1"})),
        *(("sku", value) for value in ("", None, 7, "x" * 201, "a\nb", "\ud800")),
        *(("tax", value) for value in ("C", "", None, 1)),
        *(("discount_percent", value) for value in ("-1", "100.1", "5%", 5, "0.00001")),
        *(("discount_amount", value) for value in ("11.91", "-1", "x")),
        ("colour", "blue"),
    ],
)
def test_a_line_with_one_problem_gets_one_message(field: str, value: object) -> None:
    line: dict[str, object] = {"sku": "MUG", "qty": "1", "price": "11.90", "tax": "A", field: value}
    problems = problems_of(lines=[line])
    assert len(problems) == 1
    assert problems[0].startswith(f"lines[0].{field}: ")
    assert problems[0].isprintable()


def test_all_problems_are_told_at_once() -> None:
    rows: list[object] = [
        {"sku": "A", "qty": "0", "price": "1", "tax": "Q"},
        {"sku": "B", "qty": "1", "price": "1", "tax": "A", "discount_amount": "2"},
        5,
    ]
    problems = problems_of(prices="?", lines=rows, payments=[{"method": "cash", "tendered": "no"}])
    assert [problem.partition(":")[0] for problem in problems] == [
        "prices",
        "lines[0].qty",
        "lines[0].tax",
        "lines[1].discount_amount",
        "lines[2]",
        "payments[0].tendered",
    ]


def test_a_sale_beyond_any_sale_is_refused() -> None:
    assert problems_of(lines=lines(("9999", "99999.99", "A"))) == [
        "lines[0].price: times qty is beyond any sale"
    ]
    assert problems_of(lines=lines(*[("1", "60000000", "A")] * 2)) == ["lines: the sum is beyond any sale"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("5", "must be an object"),
        ("[NaN]", "must be an object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ('{"currency": ' + "9" * 5000 + "}", "too many digits"),
        (" " * (8 * 1024 * 1024 + 1), "longer than"),
    ],
)
def test_what_is_no_question_is_refused_at_once(text: str, problem: str) -> None:
    with pytest.raises(QuoteErrors, match=problem) as refused:
        parse(text)
    assert len(refused.value.problems) == 1


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(QuoteErrors, match="rounding: stands twice"):
        parse(QUESTION.replace('"rate"', '"rate", "rounding": "line"'))


def test_each_of_many_keys_given_twice_gets_its_own_message() -> None:
    # 40,000 keys took minutes when each was counted in all; it is one pass now
    twice = ",".join(f'"k{nth % 20_000}": 1' for nth in range(40_000))
    with pytest.raises(QuoteErrors) as refused:
        parse(f"{{{twice}}}")
    assert sum(problem.endswith("stands twice in one object") for problem in refused.value.problems) == 20_000


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6), st.just("1.00")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
PLACES = st.sampled_from(
    [
        "currency",
        "exponent",
        "prices",
        "rounding",
        "cash_rounding",
        "tax",
        "lines",
        "discount_percent",
        "payments",
    ]
)


@settings(max_examples=300, deadline=None)
@given(PLACES, JSON)
def test_any_json_anywhere_is_answered_or_refused_in_printable_lines(place: str, value: Any) -> None:
    try:
        said = ask(**{place: value})
    except QuoteErrors as refused:
        assert refused.problems
        assert all(problem.isprintable() for problem in refused.problems)
    else:
        assert said["gross"] == "11.90" or place in (
            "lines",
            "discount_percent",
            "tax",
            "exponent",
            "currency",
        )


def run(question: bytes | None, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run `kiosk quote` with something on standard input."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(question or b"")))
    return command.run(parser.parse_args(arguments))


def test_the_command_answers_on_stdout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(QUESTION.encode(), monkeypatch) == 0
    assert json.loads(capsys.readouterr().out)["gross"] == "11.90"
    file = tmp_path / "basket.json"
    file.write_text(QUESTION, encoding="utf-8-sig")
    assert run(None, monkeypatch, str(file)) == 0
    assert json.loads(capsys.readouterr().out)["gross"] == "11.90"


@pytest.mark.parametrize(
    ("question", "arguments", "lines_told"),
    [
        (QUESTION.replace("EUR", "eur").replace("11.90", "x").encode(), (), 2),
        (b"\xff\xfe\x00", (), 1),
        (b"", ("no/such/file.json",), 1),
    ],
)
def test_the_command_tells_each_problem_on_a_line_and_ends_with_2(
    question: bytes,
    arguments: tuple[str, ...],
    lines_told: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(question, monkeypatch, *arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == lines_told
