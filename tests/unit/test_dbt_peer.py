"""The dbt project of the benchmark is written from all of our models and checks, without needing dbt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assets.stages import STAGES
from bench.peers import dbt_writer
from checks.invariants import invariant_names
from checks.register import CONTRACTS
from checks.suites import SUITES

REF = re.compile(r"ref\('(\w+)'\)")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dbt") / "project"
    dbt_writer.write(folder)
    return folder


def _nodes(project: Path) -> set[str]:
    return {path.stem for kind in ("models/*/*.sql", "seeds/*.csv") for path in project.glob(kind)}


def test_every_model_of_ours_is_a_model_there(project: Path) -> None:
    ours = {model.table.replace(".", "__") for stage in STAGES.values() for model in stage}
    assert ours <= _nodes(project)
    assert {f"raw__{source}" for source in CONTRACTS} <= _nodes(project)


def test_a_model_refers_to_what_it_reads(project: Path) -> None:
    macros = {dbt_writer.MACROS_ARE_MADE_BY}
    for stage in STAGES.values():
        for model in stage:
            schema, name = model.table.split(".")
            text = (project / "models" / schema / f"{schema}__{name}.sql").read_text(encoding="utf-8")
            read = {table.replace(".", "__") for table in model.reads}
            assert set(REF.findall(text)) | macros == read | macros, model.table


def test_every_reference_is_there(project: Path) -> None:
    for path in project.rglob("*.sql"):
        referred = set(REF.findall(path.read_text(encoding="utf-8")))
        assert referred <= _nodes(project), path.name


def test_every_check_of_ours_is_a_test_there(project: Path) -> None:
    tests = {path.stem: path.read_text(encoding="utf-8") for path in (project / "tests").glob("*.sql")}
    assert set(invariant_names()) <= set(tests)
    for suite in SUITES:
        name = suite.name.replace(".", "_")
        asked = "".join(text for stem, text in tests.items() if stem in (f"{name}_error", f"{name}_warn"))
        assert all(f"{expectation.name} " in asked for expectation in suite.expectations), suite.name
