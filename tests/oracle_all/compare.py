"""Where the scores of this calculation differ from those of a refresh, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from numbers import Number
from typing import Any

from oracle_all.marts import KEY_COLUMNS, expected_marts
from oracle_all.season import Season

Rows = list[dict[str, Any]]
TOLERANCE = Fraction(1, 10**9)


def differences(season: Season, read: Callable[[str], Rows]) -> Iterator[str]:
    """Differences in the marts of `KEY_COLUMNS`.

    Args:
        season: this calculation.
        read: gives the rows of a mart of the refresh.
    """
    for table, expected in expected_marts(season).items():
        actual: dict[tuple[Any, ...], dict[str, Any]] = {}
        for row in read(table):
            key = tuple(row[name] for name in KEY_COLUMNS[table])
            if key in actual:
                yield f"{table} {key}: twice"
            actual[key] = row
        keyed = {key if isinstance(key, tuple) else (key,): row for key, row in expected.items()}
        for key in sorted(keyed.keys() - actual.keys(), key=str):
            yield f"{table} {key}: missing, should be {keyed[key]}"
        for key in sorted(actual.keys() - keyed.keys(), key=str):
            yield f"{table} {key}: extra"
        for key in sorted(keyed.keys() & actual.keys(), key=str):
            for name, value in keyed[key].items():
                if not _is_same(value, actual[key][name]):
                    shown = float(value) if isinstance(value, Fraction) else value
                    yield f"{table} {key} {name}: should be {shown}, is {actual[key][name]}"


def _is_same(expected: Any, actual: Any) -> bool:
    if isinstance(expected, bool) or not (isinstance(expected, Number) and isinstance(actual, Number)):
        return bool(expected == actual)
    return abs(Fraction(expected) - Fraction(actual)) <= TOLERANCE
