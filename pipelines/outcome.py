"""How a refresh ended."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from pipelines.errors import Exit


@dataclass
class Outcome:
    """How a refresh ended: what `--json` prints and `last_refresh.json` keeps.

    Attributes:
        status: `published`, `unchanged`, `held_back`, `nothing_to_read`, `usage` or `failed`.
        exit_code: see `Exit`.
        as_of_month: YYYY-MM; None where it was not yet known.
        started_at: local time, ISO 8601.
        finished_at: the same.
        seconds: wall time.
        snapshot: name of the snapshot, where one stands for this refresh.
        path: its folder.
        is_current: readers see it.
        is_demo: the deliveries are invented.
        message_zh: what stopped it, and what to do; empty when nothing did.
        notices: Chinese sentences for people.
        failed_checks: the blocking checks that do not hold.
        warnings: the checks that want a look.
        strangers: entries of the raw folder that are no month.
        waiting: files that were still being copied and wait for the next time.
        summary: counts (see `pipelines.summary`).
        phases: seconds by phase.
        log: the log file.
    """

    status: str
    exit_code: int
    as_of_month: str | None
    started_at: str
    finished_at: str = ""
    seconds: float = 0.0
    snapshot: str | None = None
    path: str | None = None
    is_current: bool = False
    is_demo: bool = False
    message_zh: str = ""
    notices: list[str] = field(default_factory=list)
    failed_checks: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    summary: dict[str, Any] = field(default_factory=dict)
    phases: dict[str, float] = field(default_factory=dict)
    log: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The outcome as a JSON object."""
        return asdict(self)


STATUS_OF_EXIT = {
    Exit.INTERNAL: "failed",
    Exit.USAGE: "usage",
    Exit.NOTHING_TO_READ: "nothing_to_read",
    Exit.HELD_BACK: "held_back",
    Exit.BUSY: "busy",
}
