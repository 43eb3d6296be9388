"""Writes the dbt project: what is in `dbt/`, and beside it our models, rulebook and checks as dbt has them.

Every model of `assets.stages` becomes a dbt model with refs in place of the tables' names, the rulebook
becomes seeds, and each invariant and suite a singular test. dbt then needs nothing of ours. No clock runs.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path

from assets.dictionary import read_dictionary
from assets.models import Model
from assets.stages import STAGES
from checks.invariants import invariant_names
from checks.register import CONTRACTS, RULES
from checks.rulebook import Rulebook, load, rule_table
from checks.rulebook_tables import TEXT, Table, table
from checks.suites import SUITES
from checks.suites.base import Expectation, Suite

PROJECT = Path(__file__).parent / "dbt"
RULEBOOK = Path(__file__).parents[2] / "sql" / "rulebook" / "xinjiang_2022"
DELIVERED = ("inspection_records", "officer_roster")
COMMENT = re.compile(r"--.*")
TABLE = re.compile(r"\b(raw|core|rulebook|score|marts)\.(\w+)\b")
OURS = files("sql").joinpath("core", "macros.sql").read_text(encoding="utf-8")
OWN_MACRO = re.compile(r"\b(" + "|".join(re.findall(r"MACRO (\w+)", OURS)) + r")\(")
WORDS = ("source", "file", "sheet", "rule_id", "message_zh", "replaced_by_file", "replaced_by_sheet")
MACROS_ARE_MADE_BY = "rulebook__parameter"  # `param` reads its table, so it can only be made after it


def write(folder: Path) -> str:
    """Write the project into a fresh folder.

    Returns:
        The hash of the rulebook, which `core.refresh` names.
    """
    rulebook = load(RULEBOOK)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PROJECT, folder)
    for stage in STAGES.values():
        for model in stage:
            schema, name = model.table.split(".")
            _put(folder / "models" / schema / f"{schema}__{name}.sql", _model(model))
    for source, contract in CONTRACTS.items():
        if source not in DELIVERED:
            _put(folder / "models" / "raw" / f"raw__{source}.sql", _nothing(contract.duckdb_columns()))
    for name in invariant_names():
        sql = files("sql").joinpath("invariants", f"{name}.sql").read_text(encoding="utf-8")
        _put(folder / "tests" / f"{name}.sql", _with_refs(sql))
    for suite in SUITES:
        _write_tests(folder / "tests", suite)
    _write_seeds(folder, rulebook)
    return rulebook.sha256


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _with_refs(sql: str) -> str:
    """SQL of ours with dbt's refs, and after the seed that makes the macros where it calls one of them."""
    said = COMMENT.sub("", sql)
    first = f"-- depends_on: {{{{ ref('{MACROS_ARE_MADE_BY}') }}}}\n" if OWN_MACRO.search(said) else ""
    return first + TABLE.sub(r"{{ ref('\1__\2') }}", said)


def _model(model: Model) -> str:
    """A model of ours; a mart becomes a table in the order of its key, as it is published.

    A type is made of a table of the same name. What has it in a mart is published as text.
    """
    sql = _with_refs(model.sql)
    if model.table.startswith("marts."):
        mart = read_dictionary()[model.table.removeprefix("marts.")]
        texts = [f"{column}::VARCHAR AS {column}" for column in mart.columns if column in WORDS]
        shown = f"SELECT * REPLACE ({', '.join(texts)}) FROM" if texts else "FROM"
        return f"{shown} (\nFROM (\n{sql}\n)\nORDER BY {', '.join(mart.key)}\n)\n"
    if model.is_type:
        made = "CREATE OR REPLACE TYPE {{ this }} AS ENUM (FROM {{ this }})"
        return f"{{{{ config(post_hook='{made}') }}}}\n{sql}"
    return f"{{{{ config(materialized='view') }}}}\n{sql}" if model.is_view else sql


def _nothing(columns: Iterable[tuple[str, str]]) -> str:
    """The view of a source of which nothing was delivered."""
    typed = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in columns)
    return f"{{{{ config(materialized='view') }}}}\nSELECT {typed} WHERE FALSE\n"


def _write_tests(folder: Path, suite: Suite) -> None:
    """A suite as one test that blocks and one that warns: each selects the groups of its frame at fault."""
    for severity in ("error", "warn"):
        asked = [e for e in suite.expectations if e.is_blocking == (severity == "error")]
        if asked:
            faults = " OR ".join(_fault(e) for e in asked)
            config = f"{{{{ config(severity='{severity}') }}}}\n"
            frame = _with_refs(suite.frame)
            name = f"{suite.name.replace('.', '_')}_{severity}"
            _put(folder / f"{name}.sql", f"{config}FROM ({frame}) WHERE {faults}\n")


def _fault(expectation: Expectation) -> str:
    """Where a row of the frame breaks an expectation: a count that is not 0, a value out of its range."""
    bounds: Mapping[str, object] = expectation.arguments
    limits = {"<": bounds["min_value"], ">": bounds["max_value"]}
    column = bounds["column"]
    return " OR ".join(f"{column} {sign} {limit}" for sign, limit in limits.items() if limit is not None)


def _write_seeds(folder: Path, rulebook: Rulebook) -> None:
    """The tables of schema `rulebook` as seeds, with their types; the macros are made after one of them."""
    aliases = table({"old_code": TEXT, "new_code": TEXT}, list(rulebook.aliases.items()))
    tables = {**rulebook.tables, "rule": rule_table(RULES, rulebook.quality), "alias": aliases}
    seeds = []
    for name, content in tables.items():
        _write_csv(folder / "seeds" / f"rulebook__{name}.csv", content)
        seeds.append({"name": f"rulebook__{name}", "config": {"column_types": dict(content.columns)}})
    properties = {"version": 2, "seeds": seeds}
    _put(folder / "seeds" / "seeds.yml", json.dumps(properties, ensure_ascii=False))  # JSON is YAML
    _put(folder / "macros" / "arithmetic.sql", f"{{% macro arithmetic() %}}\n{OURS}\n{{% endmacro %}}\n")


def _write_csv(path: Path, content: Table) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(name for name, _ in content.columns)
        rows.writerows(content.rows)
