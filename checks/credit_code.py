"""The unified social credit code of GB 32100-2015: 18 characters, the last a check character."""

from __future__ import annotations

import numpy as np
import polars as pl

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
WEIGHTS = np.array([pow(3, place, len(ALPHABET)) for place in range(LENGTH - 1)])
NO_VALUE = 255
VALUES = np.full(256, NO_VALUE, dtype=np.uint8)
VALUES[np.frombuffer(ALPHABET.encode(), dtype=np.uint8)] = np.arange(len(ALPHABET), dtype=np.uint8)


def is_valid(codes: pl.Series) -> pl.Series:
    """Tell which codes are valid; null stays null. Small letters are not of the alphabet."""
    right_length = (codes.str.len_bytes() == LENGTH).fill_null(value=False)
    candidates = codes.filter(right_length)
    valid = pl.Series(right_length).set(codes.is_null(), None)
    if candidates.is_empty():
        return valid
    letters = np.frombuffer("".join(candidates.str.join("").to_list()).encode(), dtype=np.uint8)
    values = VALUES[letters].reshape(-1, LENGTH).astype(np.int32)
    of_alphabet = (values != NO_VALUE).all(axis=1)
    check = (-(values[:, :-1] @ WEIGHTS)) % len(ALPHABET)
    return valid.scatter(right_length.arg_true(), pl.Series(of_alphabet & (check == values[:, -1])))
