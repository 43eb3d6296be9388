"""The assets: every table of the way of the data, one step for each stage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from assets.dictionary import read_dictionary
from assets.models import Model
from assets.stages import STAGES
from pipelines import stages
from pipelines.checks import contract_results, contract_specs, mart_results, mart_specs
from pipelines.descriptions import RAW, RULEBOOK, describe
from pipelines.session import Session

Steps = Iterator[dg.MaterializeResult[Any] | dg.AssetCheckResult]

DELIVERIES = dg.AssetKey("deliveries")
NOT_SOURCES = {"content", "content_part", "delivery", "issue"}
SOURCES = [name for name in RAW if name not in NOT_SOURCES]
SNAPSHOT = ["published", "snapshot"]


def _key(table: str) -> dg.AssetKey:
    return dg.AssetKey(table.split("."))


def _results(
    made: Sequence[stages.Made], specs: Sequence[dg.AssetSpec]
) -> Iterator[dg.MaterializeResult[Any]]:
    """One result for each table that a step declares."""
    declared = {spec.key for spec in specs}
    for table in made:
        if _key(table.table) not in declared:
            continue
        metadata: dict[str, Any] = {} if table.rows is None else {"行数": table.rows}
        if table.content_hash is not None:
            metadata["内容哈希"] = table.content_hash
        yield dg.MaterializeResult(asset_key=_key(table.table), metadata=metadata)


def _rulebook_specs() -> list[dg.AssetSpec]:
    return [
        dg.AssetSpec(
            ["rulebook", name],
            group_name="rulebook",
            kinds={"toml", "duckdb"},
            description=describe(f"rulebook.{name}"),
        )
        for name in RULEBOOK
    ]


def _raw_specs() -> list[dg.AssetSpec]:
    return [
        dg.AssetSpec(
            ["raw", name],
            group_name="raw",
            kinds={"polars", "duckdb"},
            description=describe(f"raw.{name}"),
            deps=[DELIVERIES, ["rulebook", "division"], ["rulebook", "quality"]],
        )
        for name in RAW
    ]


def _model_specs(stage: str) -> list[dg.AssetSpec]:
    """The assets of a stage's SQL models."""
    return [_model_spec(model, stage) for model in STAGES[stage]]


def _model_spec(model: Model, stage: str) -> dg.AssetSpec:
    schema, _, name = model.table.partition(".")
    return dg.AssetSpec(
        _key(model.table),
        group_name=stage,
        kinds={"sql", "duckdb"},
        description=read_dictionary()[name].words.zh if schema == "marts" else describe(model.table),
        deps=[_key(table) for table in model.reads],
        metadata={"SQL": f"sql/{model.path}"},
    )


def received_files() -> dg.AssetSpec:
    """The deliveries themselves: they come from outside."""
    return dg.AssetSpec(
        DELIVERIES,
        group_name="raw",
        description="报送文件：data/raw/<年-月>/ 中原样保存的表格，从不修改",
        kinds={"file"},
    )


def rulebook_step(months: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """The step that loads the rulebook."""
    specs = _rulebook_specs()

    @dg.multi_asset(
        name="rulebook",
        description="载入规则：把 sql/rulebook 中的规则文件写入工作库。",
        specs=specs,
        partitions_def=months,
        can_subset=False,
    )
    def rulebook(session: dg.ResourceParam[Session]) -> Steps:
        """Write the rulebook into the warehouse."""
        yield from _results(stages.load_rulebook(session), specs)

    return rulebook


def deliveries_step(months: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """The step that reads the deliveries."""
    specs = _raw_specs()

    @dg.multi_asset(
        name="deliveries",
        description="读取报送文件：识别、解析、逐行校验；没有变化的文件不再打开。",
        specs=specs,
        check_specs=contract_specs(SOURCES),
        partitions_def=months,
        can_subset=False,
    )
    def deliveries(session: dg.ResourceParam[Session]) -> Steps:
        """Read what is new."""
        yield from _results(stages.read_deliveries(session), specs)
        yield from contract_results(session, SOURCES)

    return deliveries


def core_step(months: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """The step of `sql/core`."""
    refresh = dg.AssetSpec(
        ["core", "refresh"],
        group_name="core",
        kinds={"duckdb"},
        description=describe("core.refresh"),
        deps=[["rulebook", "season"], ["rulebook", "month"], ["raw", "delivery"]],
    )
    specs = [refresh, *_model_specs("core")]

    @dg.multi_asset(
        name="core",
        description="整理：哪些名册生效、哪些记录有效、记入谁名下。",
        specs=specs,
        partitions_def=months,
        can_subset=False,
    )
    def core(session: dg.ResourceParam[Session]) -> Steps:
        """Run the models of the stage."""
        yield from _results([stages.Made("core.refresh", 1), *stages.run_stage(session, "core")], specs)

    return core


def score_step(months: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """The step of `sql/score`."""
    specs = _model_specs("score")

    @dg.multi_asset(
        name="score",
        description="计分：附件二、附件三的每一条款。",
        specs=specs,
        partitions_def=months,
        can_subset=False,
    )
    def score(session: dg.ResourceParam[Session]) -> Steps:
        """Run the models of the stage."""
        yield from _results(stages.run_stage(session, "score"), specs)

    return score


def marts_step(months: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """The step of `sql/marts`, with the checks that stand before publication."""
    specs = _model_specs("marts")

    @dg.multi_asset(
        name="marts",
        description="成果表、待发布的文件及其检查：必须通过的检查不通过，就不发布。",
        specs=specs,
        check_specs=mart_specs(),
        partitions_def=months,
        can_subset=False,
    )
    def marts(session: dg.ResourceParam[Session]) -> Steps:
        """Run the models of the stage, write their files, and judge them."""
        stages.run_stage(session, "marts")
        yield from _results(stages.build_candidate(session), specs)
        yield from mart_results(session)

    return marts


def publish_step(months: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """The step that publishes."""

    @dg.asset(
        name=SNAPSHOT[1],
        key_prefix=SNAPSHOT[0],
        group_name="published",
        kinds={"duckdb", "parquet", "html"},
        deps=[_key(model.table) for model in STAGES["marts"]],
        partitions_def=months,
        description="已发布的成果：data/marts/snapshots/<截至月>_<编号>/，current 指向当前成果",
    )
    def snapshot(session: dg.ResourceParam[Session]) -> dg.MaterializeResult[Any]:
        """Put the snapshot in its place and point `current` to it."""
        stages.publish_snapshot(session)
        return dg.MaterializeResult(
            metadata={
                "成果": session.snapshot,
                "新发布": session.is_new,
                "当前成果": session.is_current,
                "报送数据哈希": session.identity.raw_sha256 if session.identity else "",
            }
        )

    return snapshot


def build_assets(months: dg.PartitionsDefinition) -> list[dg.AssetsDefinition | dg.AssetSpec]:
    """All assets, partitioned by the months of the season."""
    return [
        received_files(),
        rulebook_step(months),
        deliveries_step(months),
        core_step(months),
        score_step(months),
        marts_step(months),
        publish_step(months),
    ]
