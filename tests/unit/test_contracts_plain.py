"""Plain cells read in one step, and repeating ones once: the same as each cell step by step."""

from __future__ import annotations

import random

import polars as pl
import pytest
from contract_rows import reference
from polars.testing import assert_frame_equal

from checks.contracts import reading
from checks.contracts.model import Column, Kind
from checks.contracts.plain import PLAIN
from checks.register import CONTRACTS

CELLS = 4000
DIGITS = "0123456789"


def words(text: str) -> list[str]:
    return text.split(" ")


PIECES = (
    *words("王文博 阿曼古丽·热依汗 无 无忌 未 㐂 𠮷 〇 豈 ㈱ ① e\u0301 é 〔2022〕"),
    *words("650022001275 650022-1275 JC6500002022051800000 NULL null N/A #N/A 12 A1 ab"),
    *words("ＪＣ１２３ － ／ ＮＵＬＬ ， ； ： 。 （ · • ‧ ・ ． - — / |"),
    *words('、 、 、 , ; ｜ % " + 0 00123 3.5 -87.25 1,234 1e5 inf NaN . 0.5% 650102'),
    *(" ", "  ", "\u3000", "\xa0", "\u2003", "\u200b", "\ufeff", "\t", "\n", "\r\n", "\x0b", "\x0c"),
    *("\x00", "\x07", "\x1c", "\x1f", "\x7f", "\x80", "\x85", "\u2028", "\u2029", "某某 厂"),
    *words("有限公司 移动端 是 否 √ 2022/5/18 2022.5 44699.5 20220518193405 2022年5月18日 T 日 时"),
    *("2022-05-18", "2022-05-18 19:34", "2022-05-18 19:34:05", "2022-02-30 10:00", "2022-05-18 24:00"),
    *("2022-05-18 19:34:60", "2022-05-18 19:60", "2101-01-01 00:00", "1999-12-31 23:59", ":00"),
    *("2000-02-29 00:00:00", "9" * 20),
)


def column_of(kind: Kind) -> Column:
    return next(
        column for contract in CONTRACTS.values() for column in contract.columns if column.kind is kind
    )


def random_cells(seed: int) -> pl.Series:
    """Cells of one to five pieces, one piece in half of them; blanks, nulls and long digits among them."""
    pick = random.Random(seed)  # noqa: S311
    cells: list[str | None] = [None, ""]
    while len(cells) < CELLS:
        count = pick.choice((1, 1, 1, 2, 3, 4, 5))
        cells.append("".join(pick.choice(PIECES) for _ in range(count)))
        cells.append("、".join(pick.choice(PIECES) for _ in range(count)))
        cells.append("".join(pick.choice(DIGITS + ".-") for _ in range(pick.randint(1, 32))))
    return pl.Series(cells, dtype=pl.String)


def step_by_step(cells: pl.Series, column: Column, patch: pytest.MonkeyPatch) -> pl.DataFrame:
    with patch.context() as patched:
        patched.setattr(reading, "PLAIN", {})
        patched.setattr(reading, "FEW_ROWS", len(cells) + 1)
        return reading.read_column(cells, column, reference())


@pytest.mark.parametrize("kind", PLAIN, ids=lambda kind: kind.value)
def test_plain_cells_are_read_as_step_by_step(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    column, cells = column_of(kind), random_cells(len(kind.value))
    plain = cells.str.contains(PLAIN[kind].pattern)
    assert plain.sum() > 10
    assert (~plain).sum() > 1000
    expected = step_by_step(cells, column, monkeypatch)
    monkeypatch.setattr(reading, "FEW_ROWS", len(cells) + 1)
    assert_frame_equal(reading.read_column(cells, column, reference()), expected)
    # Without anything in the way, too.
    assert_frame_equal(reading.read_column(cells.filter(plain), column, reference()), expected.filter(plain))


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
@pytest.mark.parametrize("has_null", [True, False])
def test_repeating_cells_are_read_as_step_by_step(
    kind: Kind, has_null: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    column, few = column_of(kind), random_cells(7).head(300)
    cells = (few if has_null else few.drop_nulls()).sample(CELLS, with_replacement=True, seed=1)
    monkeypatch.setattr(reading, "LOOKED_AT", CELLS)
    assert reading._is_repeating(cells, column)
    assert_frame_equal(
        reading.read_column(cells, column, reference()), step_by_step(cells, column, monkeypatch)
    )


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_a_column_that_is_not_there(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    column, cells = column_of(kind), pl.Series([None] * CELLS, dtype=pl.String)
    assert_frame_equal(
        reading.read_column(cells, column, reference()), step_by_step(cells, column, monkeypatch)
    )
