"""Which files the offices of a demo season deliver, with what is late, missing, doubled or unusable."""

from __future__ import annotations

import polars as pl

from assets.demo import cases, returns, service
from assets.demo.codes import chance
from assets.demo.files import Sheet, Writer
from assets.demo.layouts import LAYOUTS, PLAIN, REGION_BOOK, REGION_GBK, REGION_TEXT
from assets.demo.places import CORPS, REGION
from assets.demo.world import FORGOTTEN_ROSTER_MONTH, LATE_MONTH, World
from checks.register import CONTRACTS

_SPLIT = "6528"  # delivers its records in several files
_SPLIT_NAMES = ("1", "2", "10")
_DOUBLED = "6504"  # delivers its records of June twice
_CARELESS = "6505"  # gives two rows for one record, and one certificate number to two officers
_VAGUE = ("6504", "6531")  # write 若干 for a number
_LATE_ROSTER_MONTH = 3  # whose roster one prefecture delivers a month late
_GAP_MONTH = 9  # one prefecture's transmission data is missing; an empty file comes
_LETTER_MONTH = 4  # a letter is delivered instead of a table
_OPEN_MONTH = 10  # a workbook was open somewhere
_CORRECTED = ((0, 0.25), (1, 0.12))  # months back, share of the wrong records put right


class Offices:
    """The deliveries of one world, month by month."""

    def __init__(self, world: World, writer: Writer) -> None:
        """Draw the registers of the whole season."""
        self.world, self.writer = world, writer
        units = world.agencies.filter(pl.col("level") != "county")
        self.units = dict(zip(units["prefecture"], units["name"], strict=True))
        drawn = cases.penalty_cases(world)
        self.registers = {
            "penalty_cases": cases.register(world, drawn),
            "referrals": cases.referrals(world, drawn),
            "typical_cases": cases.typical_cases(world, drawn),
            "case_file_reviews": cases.case_file_reviews(world, drawn),
            "campaign_service": service.campaign_service(world),
            "reported_measures": returns.reported_measures(world),
            "nominations": returns.nominations(world),
            "material_reviews": returns.material_reviews(world),
        }

    def write(self, months: list[int]) -> None:
        """Write the deliveries of the months (numbers)."""
        for month in months:
            folder = f"{self.world.year}-{month:02}"
            for prefecture in self.units:
                self._records(folder, month, prefecture)
                self._roster(folder, month, prefecture)
            self._corrections(folder, month)
            self._monthly(folder, month)
            self._registers(folder, month)
            self._unusable(folder, month)

    def _unit(self, table: pl.DataFrame, prefecture: str) -> pl.DataFrame:
        """The rows that come from one prefecture; what names no known agency comes with the region's."""
        unit = pl.col("agency_code").str.head(4)
        known = pl.lit(list(self.units)).first()
        return table.filter(
            pl.when(unit.is_in(known)).then(unit).otherwise(pl.lit(REGION[:4])) == prefecture
        )  # fmt: skip

    def _records(self, folder: str, month: int, prefecture: str) -> None:
        rows, layout = self._unit(self.world.records[month], prefecture), LAYOUTS[prefecture]
        name = self.units[prefecture]
        stem = f"{folder}/检查记录/检查记录_{name}"
        unreadable = {"photo_count": "若干"} if prefecture in _VAGUE else {}
        if prefecture == _CARELESS:
            rows = pl.concat([rows, rows.head(3).with_columns(disposal=pl.lit("责令立即改正"))])
        if prefecture == _SPLIT:
            third = rows.height // len(_SPLIT_NAMES) + 1
            for number, part in enumerate(_SPLIT_NAMES):
                path = f"{folder}/检查记录/{prefecture}/检查记录_{name}_{part}"
                self.writer.table(
                    path,
                    layout,
                    self._sheet("inspection_records", rows[number * third : (number + 1) * third]),
                )
            return
        self.writer.table(stem, layout, self._sheet("inspection_records", rows, name, unreadable))
        if prefecture == _DOUBLED and month == LATE_MONTH:
            self.writer.table(
                f"{stem} (2)", layout, self._sheet("inspection_records", rows, name, unreadable)
            )

    def _roster(self, folder: str, month: int, prefecture: str) -> None:
        world = self.world
        if prefecture == world.forgetful and month == FORGOTTEN_ROSTER_MONTH:
            return
        rows = self._unit(world.rosters[month], prefecture)
        if prefecture == _CARELESS:
            from_the_end = pl.int_range(pl.len(), 0, -1)
            rows = rows.with_columns(
                cert_valid_from=pl.when(from_the_end > 1).then("cert_valid_from"),
                cert_no=pl.when(from_the_end == 2).then(pl.col("cert_no").shift(1)).otherwise("cert_no"),  # noqa: PLR2004
            )
        name = self.units[prefecture]
        code = CORPS if prefecture == CORPS[:4] else f"{prefecture}00"
        stem = f"{folder}/名册/执法人员名册_{code}_{name}"
        if prefecture == world.prefectures[1]:
            if month == _LATE_ROSTER_MONTH:
                return
            if month == _LATE_ROSTER_MONTH + 1:
                late = self._unit(world.rosters[_LATE_ROSTER_MONTH], prefecture)
                self._put_roster(f"{stem}_{_LATE_ROSTER_MONTH}月补报", late, prefecture)
        self._put_roster(stem, rows, prefecture)

    def _put_roster(self, stem: str, rows: pl.DataFrame, prefecture: str) -> None:
        self.writer.table(
            stem, LAYOUTS[prefecture], self._sheet("officer_roster", rows, self.units[prefecture])
        )

    def _corrections(self, folder: str, month: int) -> None:
        """Some of the month's records put right at once, some of the month before; a few are made void."""
        for back, share in _CORRECTED:
            if (made := month - back) not in self.world.records:
                continue
            rng = self.world.rng("corrections", month, back)
            wrong, right = self.world.records[made], self.world.clean_records[made]
            stays = pl.col("record_id").is_null() | ~pl.col("record_id").str.starts_with("JC")
            changed = pl.Series(wrong.hash_rows() != right.hash_rows())
            void = chance(rng, right.height, 0.05)
            put_right = right.with_columns(
                record_status=pl.when(pl.lit(void)).then(pl.lit("作废")).otherwise("record_status")
            ).filter(changed & chance(rng, right.height, share) & ~wrong.select(stays).to_series())
            careful = chance(rng, len(self.world.prefectures), 0.5)
            for prefecture in pl.Series(self.world.prefectures).filter(careful):
                if (rows := self._unit(put_right, prefecture)).height:
                    layout = LAYOUTS[prefecture] if back == 0 else REGION_TEXT
                    name = f"{self.units[prefecture]}_{'' if back == 0 else f'{made}月'}更正1"
                    self.writer.table(
                        f"{folder}/检查记录/检查记录_{name}", layout, self._sheet("inspection_records", rows)
                    )

    def _monthly(self, folder: str, month: int) -> None:
        rates = service.transmission_rates(self.world, month)
        if month == _GAP_MONTH:
            rates = rates.filter(pl.col("region_code").str.head(4) != self.world.prefectures[0])
        layout = (REGION_BOOK, REGION_TEXT, REGION_GBK)[month % 3]
        self.writer.table(
            f"{folder}/自动监测传输率/传输率_{folder}", layout, self._sheet("transmission_rates", rates)
        )
        documents = service.evidence_documents(self.world, month)
        self.writer.table(
            f"{folder}/调查取证文书/调查取证文书_{folder}",
            layout,
            self._sheet("evidence_documents", documents),
        )

    def _registers(self, folder: str, month: int) -> None:
        due = {source: rows.filter(pl.col("delivered") == month) for source, rows in self.registers.items()}
        due = {source: rows for source, rows in due.items() if rows.height}
        together = (
            [s for s in ("penalty_cases", "referrals", "typical_cases") if s in due] if month % 2 == 0 else []
        )
        if together:
            sheets = [self._sheet(source, due[source]) for source in together]
            self.writer.table(f"{folder}/登记台账_{folder}", REGION_BOOK, *sheets)
        for source in [s for s in due if s not in together]:
            layout = (REGION_GBK, REGION_TEXT, REGION_BOOK)[(month + len(source)) % 3]
            sheet = self._sheet(source, due[source])
            self.writer.table(f"{folder}/{sheet.title}_{folder}", layout, sheet)

    def _unusable(self, folder: str, month: int) -> None:
        """Files that are refused: no table, nothing in it, a column missing."""
        if month == _LETTER_MONTH:
            self.writer.put(f"{folder}/关于报送执法大练兵数据的通知.pdf", b"%PDF-1.4\n% demo\n%%EOF\n")
        if month == LATE_MONTH:
            rows = self._unit(self.world.records[month], self.world.prefectures[0]).head(20)
            sheet = Sheet("inspection_records", rows, "检查记录", without=("inspector_cert_nos",))
            self.writer.table(f"{folder}/检查记录/检查记录_缺执法证号", PLAIN, sheet)
        if month == _GAP_MONTH:
            self.writer.put(f"{folder}/检查记录/空白.csv", b"")
        if month == _OPEN_MONTH:
            self.writer.put(f"{folder}/~$登记台账.xlsx", b"\x00")

    def _sheet(
        self, source: str, rows: pl.DataFrame, name: str = "", unreadable: dict[str, str] | None = None
    ) -> Sheet:
        return Sheet(source, rows, f"{name}{CONTRACTS[source].title_zh}", unreadable or {})
