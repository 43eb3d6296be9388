"""Where Dagster keeps what a run tells it: in DAGSTER_HOME, or nowhere.

Without DAGSTER_HOME nobody can look a run up later. Dagster would still write its 600 events into a SQLite
database in memory, and ask that for the version of every input: more than half of its own time.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import dagster as dg
from dagster._core.instance.types import InstanceType
from dagster._core.launcher.sync_in_memory_run_launcher import SyncInMemoryRunLauncher
from dagster._core.run_coordinator import DefaultRunCoordinator
from dagster._core.storage.event_log import InMemoryEventLogStorage
from dagster._core.storage.noop_compute_log_manager import NoOpComputeLogManager
from dagster._core.storage.root import TemporaryLocalArtifactStorage
from dagster._core.storage.runs import InMemoryRunStorage

if TYPE_CHECKING:
    from dagster._core.storage.event_log.base import AssetRecord

NOTHING = dg.EventRecordsResult([], cursor="", has_more=False)


class Unrecorded(InMemoryEventLogStorage):
    """An event log that keeps nothing, and therefore knows of no table that it was ever made."""

    def store_event(self, event: dg.EventLogEntry) -> None:
        """Forget it."""

    def get_asset_records(self, asset_keys: Sequence[dg.AssetKey] | None = None) -> Sequence[AssetRecord]:
        """None is known."""
        return ()

    def fetch_materializations(self, *_args: Any, **_options: Any) -> dg.EventRecordsResult:  # noqa: ANN401 (never looked at)
        """None is known."""
        return NOTHING

    def fetch_observations(self, *_args: Any, **_options: Any) -> dg.EventRecordsResult:  # noqa: ANN401 (never looked at)
        """None is known."""
        return NOTHING


def open_instance() -> dg.DagsterInstance:
    """The instance of DAGSTER_HOME; without it one like the ephemeral of Dagster, but that keeps nothing."""
    if os.environ.get("DAGSTER_HOME"):
        return dg.DagsterInstance.get()
    return dg.DagsterInstance(
        instance_type=InstanceType.EPHEMERAL,
        local_artifact_storage=TemporaryLocalArtifactStorage(),
        run_storage=InMemoryRunStorage(),
        event_storage=Unrecorded(),
        compute_log_manager=NoOpComputeLogManager(),
        run_coordinator=DefaultRunCoordinator(),
        run_launcher=SyncInMemoryRunLauncher(),
    )
