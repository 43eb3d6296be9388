"""Golden cases: text files that a clerk can read, rows of deliveries in, points out.

A case begins with `== title`, then `条款：`, `依据：`, `截至：YYYY-MM`, maybe `单独：是` (ranks: the case
has a season of its own), then blocks: `【source】` with rows of a delivery under their headers, and
`【得分】`, `【评选】`, `【推荐】`, `【质量问题】` with what must come out. Columns that a case does not
name hold what is in order; `条数` repeats a row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent
EXPECTED_BLOCKS = ("得分", "评选", "推荐", "质量问题")
NUMBERS = FOLDER / "numbers.txt"  # not cases: the rulebook's numbers as the notice prints them
HEAD_KEYS = ("条款", "依据", "截至", "单独")


@dataclass
class Block:
    """A small table: its headers and its rows."""

    title: str
    headers: list[str] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Case:
    """A case as it is written."""

    number: int
    place: str
    title: str
    head: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    @property
    def clauses(self) -> list[str]:
        """The clauses that the case is about."""
        return self.head["条款"].split("、")

    @property
    def is_alone(self) -> bool:
        """Whether the case needs a season of its own."""
        return self.head.get("单独") == "是"

    @property
    def given(self) -> list[Block]:
        """Rows of deliveries."""
        return [block for block in self.blocks if block.title not in EXPECTED_BLOCKS]

    @property
    def expected(self) -> list[Block]:
        """What must come out."""
        return [block for block in self.blocks if block.title in EXPECTED_BLOCKS]

    def __str__(self) -> str:
        """Name the case in a test's report."""
        return f"{self.place} {self.title}"


def cells(line: str) -> list[str]:
    """The cells of a line of a block."""
    return [cell.strip() for cell in line.strip().split("|")]


def read_cases(path: Path, first_number: int) -> list[Case]:
    """The cases of a file.

    Raises:
        ValueError: a line that means nothing, or a row that does not fit its headers.
    """
    cases: list[Case] = []
    block: Block | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        place = f"{path.name}:{number}"
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("== "):
            cases.append(Case(first_number + len(cases), place, line.removeprefix("== ").strip()))
            block = None
            continue
        if not cases:
            raise ValueError(f"{place}: before the first case")
        if line.startswith("【"):
            block = Block(line.strip().strip("【】"))
            cases[-1].blocks.append(block)
        elif block is None:
            key, mark, value = line.partition("：")
            if not mark or key not in HEAD_KEYS:
                raise ValueError(f"{place}: {line}")
            cases[-1].head[key] = value.strip()
        elif not block.headers:
            block.headers = cells(line)
        else:
            row = cells(line)
            if len(row) != len(block.headers):
                raise ValueError(f"{place}: {len(row)} cells under {len(block.headers)} headers")
            block.rows.append(dict(zip(block.headers, row, strict=True)))
    return cases


def all_cases(folder: Path = FOLDER) -> list[Case]:
    """Every case of a folder, numbered through."""
    cases: list[Case] = []
    for path in sorted(folder.glob("*.txt")):
        if path != NUMBERS:
            cases += read_cases(path, len(cases) + 1)
    return cases
