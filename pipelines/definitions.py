"""What Dagster loads: the wiring for the settings of this machine."""

from __future__ import annotations

from pipelines.settings import load_settings
from pipelines.wiring import build

defs = build(load_settings())
