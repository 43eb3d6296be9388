"""Processes of our own: what they print is none of our output."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks import child


def test_what_a_child_prints_is_for_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "loud.py").write_text('print("49%")', encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    process, ours = child.start("loud")
    with ours:
        assert process.wait() == 0
    out, err = capfd.readouterr()
    assert (out, err) == ("", "49%\n")
