"""Lets a failed comparison in the evening's checks say what differs."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.market.books", "tests.market.evening", "tests.market.market")
