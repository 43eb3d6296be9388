"""The snapshots as the pages see them: which there are, which is chosen, and its figures, remembered.

A snapshot never changes, so an answer is remembered by the snapshot's folder. Connections are not kept: each
answer that is not known yet opens its own and closes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar

import duckdb
import streamlit as st

from dashboard.settings import marts_folder
from reports.explain import explain
from reports.explanation import Explanation
from reports.queries import changes, scores
from reports.queries.connection import (
    SnapshotError,
    current_snapshot,
    find_snapshot,
    list_snapshots,
    open_snapshot,
)

T = TypeVar("T")
ROWS_SHOWN = 200
ANSWERS_KEPT = 400


@dataclass(frozen=True)
class Snapshot:
    """The snapshot that a page shows: its folder and the row of `snapshot`."""

    path: str
    facts: dict[str, Any]

    @property
    def month(self) -> str:
        """The as-of month, YYYY-MM."""
        return f"{self.facts['as_of_month']:%Y-%m}"

    @property
    def expected(self) -> str:
        """`预计` before the final month: awards are projections until then."""
        return "" if self.facts["is_final"] else "预计"

    def ask(self, query: Callable[..., T], **arguments: Any) -> T:  # noqa: ANN401 (what the query takes)
        """The answer of a function of `reports.queries`, remembered."""
        return _ask(self.path, query, arguments)

    def explain(self, subject: str, entity_id: str) -> Explanation | None:
        """What `lianbing explain` says of an officer or bureau; None where there is no such one."""
        return _explain(self.path, subject, entity_id)


@st.cache_data(
    max_entries=ANSWERS_KEPT,
    show_spinner=False,
    hash_funcs={FunctionType: lambda query: f"{query.__module__}.{query.__qualname__}"},
)
def _ask(path: str, query: Callable[..., T], arguments: dict[str, Any]) -> T:
    con = open_snapshot(Path(path))
    try:
        return query(con, **arguments)
    finally:
        con.close()


@st.cache_data(max_entries=ANSWERS_KEPT, show_spinner=False)
def _explain(path: str, subject: str, entity_id: str) -> Explanation | None:
    con = open_snapshot(Path(path))
    try:
        found = explain(con, subject, [entity_id], limit=ROWS_SHOWN)
    finally:
        con.close()
    return found[0] if found else None


def months() -> list[str]:
    """The as-of months with a snapshot, the latest first."""
    return sorted({path.name[: len("YYYY-MM")] for path in list_snapshots(marts_folder())}, reverse=True)


def current_month() -> str | None:
    """The as-of month of the snapshot that readers are pointed to; None where none was published."""
    try:
        return current_snapshot(marts_folder()).name[: len("YYYY-MM")]
    except SnapshotError:
        return None


def snapshot_of(month: str | None) -> Snapshot:
    """The snapshot of a month, or the current one.

    Raises:
        SnapshotError: there is none.
    """
    marts = marts_folder()
    # Among several of one month the one published last is looked for once, as long as nothing is added.
    path = _path_of(str(marts), month, tuple(sorted(p.name for p in list_snapshots(marts))), _pointer(marts))
    return Snapshot(path, _ask(path, scores.snapshot_facts, {}))


@st.cache_data(max_entries=ANSWERS_KEPT, show_spinner=False)
def _path_of(marts: str, month: str | None, names: tuple[str, ...], pointer: str) -> str:
    del names, pointer  # only what the answer depends on
    return str(find_snapshot(Path(marts), month))


def _pointer(marts: Path) -> str:
    link = marts / "current"
    return str(link.resolve()) if link.exists() else ""


def what_changed(snapshot: Snapshot) -> dict[str, Any] | None:
    """What differs from the snapshot before this one; None where there is none to compare with."""
    names = tuple(sorted(p.name for p in list_snapshots(marts_folder())))
    return _what_changed(snapshot.path, str(marts_folder()), names)


@st.cache_data(max_entries=20, show_spinner=False)
def _what_changed(path: str, marts: str, names: tuple[str, ...]) -> dict[str, Any] | None:
    del names
    before = changes.previous_snapshot(Path(marts), Path(path))
    if before is None:
        return None
    con: duckdb.DuckDBPyConnection = open_snapshot(Path(path), earlier=before)
    try:
        return {
            "facts": changes.facts(con),
            "bureaus": changes.changed_bureaus(con),
            "officers": changes.changed_officers(con),
            "files": changes.new_files(con),
        }
    finally:
        con.close()


def last_refresh() -> dict[str, Any]:
    """How the last refresh ended; empty where none has run, or the file cannot be read."""
    try:
        content: dict[str, Any] = json.loads((marts_folder() / "last_refresh.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content
