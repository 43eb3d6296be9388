"""An explanation as text for a terminal, and as JSON."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict
from decimal import Decimal

from reports import words
from reports.explanation import ClauseLine, DecidingRow, Explanation, GroupLine, MonthTable

SHOWN_ROWS = 20


def to_json(explanation: Explanation) -> str:
    """The whole tree as one JSON object; points as numbers."""
    return json.dumps(asdict(explanation), ensure_ascii=False, default=_plain)


def to_text(explanation: Explanation, shown_rows: int = SHOWN_ROWS) -> str:
    """The explanation for a terminal, in Chinese; long lists of rows are cut and say so."""
    lines = [*_head(explanation)]
    for group in explanation.groups:
        lines += _group(group, shown_rows)
    if explanation.quarantined:
        lines += ["", f"未计入的行（{words.NOT_COUNTED}）：共 {explanation.quarantined_count} 行"]
        lines += [
            f"  · {row.source} {row.business_key}  {row.place}  {row.rules}"
            for row in explanation.quarantined[:shown_rows]
        ]
        lines += _rest(explanation.quarantined_count, shown_rows)
    versions = "  ".join(f"{name} {value}" for name, value in explanation.versions.items() if value)
    return "\n".join([*lines, "", versions])


def _head(explanation: Explanation) -> list[str]:
    kind = "正式成绩" if explanation.is_final else "阶段成绩（非最终）"
    mark = f"【{words.DEMO_MARK}】" if explanation.is_demo else ""
    total = f"{words.number(explanation.total_points)}／{words.number(explanation.max_points)}"
    lines = [
        f"{mark}{explanation.title}  截至 {explanation.as_of_month}  {kind}",
        f"总分 {total}  {_rank(explanation)}  {explanation.award_note}".rstrip(),
    ]
    return [*lines, f"注：{explanation.max_note}"] if explanation.max_note else lines


def _rank(explanation: Explanation) -> str:
    among = "全体人员" if explanation.subject == "officer" else "同级集体"
    return f"{among}排名第 {explanation.overall_rank}"


def _group(group: GroupLine, shown_rows: int) -> list[str]:
    points = f"{words.number(group.points)}／{words.number(group.max_points)}"
    lines = ["", f"{group.group_id} {group.title}  {points}"]
    for clause in group.clauses:
        lines += _clause(clause, shown_rows)
    return lines


def _clause(line: ClauseLine, shown_rows: int) -> list[str]:
    points = f"{words.number(line.points)}／{words.number(line.max_points)}"
    lines = [f"  {line.clause_id} {line.title}  {points}  [{line.status_zh}]"]
    lines += [f"    {name}：{text}" for name, text in
              (("原文", line.quote), ("理解", line.reading), ("算法", line.formula)) if text]  # fmt: skip
    if line.figures:
        plain = [f"{f.label} {f.value}{f.unit}" for f in line.figures if not f.items]
        lines += [f"    依据：{'；'.join(plain)}"] if plain else []
        for figure in line.figures:
            lines += [f"    {figure.label}：{item}" for item in figure.items]
    if line.months:
        lines += [f"    {row}" for row in table(line.months)]
    lines += _rows("计入", line.counted, line.counted_count, shown_rows)
    lines += _rows("未计入", line.not_counted, line.not_counted_count, shown_rows)
    if line.problem_records:
        lines.append(f"    有质量问题的记录：{line.problem_record_count} 条")
        lines += [
            f"      · {record.month} {record.business_key}  {record.place}  {record.rules}  {record.at_stake}"
            for record in line.problem_records[:shown_rows]
        ]
        lines += _rest(line.problem_record_count, shown_rows)
    return lines


def _rows(title: str, rows: list[DecidingRow], count: int, shown_rows: int) -> list[str]:
    if not rows:
        return []
    lines = [f"    {title}：{count} 行"]
    lines += [
        f"      · {row.source} {row.business_key}  {row.place}  {row.note}".rstrip()
        for row in rows[:shown_rows]
    ]
    return lines + _rest(count, shown_rows)


def _rest(count: int, shown_rows: int) -> list[str]:
    return [f"      …… 另有 {count - shown_rows} 行（--json 可见全部）"] if count > shown_rows else []


def table(months: MonthTable) -> list[str]:
    """A table in columns of equal width; a Chinese character takes two places."""
    rows = [months.columns, *months.rows]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_pad(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows]


def _pad(text: str, width: int) -> str:
    return " " * (width - _width(text)) + text


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _plain(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
