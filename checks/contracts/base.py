"""The contract of a source: its columns, key and rules, and the validation of its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from checks.contracts.judge import judge
from checks.contracts.model import Column, Kind, MeasureItem, Reference, Rule, Validated
from checks.contracts.reading import STORED_TYPES, read

__all__ = ["Column", "Contract", "Kind", "MeasureItem", "Reference", "Rule", "Validated"]

PROVENANCE = ("content_id", "sheet_no", "row_number")
KEY_SEPARATOR = "|"
DUCKDB_TYPES: Mapping[pl.DataType, str] = {
    pl.String(): "VARCHAR",
    pl.Date(): "DATE",
    pl.Datetime("us"): "TIMESTAMP",
    pl.Boolean(): "BOOLEAN",
    pl.Float64(): "DOUBLE",
    pl.Int64(): "BIGINT",
    pl.Decimal(28, 12): "DECIMAL(28,12)",
    pl.List(pl.String()): "VARCHAR[]",
    pl.List(pl.Int64()): "BIGINT[]",
}
# Their values seldom repeat: looking for those that do is what takes DuckDB's time.
SELDOM_REPEATED = frozenset({Kind.CODE, Kind.CASE_NO, Kind.NAME, Kind.TEXT})
PACKED = " USING COMPRESSION zstd"
PROVENANCE_TYPES = (
    ("content_id", "INTEGER"),
    ("sheet_no", "SMALLINT"),
    ("row_number", "INTEGER"),
    ("business_key", "VARCHAR"),
    ("is_key_readable", "BOOLEAN"),
    ("content_hash", "UBIGINT"),
    ("row_region", "VARCHAR"),
)


def _unchanged(frame: pl.DataFrame, _reference: Reference) -> pl.DataFrame:
    return frame


@dataclass(frozen=True)
class Contract:
    """What a source must be (SOURCES 3).

    Attributes:
        source: its name, which is the name of its table.
        title_zh: what the field calls it.
        columns: its columns, in the order in which they are stored.
        key: the columns of the business key.
        region_column: the column that says which region a row belongs to; None where no column does.
        rules: its rules, in the order of SOURCES.md.
        broken: for each rule that the row alone can tell, where it is broken: a Boolean expression over
            the columns as read (`name`) and as given (`name__text`, null where blank); null is no.
        key_fits: for a key column that only some rows have: where it belongs to the key.
        derive: makes stored columns that need several cells (`reported_measures.value`).
    """

    source: str
    title_zh: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    region_column: str | None
    rules: tuple[Rule, ...]
    broken: Callable[[Reference], Mapping[str, pl.Expr]]
    key_fits: Mapping[str, pl.Expr] = field(default_factory=dict)
    derive: Callable[[pl.DataFrame, Reference], pl.DataFrame] = _unchanged

    def stored_columns(self) -> dict[str, pl.DataType]:
        """Name and polars type of each stored column of this source, in order."""
        return {
            f"{column.name}{suffix}": data_type
            for column in self.columns
            for suffix, data_type in STORED_TYPES[column.kind].items()
        }

    def duckdb_columns(self) -> list[tuple[str, str]]:
        """Name and DuckDB type of each column of `raw.<source>`, in the order of `Validated.rows`."""
        stored = [(name, DUCKDB_TYPES[data_type]) for name, data_type in self.stored_columns().items()]
        return [*PROVENANCE_TYPES, *stored]

    def duckdb_repeated(self) -> dict[str, str]:
        """Columns of `raw.<source>` that say what others do: name → the SQL of it. They are not stored."""
        repeated = {} if self.region_column is None else {"row_region": f'"{self.region_column}"'}
        if len(self.key) == 1 and self._kinds()[self.key[0]] in SELDOM_REPEATED and not self.key_fits:
            repeated["business_key"] = f"coalesce(\"{self.key[0]}\", '')"
            repeated["is_key_readable"] = f'"{self.key[0]}" IS NOT NULL'
        return repeated

    def duckdb_definition(self) -> str:
        """The columns of `raw.<source>` as CREATE TABLE wants them."""
        repeated = self.duckdb_repeated()
        packed = {"business_key"} | {one.name for one in self.columns if one.kind in SELDOM_REPEATED}
        return ", ".join(
            f'"{name}" {kind} GENERATED ALWAYS AS ({repeated[name]}) VIRTUAL'
            if name in repeated
            else f'"{name}" {kind}{PACKED if name in packed else ""}'
            for name, kind in self.duckdb_columns()
        )

    def validate(self, text: pl.DataFrame, reference: Reference) -> Validated:
        """Read and judge delivered rows (one row of `text` = one row of a file).

        Args:
            text: content_id, sheet_no, row_number, and a String column for each column of the source,
                null where the file has none; rows of many files together.
            reference: regions, items and numbers of the rulebook.

        Returns:
            As many rows as given, in their order, and the rules they broke.

        Raises:
            ContractError: a rule could not be judged (a defect of ours, never of the data).
        """
        frame = self.derive(read(text, self.columns, reference), reference)
        broken = self.broken(reference)
        issues = judge(frame, self.columns, self.rules, broken)
        keys = text.select(pl.col("content_id").cast(pl.Int32), pl.col("sheet_no").cast(pl.Int16),
                           pl.col("row_number").cast(pl.Int32))  # fmt: skip
        stored = frame.select(list(self.stored_columns()))
        rows = pl.concat(
            [keys, frame.select(**self._provenance()), stored],
            how="horizontal",
        ).with_columns(content_hash=stored.hash_rows(seed=0))
        return Validated(
            rows=rows.select([name for name, _ in self.duckdb_columns()]),
            issues=pl.concat(
                [keys[issues["row"]], issues.drop("row")],
                how="horizontal",
            ),
        )

    def _provenance(self) -> dict[str, pl.Expr]:
        """The business key, whether every part of it can be read, and the row's region."""
        kinds = self._kinds()
        parts, readable = [], []
        for name in self.key:
            value = pl.col(name).dt.strftime("%Y-%m") if kinds[name] is Kind.MONTH else pl.col(name)
            part, is_readable = value.fill_null(""), pl.col(name).is_not_null()
            if name in self.key_fits:
                fits = self.key_fits[name].fill_null(value=False)
                part, is_readable = pl.when(fits).then(part), is_readable | ~fits
            parts.append(part)
            readable.append(is_readable)
        region = pl.lit(None, pl.String) if self.region_column is None else pl.col(self.region_column)
        return {
            "business_key": pl.concat_str(parts, separator=KEY_SEPARATOR, ignore_nulls=True),
            "is_key_readable": pl.all_horizontal(readable),
            "row_region": region,
        }

    def _kinds(self) -> dict[str, Kind]:
        return {column.name: column.kind for column in self.columns}
