"""The contracts of all sources and the register of all quality rules, made from them."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from checks.contracts import (
    campaign_service,
    case_file_reviews,
    evidence_documents,
    inspection_records,
    material_reviews,
    nominations,
    officer_roster,
    penalty_cases,
    referrals,
    reported_measures,
    transmission_rates,
    typical_cases,
)
from checks.contracts.base import Contract, Reference, Rule
from checks.contracts.model import FORMAT, PROBLEM

CONTRACTS: dict[str, Contract] = {
    module.CONTRACT.source: module.CONTRACT
    for module in (
        inspection_records,
        evidence_documents,
        officer_roster,
        transmission_rates,
        typical_cases,
        referrals,
        penalty_cases,
        case_file_reviews,
        campaign_service,
        reported_measures,
        material_reviews,
        nominations,
    )
}

X01 = Rule(
    "X01",
    None,
    FORMAT,
    PROBLEM,
    None,
    "取值无法识别（按空白计）",
    "请按该列的填法更正：日期、数字、是否或规定的选项",
)
D01 = Rule(
    "D01",
    None,
    FORMAT,
    PROBLEM,
    None,
    "同一文件内重复且不一致（以最后一行为准）",
    "请核对重复的各行，只保留正确的一行",
    in_sql=True,
)

RULES: tuple[Rule, ...] = (*(rule for contract in CONTRACTS.values() for rule in contract.rules), X01, D01)
_BY_ID = {rule.rule_id: rule for rule in RULES}

_ROOT = Path(__file__).parent.parent
_READING_CODE = (
    "checks/cells.py",
    "checks/cell_dates.py",
    "checks/credit_code.py",
    "checks/contracts/*.py",
    "assets/deliveries/*.py",
)
_READING_LIBRARIES = ("polars", "fastexcel", "pandera", "xlrd")


def rule(rule_id: str) -> Rule:
    """Return the rule of an id.

    Raises:
        KeyError: there is no such rule.
    """
    return _BY_ID[rule_id]


def contract_version(reference: Reference) -> str:
    """Name the version of reading and contracts: rows read under another version are read again.

    It changes with the code of reading and checking, with what the rulebook says to it (regions, items,
    numbers of the rules), and with the libraries whose hashes and readers the stored rows rest on.
    """
    digest = hashlib.sha256()
    for pattern in _READING_CODE:
        for path in sorted(_ROOT.glob(pattern)):
            digest.update(f"{path.relative_to(_ROOT).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    for told in (
        sorted(reference.regions),
        sorted(reference.region_aliases.items()),
        sorted(reference.prefectures),
        sorted(reference.counties),
        sorted(reference.measure_items.items()),
        sorted(reference.quality.items()),
        [(name, version(name)) for name in _READING_LIBRARIES],
    ):
        digest.update(f"{told!r}\0".encode())
    return digest.hexdigest()
