"""The parts of a rulebook beside its clauses: season, regions, awards, calendar, labels, quality limits."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from checks.rulebook_reader import Document, Node, Problem
from checks.rulebook_shape import QUALITY

MONTHS_OF_A_YEAR = range(1, 13)
FIRST_YEAR, LAST_YEAR = date(2000, 1, 1).year, date(2099, 1, 1).year
LEVELS = ("officer", "prefecture", "county")
CODE = re.compile(r"^\d{6}$")
DIVISION_COLUMNS = ["code", "name", "parent_code", "level"]
ALIAS_COLUMNS = ["old_code", "code"]


@dataclass(frozen=True)
class Season:
    """The season of a rulebook: its year, its months (1 … 12), and the names of the region tables."""

    rulebook_id: str
    title_zh: str
    season_year: int
    final_month: int
    record_months: tuple[int, ...]
    activity_months: tuple[int, ...]
    total_note_zh: str
    division_file: str
    aliases_file: str


@dataclass(frozen=True)
class Award:
    """An award and how many get it; the ministry's quota is of those."""

    award_id: str
    title_zh: str
    level: str
    nomination_kind: str | None
    is_ranked: bool
    needs_valid_certificate: bool
    quota: int
    ministry_quota: int
    quote_zh: str
    source: str


@dataclass(frozen=True)
class NominationLimit:
    """How many a prefecture may nominate, over some kinds of nomination together."""

    kind: str
    nomination_kinds: tuple[str, ...]
    minimum: int
    maximum: int
    quote_zh: str
    reading: str
    source: str


@dataclass(frozen=True)
class Event:
    """A day of the timetable."""

    event_zh: str
    due_on: date
    quote_zh: str
    source: str


@dataclass(frozen=True)
class Label:
    """The words for a key of `basis`."""

    key: str
    label_zh: str
    unit_zh: str


@dataclass(frozen=True)
class Region:
    """A row of the division table."""

    code: str
    name: str
    parent_code: str | None
    level: str


def read_months(node: Node, key: str) -> tuple[int, ...]:
    """Months of the year, ascending, at least one."""
    months = node.wholes(key)
    if key in node.data and (not months or list(months) != sorted(set(months))):
        node.report(f"{key} 应当是从小到大、不重复的月份", key)
    if any(month not in MONTHS_OF_A_YEAR for month in months):
        node.report(f"{key} 有不是月份的数字", key)
        return ()
    return months


def read_season(document: Document) -> Season:
    """The season."""
    root = document.root
    division = root.table("division")
    season = Season(
        root.text("id"), root.text("title_zh"), root.whole("season_year"), root.whole("final_month"),
        read_months(root, "record_months"), read_months(root, "activity_months"),
        root.text("total_note_zh", required=False), division.text("file"), division.text("aliases"),
    )  # fmt: skip
    if not FIRST_YEAR <= season.season_year <= LAST_YEAR:
        root.report(f"season_year 应当在{FIRST_YEAR}至{LAST_YEAR}之间", "season_year")
    if season.final_month not in MONTHS_OF_A_YEAR:
        root.report("final_month 不是月份", "final_month")
    elif season.record_months and season.record_months[-1] > season.final_month:
        root.report("记录月不能晚于 final_month", "record_months")
    division.finish()
    root.finish()
    return season


def read_awards(document: Document) -> tuple[tuple[Award, ...], tuple[NominationLimit, ...]]:
    """Awards and the limits of nomination."""
    root = document.root
    awards, limits = [], []
    for node in root.tables("award", required=True):
        award = Award(
            node.text("id"), node.text("title_zh"), node.text("level"),
            node.text("nomination_kind", required=False) or None,
            node.flag("is_ranked"), node.flag("needs_valid_certificate"),
            node.whole("quota"), node.whole("ministry_quota"), node.text("quote_zh"), node.text("source"),
        )  # fmt: skip
        if award.level and award.level not in LEVELS:
            node.report(f"level 应当是 {'、'.join(LEVELS)} 之一", "level")
        if award.ministry_quota > award.quota:
            node.report("ministry_quota 不能大于 quota", "ministry_quota")
        node.finish()
        awards.append(award)
    ranked = [award.level for award in awards if award.is_ranked]
    for level in {level for level in ranked if ranked.count(level) > 1}:
        root.report(f"{level} 只能有一个排名的奖项", "award")
    for node in root.tables("nomination_limit"):
        limit = NominationLimit(
            node.text("kind"), node.texts("nomination_kinds"), node.whole("minimum"), node.whole("maximum"),
            node.text("quote_zh"), node.text("reading", required=False), node.text("source"),
        )  # fmt: skip
        if limit.minimum > limit.maximum:
            node.report("minimum 不能大于 maximum", "minimum")
        node.finish()
        limits.append(limit)
    root.finish()
    return tuple(awards), tuple(limits)


def read_calendar(document: Document) -> tuple[Event, ...]:
    """The timetable."""
    root = document.root
    events = []
    for node in root.tables("event", required=True):
        day = node.day("due_on")
        event = (node.text("event_zh"), node.text("quote_zh"), node.text("source"))
        node.finish()
        if day is not None:
            events.append(Event(event[0], day, event[1], event[2]))
    root.finish()
    return tuple(events)


def read_labels(document: Document) -> tuple[Label, ...]:
    """The words for the keys of `basis`."""
    root = document.root
    labels = []
    for key in root.data:
        node = root.table(key)
        labels.append(Label(key, node.text("zh"), node.text("unit", required=False)))
        node.finish()
    return tuple(labels)


def read_quality(document: Document) -> dict[str, Decimal]:
    """The limits of the quality rules, name → number: those that the contracts ask for, no others."""
    root = document.root
    values = {}
    for name in QUALITY:
        if document.data and name not in root.data:
            root.report(f"缺少 [{name}]")
        node = root.table(name)
        if name in root.data:
            value = node.number("value")
            node.text("rule")
            node.text("unit", required=False)
            node.finish()
            if value is not None:
                values[name] = value
    root.finish()
    return values


def read_csv(
    folder: Path, name: str, columns: list[str], problems: list[Problem]
) -> list[tuple[int, list[str]]]:
    """The rows of a table of regions with their lines; a missing file or wrong header is a fault."""
    if not name:
        return []
    try:
        with (folder / name).open(encoding="utf-8", newline="") as handle:
            lines = list(csv.reader(handle))
    except (FileNotFoundError, UnicodeDecodeError):
        problems.append(Problem(name, 1, "缺少这个文件，或不是UTF-8编码"))
        return []
    if not lines or lines[0] != columns:
        problems.append(Problem(name, 1, f"表头应当是 {','.join(columns)}"))
        return []
    rows = []
    for number, row in enumerate(lines[1:], start=2):
        if len(row) != len(columns):
            problems.append(Problem(name, number, f"应当有{len(columns)}列"))
        else:
            rows.append((number, row))
    return rows


def read_division(folder: Path, name: str, problems: list[Problem]) -> tuple[Region, ...]:
    """The regions: six-digit codes, each once, each with a parent that is listed."""
    regions: dict[str, Region] = {}
    rows = read_csv(folder, name, DIVISION_COLUMNS, problems)
    for line, (code, title, parent, level) in rows:
        if not CODE.match(code):
            problems.append(Problem(name, line, f"区划代码 {code!r} 应当是6位数字"))
        if code in regions:
            problems.append(Problem(name, line, f"区划代码 {code} 重复"))
        if not title or not level:
            problems.append(Problem(name, line, "名称和级别不能为空"))
        regions[code] = Region(code, title, parent or None, level)
    for line, (_, _, parent, level) in rows:
        if parent and parent not in regions:
            problems.append(Problem(name, line, f"上级代码 {parent} 不在表中"))
        if level == "county" and (parent not in regions or regions[parent].level != "prefecture"):
            problems.append(Problem(name, line, "县（county）的上级应当是地州市（prefecture）"))
    if rows and not any(region.level == "prefecture" for region in regions.values()):
        problems.append(Problem(name, 1, "没有一个地州市（prefecture）"))
    return tuple(regions.values())


def read_aliases(folder: Path, name: str, known: set[str], problems: list[Problem]) -> dict[str, str]:
    """Codes that older exports carry → the code that replaced them."""
    aliases = {}
    for line, (old, new) in read_csv(folder, name, ALIAS_COLUMNS, problems):
        if not CODE.match(old) or new not in known:
            problems.append(Problem(name, line, f"旧代码 {old} 应当是6位数字，新代码 {new} 应当在区划表中"))
        if old in known:
            problems.append(Problem(name, line, f"旧代码 {old} 仍在区划表中"))
        aliases[old] = new
    return aliases
