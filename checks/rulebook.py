"""The rulebook: a folder of TOML files, validated and flattened into tables."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from checks.contracts.model import MeasureItem, Reference, Rule
from checks.rulebook_clauses import Group, read_group
from checks.rulebook_parts import (
    Region,
    Season,
    read_aliases,
    read_awards,
    read_calendar,
    read_division,
    read_labels,
    read_quality,
    read_season,
)
from checks.rulebook_reader import Problem, read_document
from checks.rulebook_tables import Table, award_tables, clause_tables, plain_tables, season_tables

if TYPE_CHECKING:
    import duckdb

SUBJECTS = ("officer", "bureau")
SINGLE_FILES = ("season.toml", "awards.toml", "calendar.toml", "labels.toml", "quality.toml")


class RulebookError(ValueError):
    """A rulebook cannot be used; `problems` says why, with file and line."""

    def __init__(self, directory: Path, problems: Sequence[Problem]) -> None:
        """Gather the problems of a folder."""
        self.problems = tuple(problems)
        super().__init__("\n".join([f"评审规则 {directory.name} 有误：", *map(str, problems)]))


@dataclass(frozen=True)
class Rulebook:
    """A rulebook that was validated.

    Attributes:
        id: its name, the folder's.
        title_zh: its title.
        sha256: over the names and bytes of all its files.
        season_year: the year that is appraised.
        final_month: the month (1 … 12) as of which the result is official.
        record_months: months whose records count (C7.1, I3.1).
        activity_months: months whose records make an officer active (C7.2).
        tables: what stands in schema `rulebook`, by table.
        regions: the division table.
        aliases: codes of older exports → the code that replaced them.
        quality: the limits of the quality rules.
    """

    id: str
    title_zh: str
    sha256: str
    season_year: int
    final_month: int
    record_months: tuple[int, ...]
    activity_months: tuple[int, ...]
    tables: Mapping[str, Table]
    regions: tuple[Region, ...]
    aliases: Mapping[str, str]
    quality: Mapping[str, Decimal]

    def reference(self) -> Reference:
        """What the contracts must know beside the row."""
        items = {}
        for item, _, kind, points, _, done_before in self.tables["measure_item"].rows:
            is_number = kind == "number"
            items[item] = MeasureItem(
                kind,
                minimum=Decimal(0) if is_number else None,
                maximum=points if is_number else None,
                has_deadline=done_before is not None,
            )
        return Reference(
            regions=frozenset(region.code for region in self.regions),
            region_aliases=dict(self.aliases),
            prefectures=frozenset(region.code for region in self.regions if region.level == "prefecture"),
            counties=frozenset(region.code for region in self.regions if region.level == "county"),
            measure_items=items,
            quality=dict(self.quality),
        )


def digest(directory: Path) -> str:
    """SHA-256 over the names and bytes of a rulebook's files, in order of name."""
    total = hashlib.sha256()
    for path in sorted(directory.rglob("*")):
        if path.is_file() and path.suffix in (".toml", ".csv"):
            content = path.read_bytes()
            total.update(f"{path.relative_to(directory).as_posix()}\0{len(content)}\0".encode())
            total.update(content)
    return total.hexdigest()


def read_groups(directory: Path, season: Season, problems: list[Problem]) -> list[Group]:
    """The groups in the order of the annexes: officers, then bureaus, each by the name of its file."""
    groups = []
    for subject in SUBJECTS:
        for path in sorted((directory / subject).glob("*.toml")):
            document = read_document(directory, f"{subject}/{path.name}", problems)
            groups.append(read_group(document, subject, len(season.record_months)))
    seen: dict[str, str] = {}
    for group in groups:
        for name in [group.group_id, *(clause.clause_id for clause in group.clauses)]:
            if name in seen:
                problems.append(Problem(f"{group.subject}/", 1, f"{name} 出现两次（{seen[name]}）"))
            seen[name] = group.title_zh
        items = [item.item for clause in group.clauses for item in clause.items]
        for item in {item for item in items if items.count(item) > 1}:
            problems.append(Problem(f"{group.subject}/", 1, f"事项 {item} 出现两次"))
    if not groups:
        problems.append(Problem("officer/", 1, "没有一个条款文件"))
    return groups


def read(directory: Path) -> tuple[Rulebook | None, list[Problem]]:
    """Read a rulebook: it, or None, and every fault found."""
    problems: list[Problem] = []
    if not directory.is_dir():
        return None, [Problem(directory.name, 1, "没有这个文件夹")]
    for path in sorted(directory.rglob("*.toml")):
        name = path.relative_to(directory).as_posix()
        if name not in SINGLE_FILES and path.parent not in [directory / subject for subject in SUBJECTS]:
            problems.append(Problem(name, 1, "不认识的文件"))
    documents = {name: read_document(directory, name, problems) for name in SINGLE_FILES}
    season = read_season(documents["season.toml"])
    if season.rulebook_id and season.rulebook_id != directory.name:
        documents["season.toml"].report(("id",), f"id 应当与文件夹同名（{directory.name}）")
    groups = read_groups(directory, season, problems)
    awards, limits = read_awards(documents["awards.toml"])
    labels = read_labels(documents["labels.toml"])
    events = read_calendar(documents["calendar.toml"])
    quality = read_quality(documents["quality.toml"])
    regions = read_division(directory, season.division_file, problems)
    aliases = read_aliases(directory, season.aliases_file, {region.code for region in regions}, problems)
    if problems:
        return None, sorted(set(problems))
    tables = {
        **clause_tables(groups),
        **season_tables(season),
        **award_tables(awards, limits),
        **plain_tables(regions, quality, labels, events),
    }
    rulebook = Rulebook(
        season.rulebook_id, season.title_zh, digest(directory), season.season_year, season.final_month,
        season.record_months, season.activity_months, tables, regions, aliases, quality,
    )  # fmt: skip
    return rulebook, []


def check_rulebook(directory: Path) -> list[Problem]:
    """Every fault of a rulebook, by file and line; empty where it can be used."""
    return read(directory)[1]


def load(directory: Path) -> Rulebook:
    """Read and validate a rulebook.

    Raises:
        RulebookError: it has faults; the message lists them all with file and line.
    """
    rulebook, problems = read(directory)
    if rulebook is None:
        raise RulebookError(directory, problems)
    return rulebook


def rule_table(rules: Sequence[Rule], quality: Mapping[str, Decimal]) -> Table:
    """The rule register as a table; the messages with the rulebook's numbers put in."""
    columns = ("rule_id", "source", "dimension", "severity", "column_name", "message_zh")
    rows = tuple(
        (rule.rule_id, rule.source, rule.dimension, rule.severity, rule.column, rule.text_zh(quality))
        for rule in rules
    )
    return Table(tuple((name, "VARCHAR") for name in columns), rows)


def install(con: duckdb.DuckDBPyConnection, rulebook: Rulebook, rules: Sequence[Rule] | None = None) -> None:
    """Write schema `rulebook` anew, with the rule register, and the macros of `sql/core/macros.sql`.

    Args:
        con: the warehouse.
        rulebook: what is installed.
        rules: the quality rules; None: those of the register.
    """
    if rules is None:
        from checks.register import RULES  # every contract: only where it is needed

        rules = RULES
    con.execute("CREATE SCHEMA IF NOT EXISTS rulebook")
    for name, table in {**rulebook.tables, "rule": rule_table(rules, rulebook.quality)}.items():
        columns = ", ".join(f"{column} {kind}" for column, kind in table.columns)
        con.execute(f"CREATE OR REPLACE TABLE rulebook.{name} ({columns})")
        if table.rows:
            row = "(" + ", ".join("?" for _ in table.columns) + ")"
            rows = ", ".join([row] * len(table.rows))
            values = [value for each in table.rows for value in each]
            con.execute(f"INSERT INTO rulebook.{name} VALUES {rows}", values)  # noqa: S608 - our own names
    con.execute(files("sql").joinpath("core", "macros.sql").read_text(encoding="utf-8"))
