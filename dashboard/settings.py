"""Settings of the pages, from the environment."""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path


class Masking(Enum):
    """Where names of persons are masked."""

    OUTSIDE = "1"  # everywhere but on the officers' pages: the default
    NOWHERE = "0"
    EVERYWHERE = "all"


def marts_folder() -> Path:
    """The folder of the published snapshots: `LIANBING_MARTS`, else data/marts."""
    return Path(os.environ.get("LIANBING_MARTS", "data/marts"))


def masking() -> Masking:
    """Where names are masked: `LIANBING_MASK_NAMES` = 1 (default), 0 or all; anything else is all."""
    value = os.environ.get("LIANBING_MASK_NAMES", Masking.OUTSIDE.value).strip().lower()
    known = {choice.value: choice for choice in Masking}
    return known.get(value or Masking.OUTSIDE.value, Masking.EVERYWHERE)


def are_names_shown(*, on_officer_page: bool) -> bool:
    """True where names may be read in full."""
    mode = masking()
    return mode is Masking.NOWHERE or (mode is Masking.OUTSIDE and on_officer_page)


def mask(name: str) -> str:
    """A name of which only the first character can be read."""
    return name[:1] + "＊" * (len(name) - 1)
