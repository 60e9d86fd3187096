"""Splitting an amount so that not one cent is lost or made."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.checkout.allocation import allocate, largest_remainder, push_to_largest

AMOUNTS = st.integers(0, 10**10)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=30)


def test_ten_euros_over_three_equal_lines_gives_the_odd_cent_to_the_first() -> None:
    assert allocate(1000, [500, 500, 500]) == [334, 333, 333]


def test_five_euros_over_unequal_lines_go_by_largest_remainder() -> None:
    assert allocate(500, [1999, 250, 75]) == [430, 54, 16]


def test_a_refund_is_split_as_its_sale_was() -> None:
    assert allocate(-500, [1999, 250, 75]) == [-430, -54, -16]
    assert allocate(500, [-1999, -250, -75]) == [430, 54, 16]


def test_nothing_is_split_over_nothing() -> None:
    assert allocate(0, [0, 0]) == [0, 0]
    assert allocate(0, []) == []


@given(AMOUNTS, WEIGHTS)
def test_the_parts_of_an_allocation_add_up_and_are_fair(amount: int, weights: list[int]) -> None:
    parts = allocate(amount, weights)
    total = sum(weights)
    assert sum(parts) == (amount if total else 0)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * total - amount * weight) < max(total, 1)  # never a whole cent from the exact share
        assert part == 0 or weight > 0


@given(st.integers(0, 10**6), st.lists(st.integers(1, 10**6), min_size=1, max_size=20))
def test_a_discount_never_takes_more_than_the_line(percent: int, weights: list[int]) -> None:
    amount = sum(weights) * percent // 10**6
    assert all(0 <= part <= weight for part, weight in zip(allocate(amount, weights), weights, strict=True))


@given(st.lists(st.integers(-(10**12), 10**12), max_size=20), st.integers(1, 10**9))
def test_rounded_shares_add_up_to_the_rounded_sum_on_both_sides_of_zero(
    numerators: list[int], denominator: int
) -> None:
    parts = largest_remainder(numerators, denominator)
    assert abs(sum(parts) * denominator - sum(numerators)) * 2 <= denominator
    assert largest_remainder([-numerator for numerator in numerators], denominator) == [
        -part for part in parts
    ]


def test_odd_cents_go_to_the_largest_lines_and_ties_to_the_first() -> None:
    assert push_to_largest([10, 10, 10], 32, [100, 300, 200]) == [10, 11, 11]
    assert push_to_largest([10, 10, 10], 29, [200, 200, 100]) == [9, 10, 10]
    assert push_to_largest([1, 1], 7, [5, 9]) == [3, 4]
    assert push_to_largest([], 0, []) == []


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=20), st.integers(-50, 50))
def test_pushing_ends_at_the_total_and_touches_no_line_more_than_it_must(parts: list[int], more: int) -> None:
    total = sum(parts) + more
    pushed = push_to_largest(parts, total, parts)
    assert sum(pushed) == total
    moved = [abs(new - old) for new, old in zip(pushed, parts, strict=True)]
    assert max(moved) - min(moved) <= 1
