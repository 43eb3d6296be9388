"""The natural order of deliveries (SOURCES 1): it decides which of two rows of one key is the later."""

from __future__ import annotations

import re
from typing import TypeAlias

_TOKEN = re.compile(r"[0-9]+|[^0-9]", re.DOTALL)
_NUMBER, _CHARACTER = 0, 1

Token: TypeAlias = tuple[int, int]
NameKey: TypeAlias = tuple[tuple[Token, ...], tuple[Token, ...]]


def natural_key(path: str) -> tuple[tuple[NameKey, ...], str]:
    """Sort key of a path with `/`: folder by folder, file names without their ending first.

    Digit runs (0-9) compare as numbers, other characters by code point, a number before a character, a
    beginning before the whole. What is still equal (`1.csv`, `01.csv`) compares by code point.
    """
    *folders, name = path.split("/")
    stem, dot, ending = name.rpartition(".")
    last = (_tokens(stem), _tokens(ending)) if dot else (_tokens(name), ())
    return (*((_tokens(folder), ()) for folder in folders), last), path


def _tokens(name: str) -> tuple[Token, ...]:
    return tuple(
        (_NUMBER, int(token)) if "0" <= token[0] <= "9" else (_CHARACTER, ord(token))
        for token in _TOKEN.findall(name)
    )
