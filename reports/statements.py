"""得分说明单: one self-contained HTML page for a bureau or an officer, printable on A4."""

from __future__ import annotations

from pathlib import Path

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined

from reports import words
from reports.explain import explain, explain_bureau, explain_officer
from reports.explanation import Explanation
from reports.workbook import file_name

SHOWN_ROWS = 50


def write_all(con: duckdb.DuckDBPyConnection, out: Path) -> list[Path]:
    """Write a page for each bureau of an open snapshot into `out` (made if it is missing).

    Lists of deciding rows are cut and say so: the problem list has them all.

    Raises:
        SumError: the lines of a bureau do not add up to its total.
    """
    explanations = explain(con, "bureau", limit=SHOWN_ROWS)
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for explanation in explanations:
        path = out / file_name("得分说明单", explanation.entity_id, f"{explanation.name}.html")
        path.write_text(html(explanation), encoding="utf-8")
        written.append(path)
    return written


def write_one(snapshot: Path, subject: str, entity_id: str, file: Path) -> Path:
    """Write the page of one officer or bureau to `file`.

    Args:
        snapshot: a snapshot's folder or its marts.duckdb.
        subject: `officer` or `bureau`.
        entity_id: officer id or region code.
        file: where the page goes; its folder must exist.

    Raises:
        ExplainError: no such entity in the snapshot.
    """
    explained = explain_officer if subject == "officer" else explain_bureau
    file.write_text(html(explained(snapshot, entity_id)), encoding="utf-8")
    return file


def officer_html(snapshot: Path, officer_id: str) -> str:
    """The page of one officer.

    Raises:
        ExplainError: no such officer.
    """
    return html(explain_officer(snapshot, officer_id))


def html(explanation: Explanation) -> str:
    """An explanation as a page; every text is escaped, nothing is loaded from anywhere."""
    return _TEMPLATE.render(e=explanation)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = words.number
    return environment


_TEMPLATE = _environment().get_template("statement.html")
