"""The natural order of deliveries (SOURCES 1, Keys, corrections and duplicates)."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.deliveries.order import natural_key


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("m/检查记录_2.xlsx", "m/检查记录_10.xlsx"),
        ("m/X.xlsx", "m/X (2).xlsx"),
        ("m/X.xlsx", "m/X_更正1.xlsx"),
        ("m/X.csv", "m/X.xlsx"),
        ("m/X.XLSX", "m/X.xlsx"),
        ("m/1.csv", "m/a.csv"),
        ("m/2.csv", "m/-.csv"),
        ("m/a", "m/a.csv"),
        ("m/01.csv", "m/1.csv"),
        ("m/01/b.csv", "m/1/c.csv"),
        ("m/1/a.csv", "m/01/b.csv"),
        ("m/a2b/x.csv", "m/a10/x.csv"),
        ("m/2/z.csv", "m/10/a.csv"),
        ("m/a/z.csv", "m/a.csv"),
        ("m/9.csv", "m/99999999999999999999999.csv"),
        ("m/²5.csv", "m/１.csv"),  # only 0-9 are digits
        ("m/x\n2.csv", "m/x\n10.csv"),
    ],
)
def test_order(earlier: str, later: str) -> None:
    assert natural_key(earlier) < natural_key(later)


@given(st.lists(st.text(alphabet="a1023._/ 更", max_size=8), unique=True, max_size=6))
def test_no_two_paths_are_equal_and_arrival_does_not_matter(paths: list[str]) -> None:
    orders = {
        tuple(sorted(arrival, key=natural_key))
        for arrival in itertools.islice(itertools.permutations(paths), 24)
    }
    assert len(orders) == 1
