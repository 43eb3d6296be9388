"""Where Dagster keeps what a run tells it."""

from pathlib import Path

import dagster as dg
import pytest

from pipelines.unrecorded import open_instance


@dg.multi_asset(
    specs=[dg.AssetSpec("first"), dg.AssetSpec("second", deps=["first"])],
    check_specs=[dg.AssetCheckSpec("holds", asset="second", blocking=True)],
)
def two(context: dg.AssetExecutionContext):
    """Two tables, the second made from the first, and its check."""
    yield dg.MaterializeResult(asset_key="first", metadata={"行数": 1})
    yield dg.MaterializeResult(asset_key="second", metadata={"行数": 2})
    yield dg.AssetCheckResult(asset_key="second", passed=context.run.tags["passed"] == "yes")


def test_nothing_is_kept_and_the_run_ends_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    with open_instance() as instance:
        done = dg.materialize([two], instance=instance, tags={"passed": "yes"})
        assert done.success
        assert [event.asset_key.path for event in done.get_asset_materialization_events()] == [
            ["first"],
            ["second"],
        ]
        failed = dg.materialize([two], instance=instance, tags={"passed": "no"}, raise_on_error=False)
        assert not failed.success
        assert [event.step_key for event in failed.all_events if event.is_step_failure] == ["two"]
        assert not instance.all_logs(done.run_id)
        assert not instance.get_asset_records([dg.AssetKey("first")])


def test_dagster_home_keeps_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "dagster.yaml").write_text("telemetry: {enabled: false}\n", encoding="utf-8")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    with open_instance() as instance:
        assert dg.materialize([two], instance=instance, tags={"passed": "yes"}).success
    with dg.DagsterInstance.get() as instance:
        made = instance.get_latest_materialization_event(dg.AssetKey("second")).asset_materialization
        assert made.metadata["行数"].value == 2
        assert "dagster/input_data_version/first" in made.tags
        (run,) = instance.get_runs()
        assert run.is_success
        assert {log.dagster_event.event_type_value for log in instance.all_logs(run.run_id)} >= {
            "ASSET_MATERIALIZATION_PLANNED",
            "ASSET_MATERIALIZATION",
            "ASSET_CHECK_EVALUATION",
        }
