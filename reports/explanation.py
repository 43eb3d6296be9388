"""An explanation as an object: what `lianbing explain`, the score statements and the pages all show."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Figure:
    """A figure that a clause rests on, in words: `在编在岗`, `12`, `人`; or several `items`."""

    label: str
    value: str
    unit: str = ""
    items: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class MonthTable:
    """The months under a clause: named columns, one row a month, everything in words."""

    columns: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class DecidingRow:
    """A delivered row that counted under a clause, or did not and why."""

    source: str
    business_key: str
    place: str
    is_counted: bool
    note: str


@dataclass(frozen=True)
class ProblemRecord:
    """A record with quality problems and what correcting it would give back (points)."""

    month: str
    business_key: str
    place: str
    rules: str
    messages: str
    points_at_stake: float
    at_stake: str


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that counts nowhere until it is corrected."""

    source: str
    business_key: str
    place: str
    rules: str
    messages: str


@dataclass(frozen=True)
class ClauseLine:
    """An entity under a clause: wording, reading, formula with the figures put in, points, deciding rows.

    `*_count` say how many rows there are where the lists are cut.
    """

    clause_id: str
    group_id: str
    title: str
    quote: str
    reading: str
    source: str
    formula: str
    figures: list[Figure]
    points: Decimal
    max_points: Decimal
    status: str
    status_zh: str
    months: MonthTable | None = None
    counted: list[DecidingRow] = field(default_factory=list)
    counted_count: int = 0
    not_counted: list[DecidingRow] = field(default_factory=list)
    not_counted_count: int = 0
    problem_records: list[ProblemRecord] = field(default_factory=list)
    problem_record_count: int = 0


@dataclass(frozen=True)
class GroupLine:
    """A group of clauses (a row of the annex) with its sum."""

    group_id: str
    title: str
    points: Decimal
    max_points: Decimal
    clauses: list[ClauseLine]


@dataclass(frozen=True)
class Explanation:
    """Why an officer or bureau has its total: the lines add exactly to it."""

    subject: str
    entity_id: str
    name: str
    region_code: str
    region_name: str
    prefecture_name: str
    level: str
    level_zh: str
    as_of_month: str
    season_year: int
    is_final: bool
    is_demo: bool
    total_points: Decimal
    max_points: Decimal
    max_note: str
    overall_rank: int | None
    rank_no: int | None
    award_status: str
    award_note: str
    is_vetoed: bool
    groups: list[GroupLine]
    quarantined: list[QuarantinedRow]
    quarantined_count: int
    versions: dict[str, str]

    @property
    def title(self) -> str:
        """The entity as it is called: name and number, 自治区 and place for an officer."""
        place = f"，{self.region_name}" if self.subject == "officer" and self.region_name else ""
        return f"{self.name}（{self.entity_id}{place}）"
