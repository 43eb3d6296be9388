"""Which deliveries stay as they are, which are read, and what is to be stored of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assets.deliveries.exchange import Job, Outcome, whole_file_refused
from assets.deliveries.raw_tables import Changes, Content, Delivery
from assets.deliveries.scan import WORKBOOK_ENDINGS, Found

_WORKBOOK_WEIGHT = 8  # a byte of a workbook takes as long as this many of a text


class Plan:
    """What one landing has to do.

    Attributes:
        before: deliveries as they are stored.
        jobs: files to open, each with its weight.
        outcomes: file → what came of opening it, put in by the one who does it.
    """

    def __init__(
        self, before: Sequence[Delivery], contents: Mapping[int, Content], version: str, through: date | None
    ) -> None:
        """Start from what is stored.

        Args:
            before: deliveries as they are stored, in order.
            contents: contents as they are stored, by content_id.
            version: of reading and contracts; what was read under another is read again.
            through: the last month to read; None for all.
        """
        self.before = list(before)
        self.jobs: list[tuple[Job, int]] = []
        self.outcomes: dict[str, Outcome] = {}
        self._version = version
        self._through = through
        self._current = {
            content_id: content
            for content_id, content in contents.items()
            if content.contract_version == version
        }
        self._stored = {one.file: one for one in before if one.content_id in self._current}
        self._left_out: set[str] = set()
        self._unopened: dict[str, int] = {}
        self._next_id = max(contents, default=0) + 1

    def known(self) -> dict[tuple[str, str], int]:
        """(sha256, ending) → content_id of the contents that need no reading."""
        return {
            (content.sha256, content.ending): content_id
            for content_id, content in self._current.items()
            if content.sha256 is not None
        }

    def sort(self, found: Found) -> None:
        """Keep what is as last seen, take up the rest."""
        stored = self._stored.get(found.file)
        if stored is not None and (stored.size, stored.mtime_ns) == (found.size, found.mtime_ns):
            return
        if self._through is not None and found.month > self._through:
            self._left_out.add(found.file)
        elif found.refusal is not None:
            self._unopened[found.file] = self._new_id()
        else:
            weight = found.size * (_WORKBOOK_WEIGHT if found.ending in WORKBOOK_ENDINGS else 1)
            self.jobs.append((Job(found.file, found.location, found.ending, self._new_id()), weight))

    def changes(self, deliveries: Sequence[Found], moving: set[str]) -> Changes:
        """What is to be stored, given the outcomes.

        Args:
            deliveries: all files there are, in natural order.
            moving: those that are still being written; they stay as they are stored.
        """
        changes = Changes()
        first: dict[tuple[str, str], int] = {}
        for found in deliveries:
            if found.file in self._unopened:
                delivery = self._unopened_file(found, changes)
            elif found.file in self.outcomes and found.file not in moving:
                delivery = self._opened_file(found, self.outcomes[found.file], first, changes)
            elif found.file in self._stored and found.file not in self._left_out:
                delivery = self._stored[found.file]
            else:
                continue
            changes.deliveries.append(replace(delivery, file_seq=len(changes.deliveries) + 1))
        stored = {content.content_id for content, _ in changes.contents}
        changes.unwanted = {job.content_id for job, _ in self.jobs} - stored
        return changes

    def _new_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1

    def _unopened_file(self, found: Found, changes: Changes) -> Delivery:
        content_id = self._unopened[found.file]
        content = Content(content_id, None, "", self._version, found.size)
        changes.contents.append((content, (whole_file_refused(found.refusal or ""),)))
        return Delivery(0, found.file, found.month, found.size, found.mtime_ns, None, content_id)

    def _opened_file(
        self, found: Found, outcome: Outcome, first: dict[tuple[str, str], int], changes: Changes
    ) -> Delivery:
        """One content for all files with the same bytes and ending: that of the first of them."""
        content_id = outcome.content_id
        if not outcome.is_known:
            if outcome.sha256 is not None:
                content_id = first.setdefault((outcome.sha256, found.ending), content_id)
            if content_id == outcome.content_id:
                version = None if outcome.is_passing else self._version
                content = Content(content_id, outcome.sha256, found.ending, version, outcome.size)
                changes.contents.append((content, outcome.parts))
        return Delivery(
            0, found.file, found.month, outcome.size, outcome.mtime_ns, outcome.sha256, content_id
        )
