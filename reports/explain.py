"""Why a score is what it is: the explanation of an officer or a bureau from a published snapshot.

What is shown is what was computed: points, figures and rows are read from the marts, only put side by side.
The sums are checked: an explanation whose lines do not add up to the published total is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb

from reports import words
from reports.explanation import (
    ClauseLine,
    DecidingRow,
    Explanation,
    Figure,
    GroupLine,
    MonthTable,
    ProblemRecord,
    QuarantinedRow,
)
from reports.queries import explain as queries
from reports.queries import scores, stakes
from reports.queries.connection import open_snapshot

Rows = list[dict[str, Any]]
HUNDRED = 100


class ExplainError(Exception):
    """There is nothing to explain by that name; the message is Chinese."""


class SumError(Exception):
    """The lines do not add up to the published total: a defect of the snapshot."""


def explain_officer(snapshot: Path, officer_id: str, clause: str | None = None) -> Explanation:
    """Explain an officer's score (annex 2).

    Args:
        snapshot: a snapshot's folder or its marts.duckdb.
        officer_id: 人员编号.
        clause: only this clause (I3.1) or group (I3); the sums are checked over all of them.

    Raises:
        ExplainError: no such officer or clause in the snapshot.
        SumError: the lines do not add up.
        SnapshotError: the snapshot cannot be opened.
    """
    return _explain_one(snapshot, "officer", officer_id, clause)


def explain_bureau(snapshot: Path, code: str, clause: str | None = None) -> Explanation:
    """Explain a bureau's score (annex 3); `code` is its six-digit region code.

    Raises:
        ExplainError, SumError, SnapshotError: as `explain_officer`.
    """
    return _explain_one(snapshot, "bureau", code, clause)


def _explain_one(snapshot: Path, subject: str, entity_id: str, clause: str | None) -> Explanation:
    con = open_snapshot(snapshot)
    try:
        found = explain(con, subject, [entity_id])
        if not found:
            raise ExplainError(_unknown(con, subject, entity_id))
    finally:
        con.close()
    return found[0] if clause is None else _only(found[0], clause)


def explain(
    con: duckdb.DuckDBPyConnection, subject: str, ids: list[str] | None = None, limit: int | None = None
) -> list[Explanation]:
    """Explain some entities (`ids`) or all of a subject; unknown ids are left out.

    Args:
        con: an open snapshot.
        subject: `officer` or `bureau`.
        ids: officer ids or region codes; None for all.
        limit: at most so many deciding rows of each kind under a clause; None for all.

    Raises:
        SumError: lines that do not add up.
    """
    facts = scores.snapshot_facts(con)
    lines = queries.lines(con, subject, ids)
    under = _Under(con, subject, ids, limit, sorted({line["clause_id"] for line in lines}))
    maxima = scores.maxima(con, subject)
    by_entity = _grouped(lines, "entity_id")
    quarantined = (
        _grouped(stakes.quarantined_rows(con, ids, limit), "entity_id") if subject == "bureau" else {}
    )
    result = []
    for entity in queries.entities(con, subject, ids):
        own = by_entity.get(entity["entity_id"], [])
        refused = quarantined.get(entity["entity_id"], [])
        result.append(_explanation(entity, facts, maxima, own, refused, under))
    return result


def max_note(maxima: Rows, subject: str) -> str:
    """Why a bureau's total is not out of 100, computed from the published maxima; empty where it is."""
    total = sum((row["group_max_points"] for row in maxima), Decimal(0))
    if total == HUNDRED:
        return ""
    parts = " + ".join(f"{row['group_id']} {words.number(row['group_max_points'])}" for row in maxima)
    annex = "附件3" if subject == "bureau" else "附件2"
    return (
        f"{annex}所列各项满分之和为 {words.number(total)} 分（{parts}），不是 100 分；"
        "通知没有给出总分，这里按公布的分值计算。"
    )


class _Under:
    """What stands under the lines: months, deciding rows and problem records by (entity, clause)."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        subject: str,
        ids: list[str] | None,
        limit: int | None,
        clause_ids: Iterable[str],
    ) -> None:
        self.subject = subject
        self.said: dict[tuple[Any, ...], tuple[list[Figure], str]] = {}
        self.labels = queries.labels(con)
        self.parameters = _grouped(queries.parameters(con), "clause_id")
        self.months = {
            clause: _grouped(queries.months(con, clause, ids), "entity_id") for clause in clause_ids
        }
        self.evidence = _grouped(queries.evidence(con, subject, ids, limit), "entity_id", "clause_id")
        self.problems = _grouped(stakes.problem_records(con, subject, ids, limit), "entity_id", "clause_id")

    def clause_line(self, line: Mapping[str, Any], level: str) -> ClauseLine:
        key = (line["entity_id"], line["clause_id"])
        figures, formula = self._said(line, level)
        evidence = self.evidence.get(key, [])
        problems = self.problems.get(key, [])
        months = self.months[line["clause_id"]].get(line["entity_id"], [])
        counted = [row for row in evidence if row["is_counted"]]
        not_counted = [row for row in evidence if not row["is_counted"]]
        return ClauseLine(
            clause_id=line["clause_id"],
            group_id=line["group_id"],
            title=line["title_zh"] or "",
            quote=line["quote_zh"] or "",
            reading=line["reading"] or "",
            source=line["source"] or "",
            formula=formula,
            figures=figures,
            points=line["points"],
            max_points=line["max_points"],
            status=line["status"] or "",
            status_zh=words.STATUSES.get(line["status"] or "", line["status"] or ""),
            months=_month_table(months),
            counted=[_deciding_row(row) for row in counted],
            counted_count=_count(counted),
            not_counted=[_deciding_row(row) for row in not_counted],
            not_counted_count=_count(not_counted),
            problem_records=[_problem_record(row) for row in problems],
            problem_record_count=_count(problems),
        )

    def _said(self, line: Mapping[str, Any], level: str) -> tuple[list[Figure], str]:
        """The figures of a line and its formula with them put in; of equal lines, of which many are, once."""
        key = (line["clause_id"], line["basis"], line["max_points"], level)
        if key not in self.said:
            figures = self._figures(line["basis"])
            constants = self._constants(line, level)
            self.said[key] = (figures, put_in(line["formula_zh"] or "", [*figures, *constants]))
        return self.said[key]

    def _figures(self, basis: str | None) -> list[Figure]:
        return [
            self._figure(key, value)
            for key, value in words.basis(basis).items()
            if not (key in queries.SHOWN_ELSEWHERE or (key in queries.ONLY_IF_ANY and value is None))
        ]

    def _figure(self, key: str, value: object) -> Figure:
        label, text, unit = words.named(key, value, self.labels)
        if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            return Figure(label, "", "", [words.figure(item, self.labels) for item in value])
        return Figure(label, text, unit)

    def _constants(self, line: Mapping[str, Any], level: str) -> list[Figure]:
        """The rulebook's numbers of the clause, and its maximum, under the words of the formulas."""
        own = [
            Figure(*self._named(row["name"], row["value"]))
            for row in self.parameters.get(line["clause_id"], [])
            if row["level"] in {self.subject, level} and row["name"] in self.labels
        ]
        return [*own, Figure("满分", words.number(line["max_points"]), "分")]

    def _named(self, name: str, value: str) -> tuple[str, str, str]:
        label, unit = self.labels[name]
        return label, _plain(value), unit


def put_in(formula: str, figures: list[Figure]) -> str:
    """Put figures into a formula in words: after each label that stands in it, its value in brackets.

    Of labels that overlap the longest is taken; of equal labels the first figure.
    """
    values = {
        figure.label: f"{figure.value}{figure.unit}" for figure in reversed(figures) if not figure.items
    }
    if not values:
        return formula
    longest_first = sorted(values, key=lambda label: (-len(label), label))
    pattern = "|".join(re.escape(label) for label in longest_first)
    return re.sub(pattern, lambda found: f"{found[0]}〔{values[found[0]]}〕", formula)


def _explanation(
    entity: Mapping[str, Any],
    facts: Mapping[str, Any],
    maxima: Rows,
    lines: Rows,
    quarantined: Rows,
    under: _Under,
) -> Explanation:
    level = entity["level"] or ""
    by_group = _grouped(lines, "group_id")
    groups = [
        GroupLine(
            group_id=row["group_id"],
            title=row["group_title_zh"] or "",
            points=entity["groups"][row["group_id"]],
            max_points=row["group_max_points"],
            clauses=[under.clause_line(line, level) for line in by_group.get(row["group_id"], [])],
        )
        for row in maxima
    ]
    result = Explanation(
        subject=entity["subject"],
        entity_id=entity["entity_id"],
        name=entity["name"] or "",
        region_code=entity["region_code"] or "",
        region_name=entity["region_name"] or "",
        prefecture_name=entity["prefecture_name"] or "",
        level=level,
        level_zh=words.LEVELS.get(level, ""),
        as_of_month=words.month(facts["as_of_month"]),
        season_year=facts["season_year"],
        is_final=bool(facts["is_final"]),
        is_demo=bool(facts["is_demo"]),
        total_points=entity["total_points"],
        max_points=sum((row["group_max_points"] for row in maxima), Decimal(0)),
        max_note=max_note(maxima, entity["subject"]),
        overall_rank=entity["overall_rank"],
        rank_no=entity["rank_no"],
        award_status=entity["award_status"] or "",
        award_note=_award_note(entity, facts),
        is_vetoed=bool(entity["is_vetoed"]),
        groups=groups,
        quarantined=[_quarantined_row(row) for row in quarantined],
        quarantined_count=_count(quarantined),
        versions={
            "规则": f"{facts['rulebook_id']}（{_short(facts['rulebook_sha256'])}）",
            "数据": _short(facts["raw_sha256"]),
            "程序": str(facts["code_version"] or ""),
        },
    )
    _check_sums(result, under)
    return result


def _check_sums(result: Explanation, under: _Under) -> None:
    """Hold the lines against group and total, and the months of a clause that sums them against its line."""
    where = f"{result.entity_id} 截至 {result.as_of_month}"
    for group in result.groups:
        if sum((line.points for line in group.clauses), Decimal(0)) != group.points:
            raise SumError(f"{where}：{group.group_id} 各款得分之和与公布的得分不符，成果有误，请重新刷新。")
    if sum((group.points for group in result.groups), Decimal(0)) != result.total_points:
        raise SumError(f"{where}：各项得分之和与总分不符，成果有误，请重新刷新。")
    for line in (line for group in result.groups for line in group.clauses):
        months = under.months[line.clause_id].get(result.entity_id, [])
        if (
            line.clause_id in queries.MONTHLY_SUMS
            and sum((m["得分"] for m in months), Decimal(0)) != line.points
        ):
            raise SumError(f"{where}：{line.clause_id} 各月得分之和与该款得分不符，成果有误，请重新刷新。")


def _only(explanation: Explanation, clause: str) -> Explanation:
    """The explanation cut to one clause or group; the totals stay, the rows of no clause go."""
    groups = [
        GroupLine(group.group_id, group.title, group.points, group.max_points, kept)
        for group in explanation.groups
        if (kept := [line for line in group.clauses if clause in {line.clause_id, group.group_id}])
    ]
    if not groups:
        known = "、".join(line.clause_id for group in explanation.groups for line in group.clauses)
        raise ExplainError(f"规则中没有 {clause} 这一款。可选：{known}。")
    return replace(explanation, groups=groups, quarantined=[], quarantined_count=0)


def _unknown(con: duckdb.DuckDBPyConnection, subject: str, entity_id: str) -> str:
    as_of = words.month(scores.snapshot_facts(con)["as_of_month"])
    if subject == "officer":
        hint = "请核对人员编号（officer_id），不是执法证号。"
        return f"截至 {as_of} 的在用名册中没有编号为 {entity_id} 的人员。{hint}"
    return f"截至 {as_of} 的参评集体中没有代码 {entity_id}。请核对六位区划代码（地州为 XXXX00）。"


def _award_note(entity: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    expected = "" if facts["is_final"] else "预计"
    parts = [f"{expected}{entity['award_status']}" if entity["award_status"] else ""]
    if entity["rank_no"] is not None:
        parts.append(f"{expected}评选排名第 {entity['rank_no']}")
    if entity["goes_to_ministry"]:
        parts.append(f"{expected}向生态环境部推荐")
    if entity["is_vetoed"]:
        parts.append("廉洁问题一票否决")
    if entity["has_valid_cert"] is False:
        parts.append("截至日无有效执法证件")
    return "；".join(part for part in parts if part)


def _month_table(rows: Rows) -> MonthTable | None:
    if not rows:
        return None
    columns = [name for name in rows[0] if name != "entity_id"]
    return MonthTable(columns, [[_cell(name, row[name]) for name in columns] for row in rows])


def _cell(name: str, value: object) -> str:
    if name == "月份":
        return words.month(value)  # type: ignore[arg-type]  # the column is a DATE
    if value is None:
        return "—"
    return words.percent(value) if name in queries.SHARES else words.figure(value)  # type: ignore[arg-type]


def _deciding_row(row: Mapping[str, Any]) -> DecidingRow:
    return DecidingRow(
        source=words.SOURCES.get(row["source"], row["source"]),
        business_key=row["business_key"] or "",
        place=words.place(row["file"], row["sheet"], row["row_number"]),
        is_counted=row["is_counted"],
        note=row["note_zh"] or "",
    )


def _problem_record(row: Mapping[str, Any]) -> ProblemRecord:
    return ProblemRecord(
        month=words.month(row["month"]),
        business_key=row["business_key"] or "",
        place=words.place(row["file"], row["sheet"], row["row_number"]),
        rules=row["rules"] or "",
        messages=row["messages"] or "",
        points_at_stake=row["points_at_stake"],
        at_stake=words.at_stake(row["points_at_stake"]),
    )


def _quarantined_row(row: Mapping[str, Any]) -> QuarantinedRow:
    return QuarantinedRow(
        source=words.SOURCES.get(row["source"], row["source"]),
        business_key=row["business_key"] or "",
        place=words.place(row["file"], row["sheet"], row["row_number"]),
        rules=row["rules"] or "",
        messages=row["messages"] or "",
    )


def _grouped(rows: Rows, *keys: str) -> dict[Any, Rows]:
    """Rows by the value of `keys`, in their order."""
    key = itemgetter(*keys)
    groups: dict[Any, Rows] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _count(rows: Rows) -> int:
    """How many rows there are, where the list may be cut."""
    return rows[0]["of"] if rows else 0


def _plain(value: str) -> str:
    """A parameter's text without trailing zeros; what is no number stays."""
    return words.number(Decimal(value)) if re.fullmatch(r"-?\d+(\.\d+)?", value) else value


def _short(sha256: str | None) -> str:
    return (sha256 or "")[:12]
