"""Identifiers made for the demo: unified social credit codes with their check character (GB 32100-2015)."""

from __future__ import annotations

import numpy as np
import polars as pl

ALPHABET = np.array(list("0123456789ABCDEFGHJKLMNPQRTUWXY"))  # GB 32100-2015: no I, O, S, V, Z
_BODY = 17
_WEIGHTS = 3 ** np.arange(_BODY) % len(ALPHABET)


def credit_codes(rng: np.random.Generator, region_codes: np.ndarray) -> list[str]:
    """One valid code for each six-digit region code: 91 (an enterprise), region, nine characters, check."""
    count = len(region_codes)
    digits = rng.integers(0, len(ALPHABET), (count, _BODY))
    digits[:, 0], digits[:, 1] = 9, 1
    digits[:, 2:8] = region_codes.astype(np.int64)[:, None] // 10 ** np.arange(5, -1, -1) % 10
    check = -(digits * _WEIGHTS).sum(axis=1) % len(ALPHABET)
    characters = ALPHABET[np.column_stack([digits, check])].astype("U1")
    return list(np.ascontiguousarray(characters).view(f"U{_BODY + 1}").ravel())


def stream(seed: int, *subject: str | int) -> np.random.Generator:
    """The random numbers of one subject (a source, a month): the same whatever else is drawn."""
    return np.random.default_rng([seed, *"/".join(map(str, subject)).encode()])


def chance(rng: np.random.Generator, size: int, share: float | np.ndarray) -> pl.Series:
    """True in about `share` of `size` rows (one share, or one a row)."""
    return pl.Series(rng.random(size) < share)
