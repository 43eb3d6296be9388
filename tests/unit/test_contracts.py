"""The register, keys, hashes, types, and that pandera really looks at the rows."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest
from contract_rows import GOOD, reference, text_of, validated

from checks.contracts.judge import ContractError
from checks.contracts.reading import FEW_ROWS
from checks.register import CONTRACTS, RULES, contract_version, rule

RULE_IDS = Path(__file__).parent / "rule_ids.txt"


def test_register_is_the_list_of_the_sources() -> None:
    lines = [line.split() for line in RULE_IDS.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert [[each.rule_id, each.source or "-", each.dimension, each.severity] for each in RULES] == lines


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.rule_id)
def test_every_rule_says_what_is_wrong_and_how_to_mend_it(each: object) -> None:
    assert each in RULES
    found = rule(each.rule_id)
    told = found.text_zh(reference().quality)
    assert found.message_zh and found.mend_zh and "{" not in told
    if found.source is not None:
        assert found.column in {column.name for column in CONTRACTS[found.source].columns}


def test_numbers_of_the_rulebook_stand_in_the_messages() -> None:
    assert "72小时" in rule("IR-T1").text_zh(reference().quality)
    assert "73.4～96.4" in rule("IR-F2").text_zh(reference().quality)


def test_unknown_rule() -> None:
    with pytest.raises(KeyError):
        rule("IR-Z9")


@pytest.mark.parametrize("source", CONTRACTS)
def test_headers_of_a_source_are_distinct(source: str) -> None:
    headers = [header for column in CONTRACTS[source].columns for header in column.headers]
    assert len(headers) == len(set(headers))
    assert any(column.is_required for column in CONTRACTS[source].columns)


@pytest.mark.parametrize("source", CONTRACTS)
def test_unreadable_rules_are_rules_of_the_source(source: str) -> None:
    own = {each.rule_id for each in CONTRACTS[source].rules} | {"X01"}
    assert {column.unreadable_rule for column in CONTRACTS[source].columns} <= own


@pytest.mark.parametrize("source", CONTRACTS)
def test_rows_are_what_duckdb_is_told(source: str) -> None:
    """The columns as declared, in their order, whether there are rows or none."""
    columns = CONTRACTS[source].duckdb_columns()
    filled = validated(source, {}, {})
    empty = CONTRACTS[source].validate(text_of(source, {}).head(0), reference())
    con = duckdb.connect()
    con.execute(f"CREATE TABLE t ({', '.join(f'{name} {kind}' for name, kind in columns)})")
    for rows in (filled.rows, empty.rows):
        assert rows.columns == [name for name, _ in columns]
        con.register("given", rows.to_arrow())
        con.execute("INSERT INTO t SELECT * FROM given")
        assert con.execute("SELECT typeof(COLUMNS(*)) FROM given LIMIT 1").fetchall() in (
            [],
            [tuple(kind for _, kind in columns)],
        )
    assert con.execute("SELECT count(*) FROM t").fetchall() == [(2,)]
    assert empty.issues.is_empty() and empty.issues.columns == filled.issues.columns


def test_pandera_looks_at_every_row() -> None:
    """A canary: one bad row among many, each rule at its own row."""
    changes: list[dict[str, str | None]] = [{} for _ in range(500)]
    changes[123] = {"longitude": "100", "site_name": None}
    changes[499] = {"photo_count": "x"}
    issues = validated("inspection_records", *changes).issues
    found = (
        issues.sort("row_number", "rule_id").select("row_number", "rule_id", "column_name", "value").rows()
    )
    assert found == [
        (125, "IR-C1", "site_name", None),
        (125, "IR-F2", "longitude", "100"),
        (501, "X01", "photo_count", "x"),
    ]


def test_a_check_that_raises_stops_the_run() -> None:
    contract = CONTRACTS["evidence_documents"]
    judged = contract.broken(reference())
    at_fault = replace(contract, broken=lambda _: {**judged, "ED-E1": pl.col("no_such_column") > 1})
    with pytest.raises(ContractError, match="ED-E1"):
        at_fault.validate(text_of("evidence_documents", {}), reference())


def test_a_rule_without_judgement_stops_the_run() -> None:
    contract = CONTRACTS["evidence_documents"]
    judged = dict(contract.broken(reference()))
    del judged["ED-E1"]
    with pytest.raises(ContractError, match="ED-E1"):
        replace(contract, broken=lambda _: judged).validate(text_of("evidence_documents", {}), reference())


def test_values_shown_are_short_and_without_control_characters() -> None:
    issue = validated("inspection_records", {"photo_count": "\x00" + "长" * 200}).issues.row(0, named=True)
    assert issue["value"] == "长" * 80


def test_rows_where_values_repeat_are_read_as_each_alone() -> None:
    changes: list[dict[str, str | None]] = [
        {"photo_count": count, "started_at": started, "site_name": name}
        for count in ("1", "x", None, "无", "２")
        for started in ("2022/4/3 8:00", "2022-04-03 08:00:00", "24:00", None)
        for name in ("某厂", "无", "Ａ\n厂")
    ]
    alone = validated("inspection_records", *changes)
    times = FEW_ROWS // len(changes) + 1
    many = validated("inspection_records", *(changes * times))
    stored = list(CONTRACTS["inspection_records"].stored_columns())
    assert many.rows.select(stored).head(len(changes)).equals(alone.rows.select(stored))
    assert len(many.issues) == times * len(alone.issues)


KEYS = [
    ("inspection_records", {"record_id": "JC1"}, "JC1", True),
    ("inspection_records", {"record_id": "-"}, "", False),
    ("officer_roster", {"month": "2022年4月"}, "2022-04|R1", True),
    ("officer_roster", {"month": "x"}, "|R1", False),
    ("transmission_rates", {"region_code": "652101"}, "2022-04|650402", True),
    ("transmission_rates", {"region_code": "999999"}, "2022-04|", False),
    ("typical_cases", {}, "生态环境部|典型案例|乌环罚〔2022〕1号", True),
    ("case_file_reviews", {"officer_cert_no": "Z9"}, "案卷质量|集体|650102|乌环罚〔2022〕1号", True),
    (
        "case_file_reviews",
        {"entrant_kind": "个人", "officer_cert_no": "Z1"},
        "案卷质量|个人|Z1|乌环罚〔2022〕1号",
        True,
    ),
    ("case_file_reviews", {"entrant_kind": "x"}, "案卷质量||乌环罚〔2022〕1号", False),
    ("case_file_reviews", {"region_code": "x"}, "案卷质量|集体||乌环罚〔2022〕1号", False),
    ("campaign_service", {}, "某行动|1|Z1", True),
    ("reported_measures", {}, "650102|C4.8", True),
    ("reported_measures", {"item": "x"}, "650102|", False),
    ("material_reviews", {"region_code": "x"}, "个人|Z1|文字错误", True),
    ("nominations", {"nominated_by": "650102"}, "县级集体|650102|650102", True),
    (
        "nominations",
        {"nomination_kind": "现场执法能手", "officer_cert_no": "Z1"},
        "现场执法能手|650100|Z1",
        True,
    ),
]


@pytest.mark.parametrize(("source", "change", "key", "is_readable"), KEYS)
def test_business_key(source: str, change: dict[str, str | None], key: str, is_readable: bool) -> None:
    row = validated(source, change).rows.row(0, named=True)
    assert (row["business_key"], row["is_key_readable"]) == (key, is_readable)


@pytest.mark.parametrize("source", CONTRACTS)
def test_what_the_warehouse_does_not_store_it_shows_as_it_was_judged(source: str) -> None:
    contract = CONTRACTS[source]
    blank = ({name: None} for name in (*contract.key, contract.region_column) if name is not None)
    rows = validated(source, {}, dict.fromkeys(GOOD[source]), *blank).rows
    con = duckdb.connect()
    con.execute(f"CREATE TABLE t ({contract.duckdb_definition()})")
    con.register("stored", rows.drop(contract.duckdb_repeated()).to_arrow())
    con.execute("INSERT INTO t BY NAME SELECT * FROM stored")
    assert con.execute("FROM t").fetchall() == rows.rows()


def test_region_of_a_row() -> None:
    def region(source: str, change: dict[str, str | None]) -> str | None:
        return validated(source, change).rows["row_region"][0]

    assert region("inspection_records", {"agency_code": "652101"}) == "650402"
    assert region("inspection_records", {"agency_code": "999999"}) is None
    assert region("evidence_documents", {}) is None
    assert region("nominations", {}) == "650100"
    assert region("officer_roster", {"agency_code": "659001"}) == "659001"


def test_same_content_has_the_same_hash_however_it_is_written() -> None:
    change = {
        "started_at": "2022年4月3日 8时0分",
        "longitude": "87.60",
        "photo_count": "３.0",
        "has_transcript": "√",
        "inspector_cert_nos": "Z1,Z2",
        "site_name": " 某厂 ",
        "agency_name": "某局\n",
    }
    hashes = validated("inspection_records", {}, change, {"longitude": "87.61"}).rows["content_hash"]
    assert hashes[0] == hashes[1] != hashes[2]
    unreadable = validated("inspection_records", {"photo_count": "x"}, {"photo_count": None}).rows[
        "content_hash"
    ]
    assert unreadable[0] == unreadable[1]


def test_typed_values() -> None:
    row = validated("penalty_cases", {"measures": "限产停产、x"}).rows.row(0, named=True)
    assert row["decided_on"] == date(2022, 4, 3)
    assert row["measures"] == ["限产停产"]
    assert row["major_categories"] == [1, 4]
    row = validated("inspection_records", {}).rows.row(0, named=True)
    assert row["uploaded_at"] == datetime(2022, 4, 3, 10)
    assert row["problem_found"] is True
    assert row["inspector_names"] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        ("C4.8", "√", ("yes", True, None)),
        ("C4.8", "0", ("no", False, None)),
        ("C4.8", "2", (None, None, None)),
        ("C7.4b", "1.50", ("1.5", None, Decimal("1.5"))),
        ("C7.4b", "1", ("1", None, Decimal(1))),
        ("C7.4b", "0", ("0", None, Decimal(0))),
        ("C7.4b", "2.5", (None, None, None)),
        ("C7.4b", "是", (None, None, None)),
        ("C7.4b", "", (None, None, None)),
    ],
)
def test_value_of_a_measure(item: str, value: str, expected: tuple[object, ...]) -> None:
    row = validated("reported_measures", {"item": item, "value": value}).rows.row(0, named=True)
    assert (row["value"], row["value_is_yes"], row["value_number"]) == expected


def test_contract_version_follows_the_rulebook() -> None:
    now = reference()
    assert contract_version(now) == contract_version(pickle.loads(pickle.dumps(now)))  # noqa: S301 - our own bytes
    later = replace(now, quality={**now.quality, "ir_t1_hours": Decimal(48)})
    assert contract_version(later) != contract_version(now)


def test_every_number_of_the_rulebook_is_used() -> None:
    """Each limit of `quality.toml`, changed, changes what some contract says (not the header's: reading)."""
    now = reference()
    for name, value in now.quality.items():
        if name == "header_rows_searched":
            continue
        changed = replace(now, quality={**now.quality, name: value + 1})
        said = [
            {rule_id: str(expr) for rule_id, expr in contract.broken(told).items()}
            for told in (now, changed)
            for contract in CONTRACTS.values()
        ]
        assert said[: len(CONTRACTS)] != said[len(CONTRACTS) :], name


def test_good_rows_cover_all_sources() -> None:
    assert GOOD.keys() == CONTRACTS.keys()
