"""Invented people and enterprises of the demo."""

from __future__ import annotations

from itertools import product

import numpy as np

SURNAMES = list(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
GIVEN = [
    "建国", "志强", "晓峰", "海燕", "丽娟", "文博", "雪梅", "永刚", "玉兰", "春生", "国庆", "慧敏", "俊杰",
    "雅婷", "宏伟",
    "振华", "秀英", "立新", "新疆", "边江", "天山", "援朝", "戈", "鹏", "静", "磊", "娜", "伟", "敏", "婷",
    "昊然", "子涵",
    "思远", "若兰", "铁军", "军", "霞", "辉", "红", "勇",
]  # fmt: skip
UYGHUR = [
    "艾合买提", "买买提", "阿卜杜拉", "吐尔逊", "阿依古丽", "古丽娜尔", "帕提古丽", "热依汗", "艾尔肯",
    "库尔班", "努尔麦麦提",
    "麦麦提敏", "阿布都热合曼", "依力哈木", "玉素甫", "伊敏", "肉孜", "卡德尔", "塔依尔", "阿迪力",
    "米热古丽", "迪丽努尔",
    "祖丽皮亚", "阿曼古丽", "茹仙古丽", "凯赛尔", "亚森", "沙吾提", "木合塔尔", "热合曼", "艾则孜", "图尔荪",
]  # fmt: skip
KAZAKH = [
    "叶尔兰", "努尔兰", "阿依努尔", "巴合提", "哈那提", "古丽米拉", "加娜尔", "赛力克", "木拉提", "叶尔肯",
    "沙哈提", "阿勒玛",
    "巴哈尔", "别克", "达吾列提", "波拉提",
]  # fmt: skip
FIRST = [
    "华凌", "天山", "绿洲", "金胡杨", "西域", "昆仑", "博格达", "塔河", "丝路", "瀚海", "北疆", "南疆",
    "雪莲", "准东", "阿拉套",
    "和润", "恒昌", "鑫源", "宏泰", "广源", "润丰", "众和", "新锦", "远东",
]  # fmt: skip
TRADE = [
    "化工", "热力", "水泥", "纺织", "油脂", "煤业", "矿业", "番茄制品", "污水处理", "建材", "硅业", "铝业",
    "棉业", "畜禽养殖",
    "固废处置", "石化", "再生资源", "乳业", "供热", "印染", "葡萄酒业", "电力",
]  # fmt: skip
FORM = ["有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "厂"]

# The share of Uyghur and Kazakh names among officers, by prefecture; elsewhere half and half of the mean.
_SOUTH, _NORTH = ("6529", "6530", "6531", "6532", "6504"), ("6540", "6542", "6543", "6527")
_SHARES = {**dict.fromkeys(_SOUTH, (0.75, 0.01)), **dict.fromkeys(_NORTH, (0.12, 0.33))}
_SHARES_ELSEWHERE = (0.25, 0.05)


def people(rng: np.random.Generator, prefectures: np.ndarray) -> list[str]:
    """One person's name for each prefecture (its first four digits); joined names bear the mark `·`."""
    count = len(prefectures)
    han = np.array([a + b for a, b in product(SURNAMES, GIVEN)])[
        rng.integers(0, len(SURNAMES) * len(GIVEN), count)
    ]
    uyghur = _joined(rng, UYGHUR, count)
    kazakh = _joined(rng, KAZAKH, count)
    shares = np.array([_SHARES.get(str(p), _SHARES_ELSEWHERE) for p in prefectures]).reshape(count, 2)
    draw = rng.random(count)
    return list(np.where(draw < shares[:, 0], uyghur, np.where(draw < shares.sum(axis=1), kazakh, han)))


def _joined(rng: np.random.Generator, words: list[str], count: int) -> np.ndarray:
    names = np.array(["·".join(pair) for pair in product(words, words)])
    return names[rng.integers(0, len(names), count)]


def enterprises(rng: np.random.Generator, places: np.ndarray) -> list[str]:
    """One enterprise's name for each place name."""
    stems = np.array(["".join(words) for words in product(FIRST, TRADE, FORM)])
    return list(np.char.add(places.astype(str), stems[rng.integers(0, len(stems), len(places))]))
