"""得分说明单: one self-contained HTML page for a bureau or an officer, printable on A4."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from operator import attrgetter
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports import words
from reports.explain import explain, explain_bureau, explain_officer
from reports.explanation import ClauseLine, Explanation
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
    head = _Heads()
    for explanation in explanations:
        path = out / file_name("得分说明单", explanation.entity_id, f"{explanation.name}.html")
        path.write_bytes(_PAGE.render(e=explanation, head=head).encode())
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
    return _PAGE.render(e=explanation, head=_Heads())


class _Heads:
    """The heads of clauses (wording, formula, figures); one that several pages have is rendered once."""

    def __init__(self) -> None:
        self._rendered: dict[tuple[object, ...], Markup] = {}

    def __call__(self, line: ClauseLine) -> Markup:
        # Lines of the same figures share one list of them, as long as their explanations live.
        key = (line.clause_id, id(line.figures), line.formula, line.points, line.max_points, line.status)
        if key not in self._rendered:
            self._rendered[key] = _CLAUSE.head(line)
        return self._rendered[key]


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = words.number
    environment.filters["table_rows"] = _table_rows
    return environment


def _table_rows(rows: Iterable[Any], *names: str) -> Markup:
    """Rows as `<tr>` elements: lists of texts, or the attributes `names` of objects. Every text is escaped.

    Half of a page's texts stand here, and a call of the template's own escape takes twice as long.
    """
    texts = map(attrgetter(*names), rows) if names else rows
    cells = ("</td><td>".join(map(escape, row)) for row in texts)
    return Markup("\n".join(f"<tr><td>{row}</td></tr>" for row in cells))  # noqa: S704 - escaped


_TEMPLATES = _environment()
_PAGE = _TEMPLATES.get_template("statement.html")
_CLAUSE: Any = _TEMPLATES.get_template("clause.html").module
