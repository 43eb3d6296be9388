"""The score SQL holds no number of the rulebook, and uses every one that the rulebook has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from checks.rulebook import load
from checks.rulebook_shape import SHAPES

ROOT = Path(__file__).parents[2]
SQL = ROOT / "sql"
RULEBOOK = load(SQL / "rulebook" / "xinjiang_2022")
FILES = sorted(
    [*(SQL / "score").rglob("*.sql"), *(SQL / "marts").glob("*.sql"), *(SQL / "core").glob("*.sql")]
)
SCORE_FILES = [path for path in FILES if path.name != "macros.sql"]
ALLOWED = {"0", "1", "100"}  # nothing, one, percent
NOT_OF_THE_RULES = {"42", "32", "4", "80"}  # row_id's shifts, digits of a region code, a shown text's length
CODE = "\n".join(path.read_text(encoding="utf-8") for path in [*FILES, *(ROOT / "checks").rglob("*.py")])


def literals(sql: str) -> Iterator[str]:
    """Every number that a query writes, but those that say how wide a type is."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    for literal in tree.find_all(exp.Literal):
        if literal.is_number and not literal.find_ancestor(exp.DataType):
            yield literal.name


@pytest.mark.parametrize("path", SCORE_FILES, ids=lambda path: path.name)
def test_no_number_of_the_rules_in_sql(path: Path) -> None:
    allowed = ALLOWED if "score" in path.parts else ALLOWED | NOT_OF_THE_RULES
    assert set(literals(path.read_text(encoding="utf-8"))) <= allowed


def test_the_search_finds_a_number() -> None:
    assert set(literals("SELECT 3, round4(a, 1), x::DECIMAL(9, 4) FROM t WHERE b >= 0.5")) == {
        "3",
        "1",
        "0.5",
    }


def names_by_clause() -> list[tuple[str, str]]:
    """Every named number, word, day and band of the rulebook."""
    found = []
    for table in ("parameter", "term", "band"):
        found += [(row[0], row[2]) for row in RULEBOOK.tables[table].rows]
    return sorted(set(found))


@pytest.mark.parametrize(("clause_id", "name"), names_by_clause())
def test_every_parameter_is_used(clause_id: str, name: str) -> None:
    assert re.search(rf"name = '{name}'|'{name}'\)", CODE), f"{clause_id} {name}"


def test_shapes_and_rulebook_name_the_same() -> None:
    for clause_id, name in names_by_clause():
        shape = SHAPES[clause_id]
        assert name in (*shape.parameters, *shape.terms, *shape.bands)
    assert {row[0] for row in RULEBOOK.tables["clause"].rows} == set(SHAPES)


def test_every_table_of_the_rulebook_is_read() -> None:
    unread = {name for name in RULEBOOK.tables if f"rulebook.{name}" not in CODE}
    assert not unread


def test_every_figure_of_basis_has_its_words() -> None:
    labels = {row[0] for row in RULEBOOK.tables["label"].rows}
    used = set()
    for path in (SQL / "score").rglob("*.sql"):
        text = path.read_text(encoding="utf-8")
        tree = sqlglot.parse_one(text, dialect="duckdb")
        for call in tree.find_all(exp.JSONObject):
            used |= {each.this.name for each in call.expressions if isinstance(each, exp.JSONKeyValue)}
        used |= {each.this.name for struct in tree.find_all(exp.Struct) for each in struct.expressions}
    assert used == labels


def test_labels_are_texts() -> None:
    assert all(json.dumps(row[1], ensure_ascii=False).isprintable() for row in RULEBOOK.tables["label"].rows)
