"""What Dagster loads: the wiring for the settings of this machine."""

from __future__ import annotations

from pipelines.season import read_season
from pipelines.settings import load_settings
from pipelines.wiring import build

settings = load_settings()
defs = build(settings, read_season(settings))
