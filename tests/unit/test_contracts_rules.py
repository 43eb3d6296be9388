"""For every rule that the row alone can tell: what breaks it, and what lies just within it."""

from __future__ import annotations

import pytest
from contract_rows import GOOD, broken_by

from checks.register import CONTRACTS, RULES, rule

Change = dict[str, str | None]

# rule → changes of the good row that break it, and it alone
BREAKING: dict[str, list[Change]] = {
    "IR-E1": [
        {"record_id": None},
        {"record_id": "JC1"},
        {"record_id": "JC65010220220403000012"},
        {"record_id": "jc6501022022040300001"},
    ],
    "IR-E2": [{"uploaded_at": "-"}, {"uploaded_at": "2022-02-30 10:00"}],
    "IR-E3": [
        {"record_status": "作废"},
        {"record_status": "草稿"},
        {"record_status": None},
        {"record_status": "x"},
    ],
    "IR-E4": [{"agency_code": None}, {"agency_code": "999999"}],
    "IR-C1": [{"site_name": "无"}],
    "IR-C2": [{"site_uscc": None}],
    "IR-C3": [{"started_at": None}, {"ended_at": None}],
    "IR-C4": [{"longitude": None}, {"latitude": "--"}],
    "IR-C5": [
        {"inspector_names": "甲", "inspector_cert_nos": "Z1"},
        {"inspector_names": "甲", "inspector_cert_nos": "Z1、Z1"},
    ],
    "IR-C6": [{"problem_text": None}, {"problem_text": "－"}],
    "IR-C7": [{"disposal": None}],
    "IR-C8": [{"photo_count": None}, {"photo_count": "0"}, {"photo_count": "-1"}],
    "IR-C9": [
        {"inspection_mode": None},
        {"inspection_type": None},
        {"problem_found": None},
        {"upload_terminal": None},
    ],
    "IR-F1": [
        {"site_uscc": "91350100M000100Y44"},
        {"site_uscc": "91350100M000100Y4"},
        {"site_uscc": "91350100I000100Y43"},
    ],
    "IR-F2": [{"longitude": "73.39"}, {"longitude": "96.41"}, {"latitude": "34.29"}, {"latitude": "49.21"}],
    "IR-F3": [
        {"ended_at": "2022-04-03 07:59:59"},
        {"ended_at": "2022-04-04 08:00:01", "uploaded_at": "2022-04-04 09:00:00"},
    ],
    "IR-F4": [{"inspector_names": "甲、乙、丙"}],
    "IR-F6": [
        {"inspection_type": "x"},
        {"upload_terminal": "x"},
        {"inspection_mode": "x", "inspection_type": "x"},
    ],
    "IR-F7": [{"site_region_code": "999999"}],
    "IR-T1": [
        {"uploaded_at": "2022-04-06 09:00:01"},
    ],
    "IR-T2": [{"uploaded_at": "2022-04-03 07:59:59"}],
    "ED-E1": [{"document_id": None}],
    "ED-E2": [{"made_at": None}, {"made_at": "x"}],
    "ED-E3": [{"made_with": None}, {"made_with": "x"}],
    "ED-C1": [{"maker_cert_nos": "、"}],
    "ED-F1": [{"document_type": "x"}],
    "OR-E1": [{"month": None}, {"month": "2022.4"}, {"officer_id": None}],
    "OR-E2": [{"agency_code": None}, {"agency_code": "x"}],
    "OR-C1": [{"officer_name": "无"}],
    "OR-C2": [{"in_establishment": None}, {"on_post": "-"}],
    "OR-C3": [{"cert_valid_from": None}, {"cert_valid_to": None}],
    "OR-F1": [{"cert_valid_to": "2019-12-31"}],
    "TR-E1": [{"month": None}, {"region_code": None}, {"region_code": "x"}],
    "TR-E2": [{"expected_count": None}, {"immediate_count": "x"}, {"completed_count": "99.5"}],
    "TR-E3": [
        {"immediate_count": "-1", "immediate_rate": None},
        {"immediate_count": "991", "immediate_rate": None},
        {"completed_count": "1001", "completed_rate": None},
    ],
    "TR-F1": [
        {"immediate_rate": "97.5501"},
        {"completed_rate": "98.94"},
        {"completed_rate": "0.9894"},
        {"immediate_rate": "1.01"},
    ],
    "TR-C1": [{"site_count": None}],
    "TC-E1": [{"publisher_level": None}, {"adopted_as": "x"}],
    "TC-E2": [{"case_no": None}],
    "TC-E3": [{"published_on": None}, {"published_on": "x"}],
    "TC-E4": [{"region_code": None}, {"region_code": "x"}],
    "TC-C1": [{"officer_cert_nos": None}],
    "TC-C2": [{"url": None}],
    "TC-F1": [{"url": "www.example.invalid"}],
    "RF-E1": [{"referral_id": None}],
    "RF-E2": [{"region_code": None}, {"region_code": "x"}],
    "RF-E3": [{"offence": None}, {"offence": "x"}],
    "RF-E4": [{"filed_on": "2022-04-02"}],
    "RF-E5": [{"referred_on": None}, {"referred_on": "x"}],
    "RF-C1": [{"filing_no": None}],
    "RF-C2": [{"police": None}],
    "PC-E1": [{"case_no": None}],
    "PC-E2": [{"region_code": None}, {"region_code": "x"}],
    "PC-E3": [{"decided_on": None}, {"decided_on": "x"}],
    "PC-E4": [{"closed_on": "2022-04-02"}],
    "PC-C1": [{"party_name": None}],
    "PC-C2": [{"officer_cert_nos": None}],
    "PC-F1": [{"party_uscc": "x"}],
    "PC-F2": [
        {"case_type": None},
        {"clue_source": "x"},
        {"disclosure": None},
        {"disclosure": "x", "clue_source": None},
    ],
    "PC-F3": [{"measures": None}],
    "PC-F4": [{"case_no": "乌环罚2022-1号"}, {"case_no": "乌环罚〔2022〕1"}],
    "CR-E1": [{"review_kind": None}, {"entrant_kind": "x"}],
    "CR-E2": [{"region_code": None}, {"entrant_kind": "个人"}],
    "CR-E3": [{"case_no": None}],
    "CR-E4": [{"mark": None}],
    "CR-E5": [{"mark": "100.01"}, {"mark": "-0.01"}, {"mark": "9" * 30}],
    "CR-E6": [{"reviewed_on": None}, {"reviewed_on": "x"}],
    "CS-E1": [{"campaign": None}, {"round": None}, {"officer_cert_no": None}],
    "CS-E2": [{"region_code": None}, {"region_code": "x"}],
    "CS-E3": [{"organiser": None}, {"organiser": "x"}],
    "CS-E4": [{"mark": "100.01"}, {"mark": "-1"}, {"breaches": "-1"}, {"mark": "101", "breaches": "-1"}],
    "CS-E5": [{"deployed_on": None}, {"deployed_on": "x"}],
    "CS-C1": [{"mark": None}],
    "RM-E1": [{"region_code": None}, {"region_code": "x"}],
    "RM-E2": [{"item": None}, {"item": "C9.9"}],
    "RM-E3": [
        {"value": None},
        {"value": "x"},
        {"item": "C7.4b", "value": "是"},
        {"item": "C7.4b", "value": "2.01"},
        {"item": "C7.4b", "value": "无"},
        {"value": "2"},
    ],
    "RM-E4": [{"reported_on": None}, {"reported_on": "x"}],
    "RM-C1": [{"evidence": None}, {"item": "C7.4b", "value": "0.5", "evidence": "-"}],
    "RM-C2": [{"item": "C11.3b"}],
    "MR-E1": [{"entrant_kind": None}, {"finding": "x"}],
    "MR-E2": [{"officer_cert_no": None}, {"entrant_kind": "集体"}],
    "MR-E3": [{"places": None}, {"places": "0"}, {"places": "1.5"}],
    "MR-E4": [{"reviewed_on": None}, {"reviewed_on": "x"}],
    "NM-E1": [{"nomination_kind": None}, {"nomination_kind": "x"}],
    "NM-E2": [{"nominated_by": None}, {"nominated_by": "650102"}, {"nominated_by": "x"}],
    "NM-E3": [
        {"region_code": None},
        {"region_code": "650100"},
        {"region_code": "653221"},
        {"region_code": "659001"},
        {"nomination_kind": "现场执法能手"},
    ],
    "NM-E4": [{"nominated_on": None}, {"nominated_on": "x"}],
}

# changes of the good row that break nothing: the boundaries, and what a rule must leave alone
IN_ORDER: dict[str, list[Change]] = {
    "IR-E1": [{"record_id": " ＪＣ6501022022040300001 "}],
    "IR-E2": [{"uploaded_at": "2022年4月3日10时0分"}],
    "IR-E4": [{"agency_code": "650000"}, {"agency_code": "659001"}, {"agency_code": "652101"}],
    "IR-C6": [{"problem_text": "无"}, {"problem_found": "否", "problem_text": None}],
    "IR-C7": [{"disposal": "无"}, {"problem_found": "否", "disposal": None}],
    "IR-C8": [{"inspection_mode": "非现场检查", "photo_count": None}, {"photo_count": "1.0"}],
    "IR-F2": [{"longitude": "73.40", "latitude": "34.30"}, {"longitude": "96.4", "latitude": "49.2"}],
    "IR-F3": [
        {"ended_at": "2022-04-03 08:00:00"},
        {"ended_at": "2022-04-04 08:00:00", "uploaded_at": "2022-04-04 09:00:00"},
    ],
    "IR-F4": [{"inspector_names": "甲/甲"}, {"inspector_names": None}],
    "IR-F7": [{"site_region_code": None}, {"site_region_code": "654223"}],
    "IR-T1": [{"uploaded_at": "2022-04-06 09:00:00"}],
    "IR-T2": [{"uploaded_at": "2022-04-03 08:00:00"}],
    "ED-F1": [{"document_type": None}],
    "OR-C3": [{"cert_no": None, "cert_valid_from": None}],
    "OR-F1": [{"cert_valid_to": "2020-01-01"}],
    "TR-E3": [{"expected_count": "990", "immediate_rate": None, "completed_rate": None}],
    "TR-F1": [
        {"immediate_rate": "97.55"},
        {"immediate_rate": "97.45"},
        {"immediate_rate": "0.9755"},
        {"completed_rate": "98.95", "immediate_rate": None},
        {"expected_count": "0", "immediate_count": "0", "completed_count": "0", "immediate_rate": "50"},
        {"immediate_count": "5", "immediate_rate": "0.005"},
        {"immediate_count": "5", "immediate_rate": "0.5"},
    ],
    "TC-F1": [{"url": "HTTP://example.invalid"}],
    "RF-E4": [{"filed_on": None, "filing_no": None}],
    "PC-E4": [{"closed_on": None}],
    "PC-F3": [{"case_type": "一般行政处罚", "measures": None}],
    "PC-F4": [{"case_no": "乌 环 罚（2022） 1 号"}, {"case_no": "乌环罚[2022]１号"}],
    "CR-E4": [
        {"review_kind": "案卷大家评", "mark": None},
        {"entrant_kind": "个人", "officer_cert_no": "Z1", "mark": None},
    ],
    "CR-E5": [{"mark": "100"}, {"mark": "0"}],
    "CS-E4": [{"mark": "100"}, {"mark": "0", "breaches": "0"}],
    "RM-E3": [
        {"value": "√"},
        {"value": "0"},
        {"value": "无"},
        {"item": "C7.4b", "value": "2"},
        {"item": "C7.4b", "value": "0"},
    ],
    "RM-C1": [{"value": "否", "evidence": None}, {"item": "C7.4b", "value": "0", "evidence": None}],
    "RM-C2": [{"item": "C11.3b", "done_on": "2022-08-31"}, {"item": "C11.3b", "value": "否"}],
    "MR-E2": [{"entrant_kind": "集体", "region_code": "650102", "officer_cert_no": None}],
    "NM-E3": [{"nomination_kind": "现场执法能手", "officer_cert_no": "Z1", "region_code": None}],
}

# present and unreadable: not blank for completeness, blank for content, X01 unless a rule is named for it
UNREADABLE: list[tuple[str, Change, list[str]]] = [
    ("inspection_records", {"started_at": "24:00"}, ["X01"]),
    ("inspection_records", {"started_at": "x", "ended_at": "x"}, ["X01", "X01"]),
    ("inspection_records", {"ended_at": "x", "uploaded_at": "2022-04-06 08:00:01"}, ["IR-T1", "X01"]),
    ("inspection_records", {"ended_at": None, "uploaded_at": "2022-04-06 08:00:01"}, ["IR-C3", "IR-T1"]),
    ("inspection_records", {"longitude": "x", "latitude": "1e1"}, ["X01", "X01"]),
    ("inspection_records", {"photo_count": "三"}, ["X01"]),
    ("inspection_records", {"problem_found": "x", "problem_text": None}, ["X01"]),
    ("inspection_records", {"inspection_mode": "x", "photo_count": None}, ["IR-F6"]),
    ("officer_roster", {"in_establishment": "x", "cert_valid_to": "x"}, ["X01", "X01"]),
    ("transmission_rates", {"site_count": "x", "immediate_rate": "x"}, ["X01", "X01"]),
    ("referrals", {"filed_on": "x", "filing_no": None}, ["RF-C1", "X01"]),
    ("penalty_cases", {"measures": "x"}, ["PC-F3", "X01"]),
    ("penalty_cases", {"measures": "x、y、查封扣押"}, ["X01"]),
    ("penalty_cases", {"major_categories": "1、5"}, ["X01"]),
    ("penalty_cases", {"reward_kind": "x", "major_review": "x", "closed_on": "x"}, ["X01", "X01", "X01"]),
    ("case_file_reviews", {"review_kind": "案卷大家评", "mark": "x"}, ["X01"]),
    ("campaign_service", {"mark": "x", "breaches": "x", "integrity_breach": "x"}, ["X01", "X01", "X01"]),
    ("reported_measures", {"item": "C11.3b", "done_on": "x"}, ["X01"]),
    ("nominations", {"rank_no": "x"}, ["X01"]),
]

PARTLY_IN_SQL = {"CR-E2", "MR-E2", "NM-E3"}


def _cases(table: dict[str, list[Change]]) -> list[tuple[str, Change]]:
    return [(rule_id, change) for rule_id, changes in table.items() for change in changes]


def _source(rule_id: str) -> str:
    source = rule(rule_id).source
    assert source is not None
    return source


def test_every_rule_that_the_row_can_tell_has_a_row_that_breaks_it() -> None:
    assert (
        set(BREAKING) == {each.rule_id for each in RULES if not each.in_sql and each.source} | PARTLY_IN_SQL
    )


@pytest.mark.parametrize("source", CONTRACTS)
def test_good_row_breaks_nothing(source: str) -> None:
    assert broken_by(source, {}) == []
    assert set(GOOD[source]) <= {column.name for column in CONTRACTS[source].columns}


@pytest.mark.parametrize(("rule_id", "change"), _cases(BREAKING))
def test_row_breaks_this_rule_alone(rule_id: str, change: Change) -> None:
    assert broken_by(_source(rule_id), change) == [rule_id]


@pytest.mark.parametrize(("rule_id", "change"), _cases(IN_ORDER))
def test_boundary_is_in_order(rule_id: str, change: Change) -> None:
    assert broken_by(_source(rule_id), change) == []


@pytest.mark.parametrize(("source", "change", "expected"), UNREADABLE)
def test_unreadable_cells(source: str, change: Change, expected: list[str]) -> None:
    assert broken_by(source, change) == expected
