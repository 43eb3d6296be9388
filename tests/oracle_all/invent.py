"""Invented seasons with values near every boundary of RULES.md, as CSV files."""

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from oracle_all.rows import USCC, Regions

REGIONS = Regions()
HEADERS = {  # the columns of each source, in the order in which the rows below are drawn
    "inspection_records": (
        "检查记录编号 检查类型 检查方式 填报单位区划代码 检查对象名称 "
        "统一社会信用代码 检查对象区划代码 经度 纬度 检查开始时间 检查结束时间 "
        "上传时间 检查人员 执法证号 是否发现问题 问题描述 处理意见 照片数量 上传终端 "
        "记录状态"
    ),
    "evidence_documents": "文书编号 文书类型 案件文号 制作方式 制作人执法证号 制作时间",
    "officer_roster": (
        "统计月份 人员编号 姓名 所属单位区划代码 是否在编 是否在岗 执法证号 证件有效期起 证件有效期止"
    ),
    "transmission_rates": (
        "统计月份 区划代码 应传数据量 即时有效数据量 补全有效数据量 即时有效传输率 补全有效传输率"
    ),
    "typical_cases": (
        "发布级别 采纳形式 发布日期 案例名称 案件文号 承办单位区划代码 承办人员执法证号 发布链接"
    ),
    "referrals": "移送编号 案由类型 移送单位区划代码 移送日期 受理公安机关 公安立案日期 立案文号",
    "penalty_cases": (
        "案件文号 办案单位区划代码 当事人名称 处罚决定日期 结案日期 案件类型 "
        "配套办法 线索来源 门户网站公开 主办人员执法证号 举报奖励类型 大案要案类别 "
        "大案要案认定"
    ),
    "case_file_reviews": "评查类型 参评对象类型 区划代码 执法证号 案件文号 案卷类型 评分 实体错误 评查日期",
    "campaign_service": (
        "行动名称 组织单位 轮次 执法证号 派出单位区划代码 派员日期 表现评分 违纪次数 廉洁问题"
    ),
    "reported_measures": "区划代码 事项代码 完成情况 完成日期 填报日期 佐证材料",
    "material_reviews": "对象类型 区划代码 执法证号 问题类型 处数 审核日期",
    "nominations": "推荐类型 推荐单位区划代码 区划代码 执法证号 推荐顺序 推荐日期",
}
KEY_COLUMNS = {  # positions of the key's columns, which a correction keeps
    "inspection_records": (0,),
    "evidence_documents": (0,),
    "officer_roster": (0, 1),
    "transmission_rates": (0, 1),
    "typical_cases": (0, 1, 4),
    "referrals": (0,),
    "penalty_cases": (0,),
    "case_file_reviews": (0, 1, 2, 3, 4),
    "campaign_service": (0, 2, 3),
    "reported_measures": (0, 1),
    "material_reviews": (0, 1, 2, 3),
    "nominations": (0, 1, 2, 3),
}
DATES = [  # first and last days around the periods of the rules
    date(2021, 12, 31),
    date(2022, 1, 1),
    date(2022, 1, 31),
    date(2022, 2, 28),
    date(2022, 3, 1),
    date(2022, 3, 31),
    date(2022, 4, 1),
    date(2022, 4, 30),
    date(2022, 5, 1),
    date(2022, 6, 30),
    date(2022, 7, 1),
    date(2022, 8, 31),
    date(2022, 9, 1),
    date(2022, 9, 30),
    date(2022, 10, 1),
    date(2022, 10, 31),
    date(2022, 11, 1),
    date(2022, 11, 30),
    date(2022, 12, 1),
    date(2022, 12, 31),
    date(2023, 1, 1),
]
MARKS = [  # many of them next to where points are rounded
    "0",
    "100",
    "90",
    "90.001",
    "80.00015625",
    "80.0005",
    "60",
    "33.333333333333",
    "99.9999",
    "0.001",
    "50",
    "87.5",
    "66.666",
    "75.0015",
]
ITEMS = [  # reported measures
    "C4.1a",
    "C4.1b",
    "C4.2a",
    "C4.2b",
    "C4.6",
    "C4.8",
    "C4.9a",
    "C4.9b",
    "C6.1",
    "C6.2",
    "C6.3",
    "C7.4b",
    "C9.3a",
    "C9.3b",
    "C11.1a",
    "C11.1b",
    "C11.2a",
    "C11.2b",
    "C11.3a",
    "C11.3b",
    "C11.3c",
]
STYLES = (
    "small",  # a few of everything, much of it damaged
    "wide",  # every prefecture
    "dense",  # many rows on few officers
    "sparse",  # few months delivered
    "quiet",  # next to nothing delivered
    "prime",  # one prefecture that does well
    "prime",
    "crowd",  # many officers in few agencies
    "award",  # many nominated in every prefecture
    "award",
)


class Inventor:
    """Draws the rows of a season; all dates are of 2022 until they are written.

    Attributes:
        draw: where everything is drawn from.
        style: one of `STYLES`.
        year: the season's year.
        is_calm: rows are mostly in order, so that high points and ties occur.
        rows: delivery month and source → the rows delivered.
        drawn: source → the rows drawn, from which a correction takes values.
        later_certs: certificate numbers that officers got during the year.
        known_cases: the rows of penalty cases.
        months: the months in which files are delivered.
        noise: how many cells are damaged, of 4.
    """

    def __init__(self, seed: int, style: str, year: int) -> None:
        """Draw the style, the agencies and their officers."""
        self.draw = draw = random.Random(seed)  # noqa: S311 - reproducible test data, nothing secret
        self.style = style or draw.choice(STYLES)
        self.year = year
        self.is_calm = self.style in ("prime", "crowd", "award")
        self.rows: dict[tuple[int, str], list[list[Any]]] = defaultdict(list)
        self.drawn: dict[str, list[list[Any]]] = {}
        self.later_certs: list[str] = []
        self.known_cases: list[list[Any]] = []
        self.months = list(range(1, 13))
        if self.style == "sparse":
            self.months = sorted(draw.sample(self.months, draw.randint(1, 5)))
        self.noise = (
            0.0
            if self.style in ("wide", "dense", "prime", "crowd", "award") and draw.random() < 0.7
            else 0.04
        )
        one_to_four = draw.randint(1, 4)
        count = {"wide": 14, "award": 14, "prime": 1, "crowd": 1}.get(self.style, one_to_four)
        self.prefectures = draw.sample(REGIONS.prefectures, count)
        self.agencies = []
        for prefecture in self.prefectures:
            counties = [code for code in REGIONS.counties if code[:4] == prefecture[:4]]
            drawn = min(len(counties), draw.randint(0, 3) if self.style != "crowd" else draw.randint(0, 1))
            self.agencies += [prefecture] * (draw.random() < 0.8) + draw.sample(counties, drawn)
        self.agencies = self.agencies or [self.prefectures[0]]
        self.outside = ["650000", "659001", "659006"]  # the region itself and cities of the Corps
        self.officers = []
        for i in range(
            {
                "small": 14,
                "wide": 70,
                "dense": 10,
                "sparse": 10,
                "quiet": 6,
                "prime": draw.randint(1, 6),
                "crowd": draw.choice([10, 20, 21, 22, 40]),
                "award": draw.choice([20, 45, 60, 90]),
            }[self.style]
        ):
            is_inside = draw.random() < (0.98 if self.is_calm else 0.88)
            agency = draw.choice(self.agencies if is_inside else self.outside)
            self.officers.append(
                {
                    "id": f"R{i:03d}" if draw.random() < 0.9 else f"r{i}",
                    "agency": agency,
                    "cert": f"65{i:04d}",
                    "name": f"甲{i}",
                }
            )
        self.certs = [officer["cert"] for officer in self.officers]

    def day(self) -> date:
        """A day of the season, often next to the end of a period."""
        draw = self.draw
        return (
            draw.choice(DATES)
            if draw.random() < 0.4
            else date(2022, 1, 1) + timedelta(days=draw.randint(0, 333))
        )

    def deliver(self, source: str, row: list[Any], near: date) -> None:
        """Deliver a row in a month from `near` on, now and then again as a copy or a correction."""
        draw = self.draw
        if draw.random() < 0.8 and near.year == 2022:
            later = [month for month in self.months if month >= near.month]
            month = later[0] if later else self.months[-1]
        else:
            month = draw.choice(self.months)
        self._put(month, source, row)
        if draw.random() < 0.12 and self.style != "quiet":
            again = list(row)
            if draw.random() < 0.8:
                other = draw.choice(self.drawn.get(source) or [row])
                for column in range(len(row)):
                    if column not in KEY_COLUMNS[source] and draw.random() < 0.35:
                        again[column] = other[column]
            self._put(month if draw.random() < 0.4 else draw.choice(self.months), source, again)
        self.drawn.setdefault(source, []).append(row)

    def _put(self, month: int, source: str, row: list[Any]) -> None:
        draw = self.draw
        row = list(row)
        for column in range(len(row)):
            if draw.random() < self.noise / 4:
                row[column] = draw.choice(
                    [
                        "",
                        "坏值",
                        "-",
                        "无",
                        "650199",
                        "659999",
                        "2022-02-30",
                        "1000000",
                        "-1",
                        "1.5",
                        "是",
                        "/",
                    ]
                )
        self.rows[month, source].append(row)

    def cert(self) -> str:
        """A certificate number, mostly an officer's."""
        draw = self.draw
        if draw.random() < (0.99 if self.is_calm else 0.93):
            return draw.choice(self.certs)
        return draw.choice(
            ["659999999", "", "旧" + draw.choice(self.certs), draw.choice(self.later_certs or ["650001"])]
        )

    def cert_list(self, least: int = 1, most: int = 3) -> str:
        """Several certificate numbers in a cell."""
        return self.draw.choice("、，;/|").join(self.cert() for _ in range(self.draw.randint(least, most)))

    def agency(self) -> str:
        """A division code, mostly of an agency that has officers."""
        draw = self.draw
        if draw.random() < (0.98 if self.is_calm else 0.9):
            return draw.choice(self.agencies)
        return draw.choice(
            [
                *self.outside,
                draw.choice(REGIONS.counties),
                draw.choice(self.prefectures),
                "652923",
                "659999",
                "",
            ]
        )

    def rosters(self) -> None:
        """Officer rosters: units that deliver some months only, officers that move or change certificates."""
        draw = self.draw
        months = [f"2022-{m:02d}" for m in range(1, 13)]
        if draw.random() < 0.2:
            months.append("2021-12")
        if draw.random() < 0.2:
            months.append("2023-01")
        state = [
            dict(officer, from_="2021-01-01", to="2024-12-31", est="是", post="是")
            for officer in self.officers
        ]
        given: dict[str, set[str]] = {}  # unit → the months whose roster it delivers
        agencies = [*(officer["agency"] for officer in self.officers), *self.agencies]
        for unit in sorted({REGIONS.unit(agency) for agency in agencies}):
            given[unit] = set(months) if draw.random() < 0.3 else {m for m in months if draw.random() < 0.35}
            if draw.random() < 0.1:
                given[unit] = set(months[-3:])
            if not given[unit] and draw.random() < 0.8:
                given[unit] = {draw.choice(months)}
        change = draw.choice([0.0, 0.1, 0.3]) if self.is_calm else 1.0
        if self.is_calm:
            given = {
                unit: set(months) if draw.random() < 0.5 else {"2022-01", draw.choice(months)}
                for unit in given
            }
        for month in sorted(months):
            for officer in state:
                if draw.random() < change * 0.06:
                    officer["agency"] = draw.choice(self.agencies + self.outside)
                if draw.random() < change * 0.05:
                    new = draw.choice(self.certs) if draw.random() < 0.5 else "N" + officer["cert"]
                    self.later_certs.append(new)
                    officer["cert"] = new
                if draw.random() < change * 0.05:
                    officer["to"] = draw.choice(
                        [
                            "2022-06-30",
                            "2022-11-30",
                            "2022-11-29",
                            "2022-02-28",
                            "",
                            "2020-01-01",
                            "2022-12-31",
                            "长期",
                        ]
                    )
                if draw.random() < change * 0.05:
                    officer["from_"] = draw.choice(
                        ["2022-11-30", "2022-12-01", "2022-04-01", "", "2022-05-31"]
                    )
                if draw.random() < change * 0.03:
                    officer["cert"] = draw.choice(["", officer["cert"], "65" + officer["id"][1:]])
                if draw.random() < change * 0.06:
                    officer["post"] = draw.choice("是否") if draw.random() < 0.8 else ""
                if draw.random() < change * 0.06:
                    officer["est"] = draw.choice("是否")
                if month in given.get(REGIONS.unit(officer["agency"]), ()) and draw.random() < 0.96:
                    row = [
                        month,
                        officer["id"],
                        officer["name"],
                        officer["agency"],
                        officer["est"],
                        officer["post"],
                        officer["cert"],
                        officer["from_"],
                        officer["to"],
                    ]
                    near = date(2022, int(month[5:]) if month.startswith("2022") else 1, 1)
                    self.deliver("officer_roster", row, near)

    def records(self) -> None:
        """Inspection records, with every rule of their contract broken now and then."""
        draw = self.draw
        count = {
            "small": 140,
            "wide": 420,
            "dense": 420,
            "sparse": 60,
            "quiet": 12,
            "prime": draw.choice([60, 200, 400]),
            "crowd": draw.choice([20, 40, 80, 160]),
            "award": 120,
        }[self.style]
        damage = draw.choice([0.0, 0.05, 0.3]) if self.is_calm else 1.0
        for number in range(count):
            day = self.day()
            if self.style == "prime" and draw.random() < 0.9:
                day = date(2022, 4 + number % 8, draw.randint(1, 30))
            uploaded = datetime(day.year, day.month, day.day) + timedelta(
                seconds=draw.choice([0, 1, 86399, draw.randint(0, 86399)])
            )
            ended = (
                uploaded - timedelta(seconds=draw.choice([0, 60, 259200, 259201, 3600, -1, 100000]))
                if draw.random() < 0.6 * damage
                else uploaded - timedelta(hours=2)
            )
            started = (
                ended - timedelta(seconds=draw.choice([0, 3600, 86400, 86401, -1]))
                if draw.random() < 0.5 * damage
                else ended - timedelta(hours=1)
            )
            record_id = f"JC{draw.choice(self.agencies)}{uploaded:%Y%m%d}{number:05d}"
            certs = self.cert_list(1 if draw.random() < 0.3 * damage else 2, 3)
            inspectors = len([cert for cert in re.split("[、，;/|]", certs) if cert])
            names = "、".join(
                "甲" for _ in range(inspectors if draw.random() >= damage * 0.03 else inspectors + 1)
            )
            code = "91650100MA" + "".join(draw.choice(USCC) for _ in range(7))
            code += USCC[(31 - sum(USCC.index(c) * (3**j % 31) for j, c in enumerate(code)) % 31) % 31]
            found = draw.choice(["是", "否", "否", "否"])
            row = [
                record_id if draw.random() >= damage * 0.08 else "JC1",
                draw.choice(["日常检查", "双随机抽查", "其他"])
                if draw.random() >= damage * 0.07
                else draw.choice(["", "乱"]),
                draw.choice(["现场检查", "现场检查", "非现场检查"]) if draw.random() >= damage * 0.07 else "",
                self.agency(),
                "厂" if draw.random() >= damage * 0.07 else "",
                code if draw.random() >= damage * 0.05 else draw.choice(["", code[:-1] + "0", "123"]),
                draw.choice(["", "650102", "999999"]) if draw.random() < 0.3 * damage else "650102",
                draw.choice(["87.6", "73.40", "96.40", "96.41", ""])
                if draw.random() < 0.1 * damage
                else "87.6",
                draw.choice(["43.8", "34.30", "49.20", "49.21"]) if draw.random() < 0.1 * damage else "43.8",
                started.strftime("%Y-%m-%d %H:%M:%S") if draw.random() >= damage * 0.08 else "",
                ended.strftime("%Y-%m-%d %H:%M:%S") if draw.random() >= damage * 0.08 else "",
                uploaded.strftime("%Y-%m-%d %H:%M:%S"),
                names,
                certs,
                found,
                "有" if draw.random() >= 0.2 * damage else "",
                "限期" if draw.random() >= 0.2 * damage else "",
                draw.choice(["3", "1", "0", "", "-1"]) if draw.random() < 0.2 * damage else "2",
                draw.choice(["移动端", "移动端", "移动端", "电脑端"])
                if draw.random() >= damage * 0.08
                else "",
                "有效" if draw.random() >= damage * 0.03 else draw.choice(["作废", "草稿", ""]),
            ]
            self.deliver("inspection_records", row, uploaded.date())

    def many(self, least: int, most: int) -> range:
        """As many numbers as rows are to be drawn, more or less of them by style."""
        factor = {"wide": 2.0, "dense": 2.5, "sparse": 0.8, "quiet": 0.3}.get(self.style, 1.0)
        if self.draw.random() < 0.08:
            return range(0)
        return range(int(self.draw.randint(least, most) * factor))

    def cases(self) -> None:
        """Penalty cases, and what refers to them: typical cases, reviews of case files, referrals."""
        draw = self.draw
        case_nos = [
            f"{draw.choice(['甲', '乙'])}环罚〔2022〕{number}号"
            for number in range(1, 60 if self.style in ("wide", "dense") else 25)
        ]
        focus = draw.choice(["双随机抽查", "举报奖励", "非现场监管", "第三方辅助"])
        home = draw.choice(self.agencies)
        for case_no in case_nos:
            if draw.random() < 0.1:
                continue
            decided = self.day()
            closed = draw.choice(
                ["", self.day(), decided, decided + timedelta(days=20), decided + timedelta(days=20)]
            )
            row = [
                case_no.replace("〔2022〕", draw.choice(["〔2022〕", "[2022]", "（2022）", " (2022) "])),
                home if draw.random() < 0.4 else self.agency(),
                "某" if draw.random() < 0.9 else "",
                decided,
                closed,
                draw.choice(["一般行政处罚", "配套办法"]),
                draw.choice(["", "查封扣押", "查封扣押、限产停产", "口头批评"]),
                focus
                if draw.random() < 0.6
                else draw.choice(
                    [
                        "双随机抽查",
                        "举报奖励",
                        "非现场监管",
                        "第三方辅助",
                        "日常检查",
                        "信访举报",
                        "其他",
                        "乱",
                    ]
                ),
                draw.choice(["已公开", "已公开", "已公开", "未公开", "依法不公开", "", "乱"]),
                self.cert_list(0, 3),
                draw.choice(["", "", "", "一般", "内部人举报", "重奖"]),
                draw.choice(["", "1", "2", "1、2", "3，4", "4", "1、1", "5", "2、5", "1、2、3、4"]),
                draw.choice(["认定", "认定", "不认定", "待定", ""]),
            ]
            if draw.random() < 0.5:
                row[4], row[8], row[9] = (
                    decided + timedelta(days=draw.choice([0, 0, 5])),
                    "已公开",
                    row[9] or self.cert(),
                )
            self.known_cases.append(row)
            self.deliver("penalty_cases", row, decided)
        for _ in self.many(4, 30):
            day = self.day()
            self.deliver(
                "typical_cases",
                [
                    draw.choice(["生态环境部", "自治区生态环境厅", "自治区生态环境厅"]),
                    draw.choice(["典型案例", "典型案例", "案例剖析"]),
                    day,
                    "题",
                    draw.choice(case_nos),
                    home if draw.random() < 0.4 else self.agency(),
                    self.cert_list(0, 3),
                    draw.choice(["", "http://a.cn", "ftp://a"]),
                ],
                day,
            )
        for _ in self.many(6, 40):
            day = self.day()
            kind = draw.choice(["案卷质量", "案卷质量", "案卷质量", "案卷大家评"])
            entrant = draw.choice(["集体", "个人"])
            self.deliver(
                "case_file_reviews",
                [
                    kind,
                    entrant,
                    (home if draw.random() < 0.3 else self.agency())
                    if entrant == "集体" or draw.random() < 0.1
                    else "",
                    self.cert() if entrant == "个人" or draw.random() < 0.1 else "",
                    draw.choice(case_nos),
                    draw.choice(["一般行政处罚", "配套办法", "一般行政处罚", "配套办法", ""]),
                    draw.choice([*MARKS, "", "100.001"]),
                    draw.choice(["否", "", "否", "是"]),
                    day,
                ],
                day,
            )
            if draw.random() < 0.7 and self.known_cases:
                case = draw.choice(self.known_cases)
                day = draw.choice([day, day, date(2022, 5, 5)])
                for entrant in draw.choice([["集体"], ["个人"], ["集体", "个人"], ["集体", "集体", "个人"]]):
                    self.deliver(
                        "case_file_reviews",
                        [
                            "案卷质量",
                            entrant,
                            draw.choice(
                                [case[1], case[1], case[1][:4] + "00" if case[1] else "", self.agency()]
                            )
                            if entrant == "集体"
                            else "",
                            draw.choice(re.split("[、，;/|]", case[9])) if entrant == "个人" else "",
                            case[0],
                            draw.choice(["一般行政处罚", "配套办法"]),
                            draw.choice(MARKS) if entrant == "集体" or draw.random() < 0.8 else "",
                            draw.choice(["否", "", "否", "否", "否", "是"]),
                            draw.choice([day, self.day()]),
                        ],
                        day,
                    )
        for number in self.many(4, 30):
            day = self.day()
            filed = draw.choice(["", day, day + timedelta(days=draw.randint(0, 60)), self.day(), self.day()])
            self.deliver(
                "referrals",
                [
                    f"YS{number}",
                    draw.choice(["涉危险废物", "自动监测数据弄虚作假", "其他"]),
                    home if draw.random() < 0.3 else self.agency(),
                    day,
                    "公安",
                    filed,
                    "",
                ],
                day,
            )

    def rate(self, count: int, expected: int) -> str:
        """A stated rate, in percent or as a share, next to where it would contradict the counts (TR-F1)."""
        draw = self.draw
        if draw.random() < 0.5 or not expected:
            return draw.choice(["", "", "95%"])
        true = Decimal(100 * count) / Decimal(expected) + draw.choice(
            [Decimal(x) for x in ("0", "0.05", "-0.05", "0.051", "-0.0501", "0.0500000001", "0.04999")]
        )
        return f"{true:f}" + draw.choice(["", "%"]) if draw.random() < 0.6 else f"{true / 100:f}"

    def rest(self) -> None:
        """The other sources: campaigns, documents, rates, measures, reviews of material, nominations."""
        draw = self.draw
        breach = 0.08 if draw.random() < 0.6 and self.style != "award" else 0.0
        for _ in self.many(4, 40):
            day = self.day()
            cert = self.cert()
            self.deliver(
                "campaign_service",
                [
                    draw.choice(["帮扶", "排污口"]),
                    draw.choice(["生态环境部", "自治区生态环境厅", "自治区生态环境厅"]),
                    str(draw.randint(1, 4)),
                    cert,
                    self.agency(),
                    day,
                    draw.choice(MARKS) if draw.random() < 0.8 else "",
                    draw.choice(["", "0", "1", "2", "6", "-1"]) if draw.random() < 0.3 else "",
                    "是" if draw.random() < breach else draw.choice(["", "否"]),
                ],
                day,
            )
        for number in self.many(5, 40):
            day = self.day()
            self.deliver(
                "evidence_documents",
                [
                    f"W{number}",
                    draw.choice(["其他", "调查询问笔录"]),
                    "",
                    draw.choice(["移动执法系统", "移动执法系统", "线下制作"]),
                    self.cert_list(0, 2),
                    f"{day} {draw.choice(['00:00:00', '23:59:59', '8:05'])}",
                ],
                day,
            )
        more = {draw.choice(REGIONS.counties)} if draw.random() < 0.3 else set()
        for agency in sorted({*self.agencies, *more}):
            for month in range(1, 13):
                if draw.random() < 0.3:
                    expected = draw.choice([0, 20, 100, 1000, 10, 4])
                    completed = min(
                        expected,
                        draw.choice([expected * 95 // 100, expected, expected * 95 // 100 - 1, expected]),
                    )
                    immediate = max(
                        0,
                        min(
                            completed,
                            draw.choice(
                                [
                                    expected * 95 // 100,
                                    expected * 90 // 100,
                                    expected * 90 // 100 - 1,
                                    completed,
                                ]
                            ),
                        ),
                    )
                    self.deliver(
                        "transmission_rates",
                        [
                            f"2022-{month:02d}" if draw.random() < 0.97 else "2021-12",
                            agency,
                            expected,
                            immediate,
                            max(completed, 0),
                            *(self.rate(count, expected) for count in (immediate, completed)),
                        ],
                        date(2022, month, 1),
                    )
        will = draw.random()
        for agency in sorted(
            {*self.agencies, *self.prefectures, *draw.sample(REGIONS.counties, 2), "650000", "659001"}
        ):
            for item in ITEMS:
                if draw.random() < will:
                    day = self.day()
                    value = (
                        draw.choice(["0", "1", "2", "1.5", "0.33335", "2.1", "-1", "是", "2.0"])
                        if item == "C7.4b"
                        else draw.choice(["是", "是", "是", "否", "Y", "1", "2"])
                    )
                    done = (
                        draw.choice(
                            [
                                "",
                                date(2022, 8, 31),
                                date(2022, 9, 1),
                                date(2022, 9, 30),
                                date(2022, 10, 1),
                                date(2021, 5, 5),
                            ]
                        )
                        if draw.random() < 0.7
                        else date(2022, 8, 1)
                    )
                    self.deliver(
                        "reported_measures", [agency, item, value, done, day, draw.choice(["有", ""])], day
                    )
        for _ in self.many(0, 14):
            day = self.day()
            entrant = draw.choice(["集体", "个人"])
            self.deliver(
                "material_reviews",
                [
                    entrant,
                    self.agency() if entrant == "集体" or draw.random() < 0.1 else "",
                    self.cert() if entrant == "个人" or draw.random() < 0.1 else "",
                    draw.choice(["当事人信息", "文字错误", "雷同抄袭"]),
                    draw.choice(["1", "1", "2", "3", "0", "1000000000000"]),
                    day,
                ],
                day,
            )
        share = draw.choice([0.2, 0.6, 1.0]) if self.style != "award" else draw.choice([0.8, 1.0])
        for officer in self.officers:
            if draw.random() < share:
                for _ in range(draw.choice([1, 1, 2])):
                    day = draw.choice([date(2022, 10, 15), self.day(), date(2022, 3, 1)])
                    self.deliver(
                        "nominations",
                        [
                            draw.choice(
                                ["现场执法能手", "现场执法能手", "现场执法能手", "组织宣传表现突出个人"]
                            ),
                            REGIONS.unit(officer["agency"])
                            if draw.random() < 0.93
                            else draw.choice([*REGIONS.prefectures, "650000", "650102", ""]),
                            "",
                            officer["cert"],
                            "1",
                            day,
                        ],
                        day,
                    )
        more = draw.sample(REGIONS.counties, 30 if self.style in ("wide", "award") else 2)
        for agency in sorted({*self.agencies, *more}):
            if draw.random() < share:
                day = draw.choice([date(2022, 10, 15), self.day(), date(2022, 3, 1)])
                self.deliver(
                    "nominations",
                    [
                        "县级集体",
                        agency[:4] + "00" if draw.random() < 0.95 else draw.choice(REGIONS.prefectures),
                        agency,
                        "",
                        "",
                        day,
                    ],
                    day,
                )

    def write(self, raw: Path) -> None:
        """Draw everything and write CSV files; now and then a source is not delivered."""
        draw = self.draw
        self.rosters()
        self.records()
        self.cases()
        self.rest()
        lost = {source for source in HEADERS if draw.random() < 0.04}
        for (month, source), rows in sorted(self.rows.items()):
            if source in lost and source != "officer_roster":
                continue
            files = draw.choice([1, 1, 2, 3])
            names = draw.sample(
                [
                    "表.csv",
                    "表_2.csv",
                    "表_10.csv",
                    "表 (2).csv",
                    "子/表.csv",
                    "A.csv",
                    "2/b.csv",
                    "10/b.csv",
                    "表_更正1.csv",
                ],
                files,
            )
            parts: list[list] = [[] for _ in names]
            for row in rows:
                draw.choice(parts).append(row)
            for name, part in zip(names, parts, strict=True):
                stem, dot, end = name.rpartition(".")
                path = (
                    raw / f"{self.year}-{month:02d}" / f"{stem}_{source}{dot}{end}"
                    if "_" not in stem
                    else raw / f"{self.year}-{month:02d}" / source / name
                )
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("w", encoding="utf-8", newline="") as file:
                    writer = csv.writer(file)
                    writer.writerow(HEADERS[source].split(" "))
                    writer.writerows([_in_year(str(cell), self.year) for cell in row] for row in part)


def _in_year(text: str, year: int) -> str:
    """A cell with its dates moved from the season 2022, and the years beside it, to another year."""
    return re.sub(r"202[1-3]", lambda match: str(int(match[0]) + year - 2022), text) if year != 2022 else text


def invent(seed: int, raw: Path, style: str = "", year: int = 2022) -> None:
    """Draw a season from a seed and write its files.

    Args:
        seed: what it is drawn from.
        raw: folder of the deliveries.
        style: one of `STYLES`; empty: drawn too.
        year: the season's year.
    """
    Inventor(seed, style, year).write(raw)
