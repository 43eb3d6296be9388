"""Each number of the rulebook, changed by one step, makes a golden case fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from golden_cases import all_cases
from golden_numbers import number_differences
from golden_season import RULEBOOK, SCORES, GoldenSeason, seasons_of

from checks.rulebook import Rulebook, load
from checks.rulebook_tables import Table

RULES = load(RULEBOOK)
SEASONS = seasons_of(all_cases())
HALF, CENT = Decimal("0.5"), Decimal("0.01")


@dataclass(frozen=True)
class Mutation:
    """One number changed by one step.

    Attributes:
        name: which number, and how it was changed.
        about: what the cases that should notice it are about (their 条款).
        changed: the rulebook with the change.
        is_read: the contracts read the number too: the rows are judged anew.
    """

    name: str
    about: str
    changed: Rulebook
    is_read: bool = False


def changed_rows(table: str, key: str, column: str, value: Callable[[Any], Any], where: Any) -> Rulebook:
    """The rulebook with a column changed in the rows whose key is as asked."""
    found = RULES.tables[table]
    names = [name for name, _ in found.columns]
    at, of = names.index(column), [names.index(each) for each in key.split()]
    rows = tuple(
        tuple(
            value(cell) if n == at and tuple(row[i] for i in of) == where else cell
            for n, cell in enumerate(row)
        )
        for row in found.rows
    )
    return replace(RULES, tables={**RULES.tables, table: Table(found.columns, rows)})


def steps(
    table: str, key: str, column: str, step: Any, about: Callable[[dict[str, Any]], str]
) -> Iterator[Mutation]:
    """Every number of a column, a step up and a step down (not below zero)."""
    names = [name for name, _ in RULES.tables[table].columns]
    seen = set()
    for row in RULES.tables[table].rows:
        cells = dict(zip(names, row, strict=True))
        where = tuple(cells[each] for each in key.split())
        if where in seen or cells[column] is None:
            continue
        seen.add(where)
        size = step(cells) if callable(step) else step
        for sign in (1, -1):
            after = cells[column] + sign * size
            if isinstance(after, (int, Decimal)) and after < 0:
                continue
            changed = changed_rows(table, key, column, lambda _, after=after: after, where)
            name = f"{table} {' '.join(map(str, where))} {column} {cells[column]}→{after}"
            yield Mutation(name, about(cells), changed, is_read=table == "measure_item")


def clause_of(cells: dict[str, Any]) -> str:
    """The clause of a row."""
    return str(cells["clause_id"])


def parameter_step(cells: dict[str, Any]) -> Decimal:
    """Whole numbers change by one, others (and points) by a half."""
    is_count = cells["name"] in (
        "cases_min",
        "cases_step",
        "categories",
        "completed_percent_min",
        "per_capita_above",
    )
    return Decimal(1) if is_count else HALF


def quality_mutations() -> Iterator[Mutation]:
    """The limits of the quality rules: whole numbers by one, others by a hundredth."""
    for name, value in RULES.quality.items():
        step = CENT if name.startswith(("longitude", "latitude", "rate_tolerance")) else Decimal(1)
        for sign in (1, -1):
            quality = {**RULES.quality, name: value + sign * step}
            changed = replace(RULES, quality=quality)
            yield Mutation(f"quality {name} {value}→{value + sign * step}", "质量", changed, is_read=True)


def month_mutations() -> Iterator[Mutation]:
    """Each month in or out of the record months and of the activity months."""
    for column, about in (("is_record_month", "I3.1"), ("is_activity_month", "C7.2")):
        for month, *_ in RULES.tables["month"].rows:
            changed = changed_rows("month", "month", column, lambda flag: not flag, (month,))
            yield Mutation(f"month {month:%m} {column}", about, changed)


def all_mutations() -> list[Mutation]:
    """Every number of the rulebook, changed."""
    day, month_step = timedelta(days=1), timedelta(days=30)
    found: list[Mutation] = []
    found += steps("parameter", "clause_id level name", "value", parameter_step, clause_of)
    bands = [
        m
        for m in steps("band", "clause_id level name lower", "lower", Decimal(1), clause_of)
        if " 0 lower 0→" not in m.name
    ]
    found += bands  # a band begins at 0 by the loader's word
    found += steps("band", "clause_id level name lower", "points", HALF, clause_of)
    found += steps("clause", "clause_id", "max_points", HALF, clause_of)
    found += steps("clause", "group_id", "group_max_points", HALF, lambda cells: f"{cells['group_id']}.")
    found += steps("measure_item", "item", "points", HALF, clause_of)
    found += steps("measure_item", "item", "done_before", day, clause_of)
    found += steps("award", "award_id", "quota", 1, lambda _: "评选")
    found += steps("award", "award_id", "ministry_quota", 1, lambda _: "评选")
    found += steps("nomination_limit", "kind", "minimum", 1, lambda _: "推荐")
    found += steps("nomination_limit", "kind", "maximum", 1, lambda _: "推荐")
    found += steps("calendar", "event_zh", "due_on", day, lambda _: "日期")
    found += steps("season", "rulebook_id", "final_month", month_step, lambda _: "日期")
    return [*found, *month_mutations(), *quality_mutations()]


@cache
def season(name: str) -> GoldenSeason:
    """The season of some cases, made once."""
    return GoldenSeason(SEASONS[name])


def is_noticed(mutation: Mutation) -> bool:
    """Whether a case about the number fails under it, or the notice's printed numbers differ."""
    for name, cases in SEASONS.items():
        if not any(clause.startswith(mutation.about) for case in cases for clause in case.clauses):
            continue
        if mutation.is_read:
            if GoldenSeason(cases, mutation.changed).differences(mutation.about):
                return True
            continue
        golden = season(name)
        divisions = {"division": golden.rulebook.tables["division"]}
        golden.run(replace(mutation.changed, tables={**mutation.changed.tables, **divisions}), SCORES)
        if golden.differences(mutation.about):
            return True
    return bool(number_differences(mutation.changed))


MUTATIONS = all_mutations()
FEW = 16  # of them are tried in every run, spread over all; the rest with the long tests


@pytest.mark.parametrize("mutation", MUTATIONS[:: len(MUTATIONS) // FEW], ids=lambda mutation: mutation.name)
def test_a_changed_number_is_noticed(mutation: Mutation) -> None:
    assert is_noticed(mutation), f"no golden case notices {mutation.name}"


@pytest.mark.faults
def test_every_changed_number_is_noticed(budget, capsys: pytest.CaptureFixture[str]) -> None:
    tried, missed = 0, []
    for mutation in budget.random().sample(MUTATIONS, len(MUTATIONS)):
        if not budget.left():
            break
        tried += 1
        if not is_noticed(mutation):
            missed.append(mutation.name)
    with capsys.disabled():
        print(f"\nnumbers changed: {tried} of {len(MUTATIONS)}, not noticed: {len(missed)}")
    assert tried and not missed


def test_mutations_reach_every_number() -> None:
    assert len(MUTATIONS) > sum(
        len(RULES.tables[name].rows) for name in ("parameter", "clause", "measure_item")
    )
    assert date(2022, 9, 2) in {
        row[-1] for mutation in MUTATIONS for row in mutation.changed.tables["measure_item"].rows
    }
