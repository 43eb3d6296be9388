"""What a season's files mean, before anything is decided: deliveries, tables, rows."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DIVISIONS = Path(__file__).parents[2] / "sql" / "rulebook" / "xinjiang_2022"
Row = dict[
    str, Any
]  # column → value as meant: None (blank), text, date, datetime, bool, int, Decimal, list, Wrong


@dataclass(frozen=True)
class Wrong:
    """A cell that is filled in, but cannot be read as its type."""

    text: str


@dataclass
class Table:
    """The rows of one source in one sheet, in their order."""

    source: str
    rows: list[Row] = field(default_factory=list)


@dataclass
class Delivery:
    """One file: its delivery month (YYYY-MM), its path below that folder, its tables in sheet order."""

    month: str
    path: str
    tables: list[Table]

    @property
    def place(self) -> tuple[Any, ...]:
        """Where the file stands in the order of delivery (SOURCES 1, natural order)."""
        parts = [natural(part) for part in self.path.split("/")]
        return (self.month, parts, self.path)


def natural(name: str) -> tuple[Any, ...]:
    """The order of a name: first without its ending, then by it; digit runs as numbers, before characters."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    return (_tokens(stem), _tokens(ending))


def _tokens(text: str) -> list[tuple[int, int]]:
    return [
        (0, int(t)) if t.isascii() and t.isdigit() else (1, ord(t))
        for t in re.findall(r"[0-9]+|[^0-9]", text)
    ]


class Divisions:
    """The regions: known codes, codes that were replaced, prefectures and counties of the appraisal."""

    def __init__(self) -> None:
        """Read the division tables."""
        with (DIVISIONS / "xinjiang_divisions.csv").open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
        with (DIVISIONS / "division_aliases.csv").open(encoding="utf-8-sig", newline="") as handle:
            self.replaced = {row["old_code"]: row["code"] for row in csv.DictReader(handle)}
        self.known = {row["code"] for row in rows}
        self.prefectures = {row["code"] for row in rows if row["level"] == "prefecture"}
        self.counties = {row["code"] for row in rows if row["level"] == "county"}

    def read(self, code: object) -> str | None:
        """The region that a cell names; None where it names none that is known."""
        if not isinstance(code, str):
            return None
        code = self.replaced.get(code, code)
        return code if code in self.known else None

    def unit(self, code: str) -> str:
        """The unit whose rosters are kept together: a prefecture, the region's own, or 659000."""
        return code[:4] + "00"

    def cover(self, bureau: str) -> set[str]:
        """The agencies that a bureau covers."""
        if bureau in self.prefectures:
            return {bureau} | {c for c in self.counties if c[:4] == bureau[:4]}
        return {bureau}
