"""The results of contracts, invariants and suites as Dagster's asset checks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import dagster as dg

from assets.stages import STAGES
from checks.invariants import invariant_names
from checks.suites import SUITES
from pipelines.descriptions import INVARIANTS
from pipelines.session import Session

CONTRACT = "contract"
MUST_HOLD = "expectations"
LOOK = "expectations_look"
_MART = re.compile(r"\bmarts\.(\w+)")


@cache
def invariant_mart(name: str) -> str:
    """The mart under which an invariant is shown: the first that its SQL names."""
    sql = files("sql").joinpath("invariants", f"{name}.sql").read_text(encoding="utf-8")
    found = _MART.search(sql)
    return found[1] if found else "snapshot"


def judged_marts() -> list[str]:
    """The marts that have suites, by name."""
    made = {model.table.removeprefix("marts.") for model in STAGES["marts"]}
    return sorted({suite.mart for suite in SUITES} & made)


def contract_specs(sources: list[str]) -> list[dg.AssetCheckSpec]:
    """One check for each source: its rows keep the contract."""
    return [
        dg.AssetCheckSpec(CONTRACT, asset=["raw", s], description="逐行校验：本类数据的各条质量规则")
        for s in sources
    ]


def contract_results(session: Session, sources: list[str]) -> Iterator[dg.AssetCheckResult]:
    """What the contracts found in the deliveries; it holds nothing back, for bad rows are set aside."""
    rows = session.con.execute(
        """
        SELECT i.source, count(*) AS issues, count(DISTINCT i.rule_id) AS rules
        FROM raw.issue AS i
        WHERE i.content_id IN (SELECT content_id FROM raw.delivery WHERE delivery_month <= ?)
        GROUP BY i.source
        """,
        [session.as_of],
    ).fetchall()
    found = {source: (issues, rules) for source, issues, rules in rows}
    for source in sources:
        issues, rules = found.get(source, (0, 0))
        yield dg.AssetCheckResult(
            check_name=CONTRACT,
            asset_key=["raw", source],
            passed=not issues,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"问题数": issues, "涉及规则数": rules},
        )


def mart_specs() -> list[dg.AssetCheckSpec]:
    """The checks of the marts: every invariant, and for each mart the expectations, blocking and not."""
    specs = [
        dg.AssetCheckSpec(
            name,
            asset=["marts", invariant_mart(name)],
            blocking=True,
            description=f"对账，不允许：{INVARIANTS[name]}",
        )
        for name in invariant_names()
    ]
    for mart in judged_marts():
        specs.append(
            dg.AssetCheckSpec(
                MUST_HOLD, asset=["marts", mart], blocking=True, description="成果检查（不通过则不发布）"
            )
        )
        specs.append(dg.AssetCheckSpec(LOOK, asset=["marts", mart], description="成果检查（提请核对）"))
    return specs


def mart_results(session: Session) -> Iterator[dg.AssetCheckResult]:
    """How the checks of the marts came out."""
    for result in session.invariants or []:
        yield dg.AssetCheckResult(
            check_name=result.name,
            asset_key=["marts", invariant_mart(result.name)],
            passed=not result.violations,
            metadata={"违反的行数": result.violations},
        )
    outcome: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for expectation in session.suites or []:
        if not expectation.success:
            outcome[expectation.mart, expectation.is_blocking].append(
                f"{expectation.expectation}：{expectation.message_zh}（{expectation.observed}）"
            )
    for mart in judged_marts():
        for is_blocking in (True, False):
            failed = outcome[mart, is_blocking]
            yield dg.AssetCheckResult(
                check_name=MUST_HOLD if is_blocking else LOOK,
                asset_key=["marts", mart],
                passed=not failed,
                severity=dg.AssetCheckSeverity.ERROR if is_blocking else dg.AssetCheckSeverity.WARN,
                metadata={"未通过": "\n".join(failed) or "无"},
            )
