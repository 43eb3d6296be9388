"""A rulebook flattened into the tables of schema `rulebook` that the SQL joins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from checks.rulebook_clauses import Group
from checks.rulebook_parts import Award, Event, Label, NominationLimit, Region, Season
from checks.rulebook_shape import LEVELS

NUMBER = "DECIMAL(18,6)"
POINTS = "DECIMAL(9,4)"
TEXT = "VARCHAR"
ANNEX_TITLES = {"officer": "表现突出个人评审细则", "bureau": "表现突出集体评审细则"}


@dataclass(frozen=True)
class Table:
    """A table: its columns with their types, and its rows."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Any, ...], ...]


def table(columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> Table:
    """A table from a dictionary of columns."""
    return Table(tuple(columns.items()), tuple(rows))


BY_LEVEL = {"clause_id": TEXT, "level": TEXT, "name": TEXT}


def clause_tables(groups: Sequence[Group]) -> dict[str, Table]:
    """clause, parameter, term, day, band, measure_item, veto."""
    clauses: list[tuple[Any, ...]] = []
    parameters: list[tuple[Any, ...]] = []
    terms: list[tuple[Any, ...]] = []
    days: list[tuple[Any, ...]] = []
    bands: list[tuple[Any, ...]] = []
    items: list[tuple[Any, ...]] = []
    vetoes: list[tuple[Any, ...]] = []
    for group in groups:
        levels = LEVELS[group.subject]
        for veto in group.vetoes:
            vetoes.append((veto.veto_id, group.subject, veto.title_zh, veto.quote_zh, veto.source))
        for clause in group.clauses:
            key = clause.clause_id
            annex = f"{group.annex} {ANNEX_TITLES[group.subject]}"
            clauses.append(
                (
                    key,
                    group.group_id,
                    group.max_points,
                    annex,
                    group.subject,
                    clause.title_zh,
                    clause.max_points,
                    clause.quote_zh,
                    clause.reading or None,
                    clause.source,
                    clause.formula_zh,
                    len(clauses) + 1,
                    group.title_zh,
                )
            )
            parameters += [(key, level, name, value) for (level, name), value in clause.parameters.items()]
            for level in levels:
                terms += [(key, level, name, word) for name, words in clause.terms.items() for word in words]
                days += [(key, level, name, day) for name, day in clause.days.items()]
                bands += [
                    (key, level, name, step.lower, step.is_lower_inclusive, step.points)
                    for name, steps in clause.bands.items()
                    for step in steps
                ]
            deadline = clause.days.get("done_before")
            items += [(item.item, key, item.kind, item.points, item.whose, deadline) for item in clause.items]
    return {
        "clause": table(
            {
                "clause_id": TEXT,
                "group_id": TEXT,
                "group_max_points": POINTS,
                "annex": TEXT,
                "subject": TEXT,
                "title_zh": TEXT,
                "max_points": POINTS,
                "quote_zh": TEXT,
                "reading": TEXT,
                "source": TEXT,
                "formula_zh": TEXT,
                "sort_no": "INTEGER",
                "group_title_zh": TEXT,
            },
            clauses,
        ),
        "parameter": table({**BY_LEVEL, "value": NUMBER}, parameters),
        "term": table({**BY_LEVEL, "value": TEXT}, terms),
        "day": table({**BY_LEVEL, "value": "DATE"}, days),
        "band": table(
            {**BY_LEVEL, "lower": NUMBER, "is_lower_inclusive": "BOOLEAN", "points": NUMBER}, bands
        ),
        "measure_item": table(
            {
                "item": TEXT,
                "clause_id": TEXT,
                "kind": TEXT,
                "points": NUMBER,
                "whose": TEXT,
                "done_before": "DATE",
            },
            items,
        ),
        "veto": table(
            {"veto_id": TEXT, "subject": TEXT, "title_zh": TEXT, "quote_zh": TEXT, "source": TEXT}, vetoes
        ),
    }


def season_tables(season: Season) -> dict[str, Table]:
    """season, month: the twelve months of the season's year."""
    year = season.season_year
    months = [
        (date(year, number, 1), number in season.record_months, number in season.activity_months)
        for number in range(1, 13)
    ]
    row = (
        season.rulebook_id,
        season.title_zh,
        year,
        date(year, season.final_month, 1),
        date(year, season.activity_months[-1], 1),
        season.total_note_zh,
    )
    return {
        "season": table(
            {
                "rulebook_id": TEXT,
                "title_zh": TEXT,
                "season_year": "INTEGER",
                "final_month": "DATE",
                "last_activity_month": "DATE",
                "total_note_zh": TEXT,
            },
            [row],
        ),
        "month": table(
            {"month": "DATE", "is_record_month": "BOOLEAN", "is_activity_month": "BOOLEAN"}, months
        ),
    }


def award_tables(awards: Sequence[Award], limits: Sequence[NominationLimit]) -> dict[str, Table]:
    """award; nomination_limit: one row for each kind of nomination that a limit counts."""
    return {
        "award": table(
            {
                "award_id": TEXT,
                "title_zh": TEXT,
                "level": TEXT,
                "nomination_kind": TEXT,
                "is_ranked": "BOOLEAN",
                "needs_valid_certificate": "BOOLEAN",
                "quota": "INTEGER",
                "ministry_quota": "INTEGER",
                "quote_zh": TEXT,
                "source": TEXT,
            },
            [tuple(vars(award).values()) for award in awards],
        ),
        "nomination_limit": table(
            {
                "kind": TEXT,
                "nomination_kind": TEXT,
                "minimum": "INTEGER",
                "maximum": "INTEGER",
                "quote_zh": TEXT,
                "reading": TEXT,
                "source": TEXT,
            },
            [
                (
                    limit.kind,
                    kind,
                    limit.minimum,
                    limit.maximum,
                    limit.quote_zh,
                    limit.reading or None,
                    limit.source,
                )
                for limit in limits
                for kind in limit.nomination_kinds
            ],
        ),
    }


def plain_tables(
    regions: Sequence[Region], quality: dict[str, Any], labels: Sequence[Label], events: Sequence[Event]
) -> dict[str, Table]:
    """division, quality, label, calendar."""
    return {
        "division": table(
            {"code": TEXT, "name": TEXT, "parent_code": TEXT, "level": TEXT},
            [tuple(vars(region).values()) for region in regions],
        ),
        "quality": table({"name": TEXT, "value": NUMBER}, list(quality.items())),
        "label": table(
            {"key": TEXT, "label_zh": TEXT, "unit_zh": TEXT},
            [tuple(vars(label).values()) for label in labels],
        ),
        "calendar": table(
            {"event_zh": TEXT, "due_on": "DATE", "quote_zh": TEXT, "source": TEXT},
            [tuple(vars(event).values()) for event in events],
        ),
    }
