"""What every page has: its head, the filters in its address, links between pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.settings import are_names_shown, mask
from dashboard.store import Snapshot

ALL = "全部"


def head(title: str, lead: str, snapshot: Snapshot) -> None:
    """Title, what the page is for, and which result it shows."""
    facts = snapshot.facts
    if facts["is_demo"]:
        st.html('<div class="lb-banner">演示数据：页面上的单位表现、人员和记录均为虚构，不得用于考核。</div>')
    st.title(title, anchor=False)
    kind = "最终成果" if facts["is_final"] else "阶段成果，排名和评选均为预计"
    published = f"{facts['published_at']:%Y-%m-%d %H:%M}" if facts["published_at"] else ""
    st.html(
        f'<p class="lb-note">{escape(lead)}<br>截至 <b>{snapshot.month}</b>（{kind}）'
        f"　发布时间 {published}　规则 {escape(str(facts['rulebook_id']))}</p>"
    )


def note(text: str) -> None:
    """A line in small print."""
    st.html(f'<p class="lb-note">{escape(text)}</p>')


def bad(text: str) -> None:
    """A line that must be seen."""
    st.html(f'<div class="lb-bad">{escape(text)}</div>')


def cards(figures: Sequence[tuple[str, str]]) -> None:
    """Figures side by side: name and value."""
    inner = "".join(
        f'<div class="lb-card"><span>{escape(name)}</span><b>{escape(value)}</b></div>'
        for name, value in figures
    )
    st.html(f'<div class="lb-cards">{inner}</div>')


def choose(
    label: str, options: Sequence[str], key: str, *, everything: bool = True, default: str | None = None
) -> str:
    """A choice that stands in the address under `key`; with `everything`, 全部 comes first."""
    known = [ALL, *options] if everything else list(options)
    index = known.index(default) if default in known else 0
    chosen = st.selectbox(
        label,
        known,
        index=index,
        key=key,
        bind="query-params",
        placeholder="请选择",
        filter_mode="contains",
    )
    return str(chosen)


def tabs(label: str, options: Sequence[str], key: str, default: str | None = None) -> str:
    """A row of buttons, one of them pressed, that stands in the address under `key`."""
    chosen = st.segmented_control(
        label,
        list(options),
        default=default or options[0],
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )
    return str(chosen or default or options[0])


def search_box(label: str, key: str, placeholder: str) -> str:
    """A text to look for, in the address under `key`."""
    return str(st.text_input(label, key=key, bind="query-params", placeholder=placeholder) or "")


def wanted(chosen: str) -> str | None:
    """None for 全部."""
    return None if chosen == ALL else chosen


def address(page: str, snapshot: Snapshot, **parameters: str) -> str:
    """The address of a page with its filters, for links within tables."""
    return f"{page}?{urlencode({'month': snapshot.month, **parameters})}"


def name_of(name: str, *, on_officer_page: bool = False) -> str:
    """A person's name as this page may show it."""
    return name if are_names_shown(on_officer_page=on_officer_page) else mask(name)


def link_to(page: str, snapshot: Snapshot, key: str, column: str) -> Callable[[dict[str, Any]], str]:
    """For `html_table`: the address of a page with `key` set to a row's column."""
    return lambda row: address(page, snapshot, **{key: str(row[column])})
