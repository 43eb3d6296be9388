"""The explanation of a score (what `lianbing explain` says) as a page."""

from __future__ import annotations

from collections.abc import Sequence, Set
from html import escape

import streamlit as st

from dashboard import page, tables
from reports import words
from reports.explanation import ClauseLine, DecidingRow, Explanation, GroupLine

Row = Sequence[str]
AT_STAKE = "更正可挽回 "
QUOTED = "（填报值："
SHORT = 9  # a cell of so few characters is not broken


def show(explanation: Explanation, name: str, naming: Set[str] = frozenset()) -> None:
    """Total, ranks and award; every group with its clauses; the rows that count nowhere.

    Args:
        explanation: of an officer or bureau.
        name: how it is called on this page.
        naming: ids of rules whose cells are not quoted, for names of persons stand in them.
    """
    st.header(f"{name}（{explanation.entity_id}）", anchor=False)
    page.cards(
        [
            ("总分", f"{words.number(explanation.total_points)} ／ {words.number(explanation.max_points)}"),
            ("总排名", f"第 {explanation.overall_rank} 名" if explanation.overall_rank else "—"),
            ("评选", explanation.award_note or explanation.award_status or "—"),
            (
                "单位" if explanation.subject == "officer" else "层级",
                explanation.region_name if explanation.subject == "officer" else explanation.level_zh,
            ),
            ("地（州、市）", explanation.prefecture_name or "—"),
        ]
    )
    if explanation.max_note:
        page.note(f"注：{explanation.max_note}")
    page.note("点开一款，可见通知原文、计算办法与数据、各月情况和所依据的行。")
    st.html("".join(_group(group, naming) for group in explanation.groups))
    if explanation.quarantined:
        st.subheader(f"本单位未计入的行（{explanation.quarantined_count} 行）", anchor=False)
        page.note(f"强制性错误：{words.NOT_COUNTED}。")
        rows = [
            (r.source, r.business_key, r.place, r.rules, without_names(naming, r.messages))
            for r in explanation.quarantined
        ]
        st.html(_table(("数据类别", "业务编号", "位置", "规则", "问题与更正办法"), rows))
        _cut(len(rows), explanation.quarantined_count)
    page.note("　".join(f"{key} {value}" for key, value in explanation.versions.items() if value))


def _group(group: GroupLine, naming: Set[str]) -> str:
    head = (
        f'<div class="lb-group"><span>{escape(group.group_id)} {escape(group.title)}</span>'
        f"<span>{words.number(group.points)} ／ {words.number(group.max_points)}</span></div>"
    )
    return head + "".join(_clause(line, naming) for line in group.clauses)


def _clause(line: ClauseLine, naming: Set[str]) -> str:
    figures = "；".join(f"{figure.label} {figure.value}{figure.unit}" for figure in line.figures)
    texts = (
        ("原文", line.quote),
        ("理解", line.reading),
        ("算法", line.formula),
        ("数据", figures),
        ("出处", line.source),
    )
    wording = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in texts if text)
    parts = [f"<dl>{wording}</dl>"]
    if line.months:
        parts.append(_table(line.months.columns, line.months.rows))
    parts.append(_deciding("计入的行", line.counted, line.counted_count))
    parts.append(_deciding("未计入的行及原因", line.not_counted, line.not_counted_count))
    if line.problem_records:
        rows = [
            (
                r.month,
                r.business_key,
                r.place,
                r.rules,
                without_names(naming, r.messages),
                r.at_stake.removeprefix(AT_STAKE),
            )
            for r in line.problem_records
        ]
        count = line.problem_record_count
        parts.append(f"<p>有质量问题的记录：{count} 条{_more(len(rows), count)}</p>")
        parts.append(_table(("月份", "业务编号", "位置", "规则", "问题与更正办法", "更正可挽回"), rows))
    return (
        f'<details class="lb-clause"><summary><span class="id">{escape(line.clause_id)}</span>'
        f'<span class="title">{escape(line.title)}</span><span class="st">{escape(line.status_zh)}</span>'
        f'<span class="pts">{words.number(line.points)} ／ {words.number(line.max_points)}</span></summary>'
        f"<div>{''.join(parts)}</div></details>"
    )


def without_names(naming: Set[str], messages: str) -> str:
    """The messages (a line a rule, its id first) without what the cells of the rules in `naming` hold."""
    lines = [
        line.partition(QUOTED)[0] if line.partition(" ")[0] in naming else line
        for line in messages.split("\n")
    ]
    return "\n".join(lines)


def _deciding(title: str, rows: Sequence[DecidingRow], count: int) -> str:
    if not rows:
        return ""
    listed = [(row.source, row.business_key, row.place, row.note) for row in rows]
    return f"<p>{title}：{count} 行{_more(len(rows), count)}</p>" + _table(
        ("数据类别", "业务编号", "位置", "说明"), listed
    )


def _more(shown: int, count: int) -> str:
    return f"（列出前 {shown} 行）" if count > shown else ""


def _cut(shown: int, count: int) -> None:
    if count > shown:
        page.note(f"共 {count} 行，列出前 {shown} 行。")


def _table(columns: Sequence[str], rows: Sequence[Row]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join("<tr>" + "".join(_cell(str(cell)) for cell in row) + "</tr>" for row in rows)
    return tables.boxed(head, body)


def _cell(text: str) -> str:
    return f'<td class="{"lb-tight" if len(text) <= SHORT else ""}">{escape(text)}</td>'
