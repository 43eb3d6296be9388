"""Tables on the pages: Chinese headings, words for codes, and buttons to take them along."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard import downloads
from dashboard.labels import COLUMNS, Label
from reports import words

BLANK = "—"
NUMERIC = frozenset({"count", "points", "number", "percent", "plain", "signed"})
FORMATS = {"points": "%.4f", "number": "%.2f", "percent": "percent", "signed": "%+.2f", "count": "%d"}
CLASSES = {
    **dict.fromkeys(NUMERIC, "lb-num"),
    **dict.fromkeys(("code", "month", "date", "name"), "lb-tight"),
    "long": "lb-long",
    "place": "lb-place",
}
ROWS_AS_HTML = 300
WIDTHS = {"name": 170, "prefecture_name": 170, "award_status": 125, "预计评选状态": 125}  # pixels
TALLEST, ROW_HEIGHT = 620, 35
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def label(name: str) -> Label:
    """The label of a column; a heading of our own that stands in no dictionary is taken as it is."""
    return COLUMNS.get(name, Label(name))


def in_chinese(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame as people read it: headings, words for codes, months as YYYY-MM; figures keep their value."""
    return frame.select(_column(name, kind).alias(label(name).heading) for name, kind in frame.schema.items())


def _column(name: str, kind: pl.DataType) -> pl.Expr:
    column, known = pl.col(name), label(name)
    if known.words is not None:
        return column.replace(dict(known.words))
    if kind == pl.Boolean:
        return pl.when(column).then(pl.lit("是")).when(column.not_()).then(pl.lit("否"))
    if known.kind == "month" and kind.is_temporal():
        return column.dt.strftime("%Y-%m")
    if kind.is_temporal():
        return column.cast(pl.String)
    return column.cast(pl.Float64) if kind.is_decimal() else column


def cell(value: Any, known: Label) -> str:  # noqa: ANN401 (any cell)
    """A cell in words."""
    if value is None or value == "":
        return BLANK
    if known.words is not None:
        return str(known.words.get(value, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if known.kind == "percent":
        return percent(value)
    if known.kind == "points":
        return f"{value:.4f}"
    if known.kind == "number":
        return ratio(value)
    if known.kind == "signed":
        return f"{value:+.2f}"
    if known.kind == "month" and isinstance(value, date):
        return words.month(value)
    return words.figure(value)


def percent(share: float) -> str:
    """A share with two decimals; with four where two would round it to a whole percent that it is not.

    94.996 % has not reached 95 %, and must not look as if it had.
    """
    text = words.percent(share)
    is_whole = text.endswith(".00%")
    return f"{share:.4%}" if is_whole and f"{share:.4%}" != text.replace(".00%", ".0000%") else text


def ratio(value: float) -> str:
    """A figure with two decimals; with four where two would round it to a whole one that it is not."""
    text = f"{value:.2f}"
    return f"{value:.4f}" if text.endswith(".00") and f"{value:.4f}" != f"{text}00" else text


def html_table(
    frame: pl.DataFrame, links: Mapping[str, Callable[[dict[str, Any]], str]] | None = None
) -> str:
    """The frame as an HTML table; everything from the data is escaped.

    Args:
        frame: columns by their names in the marts.
        links: for a column, the address that a row's cell leads to.
    """
    labels = {name: label(name) for name in frame.columns}
    classes = {name: CLASSES.get(known.kind, "") for name, known in labels.items()}
    head = "".join(
        f'<th class="{classes[name]}">{escape(known.heading)}</th>' for name, known in labels.items()
    )
    body = []
    for row in frame.iter_rows(named=True):
        cells = []
        for name, known in labels.items():
            text = escape(cell(row[name], known))
            if links and name in links:
                text = f'<a href="{escape(links[name](row))}" target="_self">{text}</a>'
            cells.append(f'<td class="{classes[name]}">{text}</td>')
        body.append(f"<tr>{''.join(cells)}</tr>")
    return boxed(head, "".join(body))


def matrix(corner: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> str:
    """A table of states: each row a heading and, for each column, a text and a class (`good`, `bad` …)."""
    head = "".join(f"<th>{escape(name)}</th>" for name in (corner, *columns))
    body = "".join(
        f"<tr><td>{escape(heading)}</td>"
        + "".join(f'<td class="{style}">{escape(text)}</td>' for text, style in cells)
        + "</tr>"
        for heading, cells in rows
    )
    return boxed(head, body, "lb-box lb-matrix")


def boxed(head: str, body: str, style: str = "lb-box") -> str:
    """A table in a box that scrolls, from the HTML of its head's cells and its rows."""
    return f'<div class="{style}"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def show(
    frame: pl.DataFrame,
    name: str,
    *,
    empty: str = "没有。",
    links: Mapping[str, Callable[[dict[str, Any]], str]] | None = None,
    whole: pl.DataFrame | None = None,
) -> None:
    """Put a table on the page, with its downloads.

    Args:
        frame: what is shown.
        name: its name in files.
        empty: what is said where there is no row.
        links: see `html_table`.
        whole: what is downloaded, where that is more than what is shown.
    """
    if frame.is_empty():
        st.html(f'<p class="lb-note">{escape(empty)}</p>')
        return
    st.html(html_table(frame.head(ROWS_AS_HTML), links))
    full = frame if whole is None else whole
    if frame.height > ROWS_AS_HTML:
        page_note = f"列出前 {ROWS_AS_HTML} 行，共 {full.height} 行；其余请缩小范围，或下载全部。"
        st.html(f'<p class="lb-note">{page_note}</p>')
    buttons(full, name)


def grid(frame: pl.DataFrame, *, key: str | None = None, on_select: Callable[[], None] | None = None) -> None:
    """A long table that scrolls and sorts by its headings; with `key`, a row can be chosen."""
    shown = in_chinese(frame)
    config = {
        label(name).heading: st.column_config.NumberColumn(
            label(name).heading, format=FORMATS[label(name).kind]
        )
        for name in frame.columns
        if label(name).kind in FORMATS and frame.schema[name] not in {pl.String, pl.Boolean}
    } | {
        label(name).heading: st.column_config.TextColumn(label(name).heading, width=width)
        for name, width in WIDTHS.items()
        if name in frame.columns
    }
    if key is None or on_select is None:
        st.dataframe(shown, hide_index=True, column_config=config, placeholder=BLANK, height=_height(shown))
    else:
        st.dataframe(
            shown,
            hide_index=True,
            column_config=config,
            placeholder=BLANK,
            height=_height(shown),
            key=key,
            on_select=on_select,
            selection_mode="single-row",
        )


def _height(frame: pl.DataFrame) -> int:
    """As high as its rows, up to a screenful (pixels)."""
    return min(TALLEST, ROW_HEIGHT * (frame.height + 1) + 3)


def buttons(frame: pl.DataFrame, name: str) -> None:
    """Two buttons: the table as workbook and as CSV; made when pressed."""
    shown = in_chinese(frame)
    with st.container(horizontal=True):
        st.download_button(
            "下载 Excel",
            partial(downloads.workbook, shown, name),
            file_name=f"{name}.xlsx",
            mime=XLSX,
            key=f"xlsx_{name}",
            on_click="ignore",
        )
        st.download_button(
            "下载 CSV",
            partial(downloads.csv, shown),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=f"csv_{name}",
            on_click="ignore",
        )
        st.html(f'<span class="lb-note">共 {frame.height} 行</span>')
