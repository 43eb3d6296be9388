"""Who stands in a roster in force, and who holds which certificate (SOURCES 3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oracle.ledger import as_read, winners
from oracle.season import Delivery, Divisions


@dataclass(frozen=True)
class Officer:
    """One accepted roster row."""

    month: date
    officer_id: str
    agency: str
    unit: str
    in_establishment: bool
    on_post: bool
    cert_no: str | None
    valid_from: date | None
    valid_to: date | None

    def is_valid_on(self, day: date) -> bool:
        """Whether the certificate is valid on a day; a blank end of the range does not bound it."""
        if self.cert_no is None:
            return False
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


def accepted(deliveries: list[Delivery], as_of: str, divisions: Divisions) -> list[Officer]:
    """The accepted roster rows; of two who bear one number in a month the smaller id holds it (OR-F2)."""
    rows = []
    for row, _ in winners(deliveries, "officer_roster", as_of, divisions):
        agency = as_read(row, "agency_code", divisions)
        if agency is None:  # OR-E2
            continue
        rows.append((row, agency))
    bearers: dict[tuple[date, str], list[str]] = {}
    for row, _agency in rows:
        if row["cert_no"] is not None:
            bearers.setdefault((row["month"], row["cert_no"]), []).append(row["officer_id"])
    officers = []
    for row, agency in rows:
        number = row["cert_no"]
        if number is not None and min(bearers[row["month"], number]) != row["officer_id"]:
            number = None
        officers.append(
            Officer(
                row["month"],
                row["officer_id"],
                agency,
                divisions.unit(agency),
                as_read(row, "in_establishment", divisions) is True,
                as_read(row, "on_post", divisions) is True,
                number,
                as_read(row, "cert_valid_from", divisions),
                as_read(row, "cert_valid_to", divisions),
            )
        )
    return officers


def rosters_in_force(officers: list[Officer], month: date) -> list[Officer]:
    """The rows of the rosters in force for a month: each unit's latest up to it, else the earliest later."""
    chosen: dict[str, date] = {}
    for unit in {o.unit for o in officers}:
        months = {o.month for o in officers if o.unit == unit}
        earlier = [m for m in months if m <= month]
        chosen[unit] = max(earlier) if earlier else min(months)
    return [officer for officer in officers if officer.month == chosen[officer.unit]]


def in_force(officers: list[Officer], month: date) -> dict[str, Officer]:
    """Officers in force for a month, by id: each belongs to the unit whose roster month is later."""
    result: dict[str, Officer] = {}
    for officer in rosters_in_force(officers, month):
        other = result.get(officer.officer_id)
        if other is None or other.month < officer.month:
            result[officer.officer_id] = officer
    return result


def holders(force: dict[str, Officer]) -> dict[str, list[Officer]]:
    """The officers who hold each certificate number among those in force."""
    result: dict[str, list[Officer]] = {}
    for officer in force.values():
        if officer.cert_no is not None:
            result.setdefault(officer.cert_no, []).append(officer)
    return result
