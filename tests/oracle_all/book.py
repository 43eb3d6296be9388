"""A rulebook's numbers and terms, read from its files by this calculation itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

RULEBOOK = Path(__file__).parents[2] / "sql" / "rulebook" / "xinjiang_2022"
INTERVAL = re.compile(r"([\[(])\s*([^,]+),\s*([^\])]+)([\])])")


class Book:
    """A rulebook.

    Attributes:
        folder: where its files lie.
        season: `season.toml`.
        awards: the awards of `awards.toml`.
        limits: how many may be nominated, of `awards.toml`.
        clauses: the scored clauses by id.
        groups: the groups of clauses by id.
        vetoes: ids of the clauses that exclude from awards.
        items: the reported items by id, with their clause, its maximum and whether it has a deadline.
    """

    def __init__(self, folder: Path = RULEBOOK) -> None:
        """Read the files of the folder."""
        self.folder = folder
        self.season = _read(folder / "season.toml")
        awards = _read(folder / "awards.toml")
        self.awards = awards["award"]
        self.limits = awards["nomination_limit"]
        self.clauses: dict[str, dict[str, Any]] = {}
        self.groups: dict[str, dict[str, Any]] = {}
        self.vetoes: set[str] = set()
        self.items: dict[str, dict[str, Any]] = {}
        for path in sorted([*folder.glob("officer/*.toml"), *folder.glob("bureau/*.toml")]):
            file = _read(path)
            self.groups[file["group"]["id"]] = file["group"]
            self.clauses |= {clause["id"]: clause for clause in file.get("clause", [])}
            self.vetoes |= {veto["id"] for veto in file.get("veto", [])}
        for clause_id, clause in self.clauses.items():
            for item in clause.get("item", []):
                self.items[item["id"]] = item | {
                    "clause": clause_id,
                    "max_points": clause["max_points"],
                    "has_deadline": "done_before" in clause.get("days", {}),
                }

    def maximum(self, clause: str) -> Fraction:
        """The most points that a clause gives."""
        return Fraction(self.clauses[clause]["max_points"])

    def number(self, clause: str, name: str, level: str = "county") -> Fraction:
        """A parameter of a clause, for bureaus of a level where it differs by level."""
        value = self.clauses[clause]["parameters"][name]
        return Fraction(value[level] if isinstance(value, dict) else value)

    def terms(self, clause: str, name: str) -> list[str]:
        """The terms of a column that a clause looks for."""
        value = self.clauses[clause]["terms"][name]
        return value if isinstance(value, list) else [value]

    def band(self, clause: str, value: Fraction) -> Fraction:
        """The points of the interval of a clause's only band in which a value lies."""
        (band,) = self.clauses[clause]["band"]
        for interval in band["intervals"]:
            left, low, high, right = INTERVAL.fullmatch(interval["interval"]).groups()
            is_above = value > Fraction(low.strip()) or (left == "[" and value == Fraction(low.strip()))
            is_open = high.strip() == "∞"
            if is_above and (
                is_open
                or value < Fraction(high.strip())
                or (right == "]" and value == Fraction(high.strip()))
            ):
                return Fraction(interval["points"])
        raise ValueError((clause, value))

    def best(self, clause: str, is_done: Callable[[str], bool]) -> Fraction:
        """The points of the best item of a clause that is done."""
        points = [
            Fraction(item.get("points", self.clauses[clause]["max_points"]))
            for item in self.clauses[clause]["item"]
            if is_done(item["id"])
        ]
        return max(points, default=Fraction(0))


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
