"""The numbers that the notice prints and no score shows, held against the rulebook: maxima, quotas, dates."""

from __future__ import annotations

from decimal import Decimal

from golden_cases import NUMBERS

from checks.rulebook import Rulebook


def plain(value: object) -> str:
    """A number as people write it."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def printed() -> dict[str, str]:
    """What `numbers.txt` says."""
    found = {}
    for line in NUMBERS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition(" | ")
            found[name] = value
    return found


def of_rulebook(rulebook: Rulebook) -> dict[str, str]:
    """What the rulebook says to the same names."""

    def rows(table: str) -> list[dict[str, object]]:
        names = [name for name, _ in rulebook.tables[table].columns]
        return [dict(zip(names, row, strict=True)) for row in rulebook.tables[table].rows]

    found = {f"满分 {row['clause_id']}": plain(row["max_points"]) for row in rows("clause")}
    found |= {f"一级指标 {row['group_id']}": plain(row["group_max_points"]) for row in rows("clause")}
    # a number that reaches the clause's maximum by itself shows in no score when it grows
    maxima = {row["clause_id"]: row["max_points"] for row in rows("clause")}
    single = {(row["clause_id"], row["level"], row["name"]): row["value"] for row in rows("parameter")}
    single |= {
        (row["clause_id"], row["level"], f"{row['name']} {plain(row['lower'])}"): row["points"]
        for row in rows("band")
    }
    named = {f"单项 {' '.join(map(str, key))}": (key[0], value) for key, value in single.items()}
    found |= {
        name: plain(value)
        for name, (clause_id, value) in named.items()
        if value == maxima[clause_id] or name in printed()
    }
    found |= {f"名额 {row['award_id']}": plain(row["quota"]) for row in rows("award")}
    found |= {f"报部 {row['award_id']}": plain(row["ministry_quota"]) for row in rows("award")}
    found |= {f"推荐 {row['kind']}": f"{row['minimum']}-{row['maximum']}" for row in rows("nomination_limit")}
    found["终期月份"] = str(rows("season")[0]["final_month"])
    found["表头在前几行"] = plain(rulebook.quality["header_rows_searched"])
    found |= {f"日期 {row['event_zh']}": str(row["due_on"]) for row in rows("calendar")}
    return found


def number_differences(rulebook: Rulebook) -> list[str]:
    """Where the two are not the same."""
    left, right = printed(), of_rulebook(rulebook)
    return [
        f"{name}: expected {left.get(name)}, is {right.get(name)}"
        for name in sorted(left.keys() | right.keys())
        if left.get(name) != right.get(name)
    ]
