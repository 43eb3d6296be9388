"""The rulebook's loader: what it reads, and every fault it refuses, with file and line."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assets.warehouse import connect_warehouse
from checks.rulebook import Rulebook, RulebookError, check_rulebook, install, load

RULEBOOKS = Path(__file__).parents[2] / "sql" / "rulebook"
REAL = RULEBOOKS / "xinjiang_2022"
NOTICE = Path(__file__).parents[1] / "golden" / "notice-2022-annexes.md"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load(REAL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REAL, tmp_path / REAL.name))


def replaced(folder: Path, file: str, old: str, new: str) -> list[str]:
    """The problems after a text was changed in a file, as they are shown."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, "the test changes something"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [str(problem) for problem in check_rulebook(folder)]


def rows(rulebook: Rulebook, table: str) -> list[dict[str, object]]:
    names = [name for name, _ in rulebook.tables[table].columns]
    return [dict(zip(names, row, strict=True)) for row in rulebook.tables[table].rows]


def test_both_rulebooks_hold() -> None:
    for path in sorted(RULEBOOKS.iterdir()):
        assert check_rulebook(path) == [], path.name


def test_clauses_are_those_of_the_annexes(rulebook: Rulebook) -> None:
    clauses = rows(rulebook, "clause")
    officers = [row for row in clauses if row["subject"] == "officer"]
    assert (len(officers), len(clauses) - len(officers)) == (7, 36)
    assert sum(row["max_points"] for row in officers) == 100
    groups = {row["group_id"]: row["group_max_points"] for row in clauses if row["subject"] == "bureau"}
    assert sum(groups.values()) == 105


def test_quotes_stand_in_the_notice(rulebook: Rulebook) -> None:
    def bare(text: str) -> str:
        return "".join(text.split())

    notice = bare(NOTICE.read_text(encoding="utf-8"))
    for table in ("clause", "veto", "award", "nomination_limit", "calendar"):
        for row in rows(rulebook, table):
            assert bare(str(row["quote_zh"])) in notice, row


def test_reference(rulebook: Rulebook) -> None:
    reference = rulebook.reference()
    assert (len(reference.prefectures), len(reference.counties)) == (14, 96)
    assert reference.region_aliases["652101"] == "650402"
    assert len(reference.measure_items) == 21
    assert reference.measure_items["C7.4b"].maximum == Decimal(2)
    assert [item for item, each in reference.measure_items.items() if each.has_deadline] == [
        "C11.3a", "C11.3b", "C11.3c",
    ]  # fmt: skip


def test_parameters_by_level(rulebook: Rulebook) -> None:
    values = {(row["clause_id"], row["level"]): row["value"] for row in rows(rulebook, "parameter")}
    assert (values["C9.1", "county"], values["C9.1", "prefecture"]) == (4, 2)
    days = {(row["clause_id"], row["level"]): row["value"] for row in rows(rulebook, "day")}
    assert days["C11.3a", "county"] == date(2022, 9, 1)


def test_digest_follows_every_file(folder: Path, rulebook: Rulebook) -> None:
    assert load(folder).sha256 == rulebook.sha256
    path = folder / "xinjiang_divisions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("乌鲁木齐市", "乌市"), encoding="utf-8")
    assert load(folder).sha256 != rulebook.sha256


def test_install_writes_tables_and_macros(rulebook: Rulebook) -> None:
    con = connect_warehouse()
    install(con, rulebook)
    for name, table in rulebook.tables.items():
        assert con.execute(f"SELECT count(*) FROM rulebook.{name}").fetchall() == [(len(table.rows),)], name
    assert con.execute("SELECT count(*) FROM rulebook.rule WHERE message_zh LIKE '%{%'").fetchall() == [(0,)]
    assert con.execute("SELECT param('C8.1', 'prefecture', 'points_each')").fetchall() == [(Decimal("0.5"),)]


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        ("1", "3", "0.3333"),
        ("2", "3", "0.6667"),
        ("0.00005", "1", "0.0001"),
        ("0.000049999999999999", "1", "0.0000"),
        ("0.00015", "3", "0.0001"),
        ("99999.99994999", "1", "99999.9999"),
        ("0", "7", "0.0000"),
    ],
)
def test_rounding_is_half_up_and_exact(
    rulebook: Rulebook, numerator: str, denominator: str, expected: str
) -> None:
    con = connect_warehouse()
    install(con, rulebook)
    query = f"SELECT round4({numerator}::DECIMAL(38, 18), {denominator})"
    assert con.execute(query).fetchall() == [(Decimal(expected),)]


FAULTS = [
    ("officer/i3.toml", "parameters.factor = 1", "", "缺少 factor"),
    ("officer/i3.toml", "parameters.factor = 1", "parameters.factor = -1", "factor 应当是不小于0的数字"),
    ("officer/i3.toml", "parameters.factor = 1", 'parameters.factor = "1"', "factor 应当是数字"),
    ("officer/i3.toml", "parameters.factor = 1", "parameters.factr = 1", "不认识的键 factr"),
    ("officer/i3.toml", "max_points = 16", "max_points = 15", "与其各档数字算出的 16 不一致"),
    ("officer/i3.toml", '"[1, 2)"', '"[1, 3)"', "区间重叠或次序不对"),
    ("officer/i3.toml", '"[1, 2)"', '"[1, 1.5)"', "区间之间有空缺：1.5 到 2"),
    ("officer/i3.toml", '"[1, 2)"', '"(1, 2)"', "1 不属于任何区间"),
    ("officer/i3.toml", '"[1, 2)"', '"[1, 2]"', "2 同时属于两个区间"),
    ("officer/i3.toml", '"[0, 1)"', '"[0.5, 1)"', "第一个区间应当从 [0 开始"),
    ("officer/i3.toml", '"[2, ∞)"', '"[2, 9)"', "最后一个区间应当到 ∞ 为止"),
    ("officer/i3.toml", '"[2, ∞)"', '"2 以上"', "写法不对"),
    ("officer/i3.toml", 'name = "base"', 'name = "basis"', "缺少名为 base 的分档"),
    ("officer/i3.toml", 'id = "I3.2"', 'id = "I3.9"', "没有 I3.9 这个条款的算法"),
    ("officer/i3.toml", 'id = "I3.2"', 'id = "I2.1"', "I2.1 不属于 I3"),
    ("officer/i2.toml", 'quote_zh = "根据', 'quote = "根据', "缺少 quote_zh"),
    ("officer/i2.toml", 'source = "附件2 序号2 评审内容1、2（1）"', 'source = " "', "source 不能为空"),
    ("officer/i2.toml", 'id = "I2.V"', 'id = "C8.V"', "没有 C8.V 这个否决项的算法"),
    ("officer/i2.toml", "max_points = 35", "max_points = 36", "I2 的满分 36 与各条款满分之和 35 不一致"),
    ("bureau/c07.toml", "is_cut = true", "is_cut = false", "C7 的满分 14 与各条款满分之和 18 不一致"),
    ("bureau/c04.toml", "cases_min = 5", "cases_min = 4.5", "cases_min 应当是不小于1的整数"),
    ("bureau/c04.toml", "{ county = 5, prefecture = 10 }", "{ county = 5 }", "缺少 prefecture"),
    ("bureau/c11.toml", "2022-09-01", '"九月"', "done_before 应当是日期"),
    ("bureau/c11.toml", "points = 1.5 }", "points = 2 }", "C11.2 的满分 1.5 与其各档数字算出的 2 不一致"),
    ("bureau/c11.toml", 'whose = "prefecture"', 'whose = "city"', "whose 应当是"),
    ("bureau/c11.toml", 'id = "C11.1a"', 'id = "C11.1b"', "事项 C11.1b 出现两次"),
    ("season.toml", "record_months = [4,", "record_months = [13,", "不是月份"),
    ("season.toml", "final_month = 11", "final_month = 10", "记录月不能晚于 final_month"),
    ("season.toml", 'id = "xinjiang_2022"', 'id = "x"', "id 应当与文件夹同名"),
    ("season.toml", "season_year = 2022", "season_year = 22", "season_year 应当在2000至2099之间"),
    ("season.toml", "season_year = 2022", "season_year = ", "第4行：TOML语法错误"),
    ("awards.toml", "ministry_quota = 10", "ministry_quota = 36", "ministry_quota 不能大于 quota"),
    ("awards.toml", "minimum = 3", "minimum = 6", "minimum 不能大于 maximum"),
    ("awards.toml", 'level = "county"', 'level = "town"', "level 应当是"),
    ("calendar.toml", "due_on = 2022-05-25", "", "缺少 due_on"),
    ("labels.toml", 'zh = "移动端上传的有效记录数"', 'zn = "x"', "不认识的键 zn"),
    ("quality.toml", "[ir_t1_hours]", "[ir_t1_hour]", "缺少 [ir_t1_hours]"),
    ("xinjiang_divisions.csv", "650000,新疆", "65000,新疆", "应当是6位数字"),
    ("xinjiang_divisions.csv", "code,name", "代码,name", "表头应当是"),
    ("xinjiang_divisions.csv", "乌鲁木齐市,650000", "乌鲁木齐市,659999", "上级代码 659999 不在表中"),
    ("division_aliases.csv", "652101,650402", "652101,650499", "新代码 650499 应当在区划表中"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS, ids=[f"{f[0]}: {f[3]}" for f in FAULTS])
def test_fault_is_refused(folder: Path, file: str, old: str, new: str, said: str) -> None:
    problems = replaced(folder, file, old, new)
    assert any(said in problem for problem in problems), problems
    with pytest.raises(RulebookError, match="评审规则 xinjiang_2022 有误"):
        load(folder)


def test_fault_names_file_and_line(folder: Path) -> None:
    problems = replaced(folder, "officer/i3.toml", "parameters.factor = 1", "parameters.factor = -1")
    lines = (folder / "officer/i3.toml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, start=1) if "factor" in text)
    assert problems == [f"officer/i3.toml 第{line}行：factor 应当是不小于0的数字"]


def test_missing_and_strange_files(folder: Path, tmp_path: Path) -> None:
    (folder / "quality.toml").unlink()
    (folder / "bureau" / "extra.toml").write_text("[group]\n", encoding="utf-8")
    (folder / "stray.toml").write_text("", encoding="utf-8")
    problems = [str(problem) for problem in check_rulebook(folder)]
    assert "quality.toml 第1行：缺少这个文件" in problems
    assert "stray.toml 第1行：不认识的文件" in problems
    assert any(problem.startswith("bureau/extra.toml 第1行：缺少 id") for problem in problems)
    assert [problem.message_zh for problem in check_rulebook(tmp_path / "none")] == ["没有这个文件夹"]


def test_a_clause_may_be_left_out(folder: Path) -> None:
    (folder / "bureau" / "c09.toml").unlink()
    left = {row[0] for row in load(folder).tables["clause"].rows}
    assert "C9.1" not in left
    assert "C8.1" in left
