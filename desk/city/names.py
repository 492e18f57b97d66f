"""Names: people from Faker's own lists, compounds, villages and firms put together from ordinary words."""

from dataclasses import dataclass
from functools import cache
from random import Random

_ESTATE = (
    *("开元", "瑞福", "锦绣", "阳光", "和谐", "金水", "龙泽", "东方", "翡翠", "御景", "书香", "丽水"),
    *("凤凰", "华府", "紫荆", "银座", "泰和", "文峰", "代村", "荀子", "沂河", "会宝", "玉景", "天润"),
)
_ESTATE_KIND = ["名都", "苑", "花园", "家园", "小区", "华庭", "新城", "嘉园", "公馆", "雅居"]
_QUARTER = ("", "北区", "南区", "东区", "西区", "一期", "二期", "三期")
_FAMILY = (
    *("王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙"),
    *("胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢"),
    *("韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许"),
)
_VILLAGE_KIND = ["庄", "村", "楼", "家村", "桥村", "官庄", "湖村", "沟村", "岭村", "埠村"]
_SIDE = ("", "东", "西", "南", "北", "前", "后", "大", "小")
_TRADE = ["餐饮服务", "食品", "酒店管理", "蔬菜加工", "纺织", "商贸", "洗浴服务", "烘焙", "建材", "机械制造"]
_PUBLIC = ["中心小学", "实验幼儿园", "敬老院", "社区服务中心", "第二中学", "卫生院"]


@dataclass(frozen=True)
class Person:
    """A made-up person and the language they are written to in."""

    name: str
    language: str


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    from faker.providers.person.en import Provider as English
    from faker.providers.person.ru_RU import Provider as Russian
    from faker.providers.person.zh_CN import Provider as Chinese

    return {
        "zh_last": tuple(list(Chinese.last_names)[:120]),
        "zh_first": tuple(Chinese.first_names),
        "ru_last": tuple(Russian.last_names_male),
        "ru_first": tuple(Russian.first_names_male),
        "ru_middle": tuple(Russian.middle_names_male),
        "ru_last_f": tuple(Russian.last_names_female),
        "ru_first_f": tuple(Russian.first_names_female),
        "ru_middle_f": tuple(Russian.middle_names_female),
        "en_last": tuple(list(English.last_names)[:400]),
        "en_first": tuple(English.first_names),
    }


def person(rng: Random) -> Person:
    """Mostly Chinese, a few Russian and English speakers. Common family names are commoner."""
    lists, kind = _lists(), rng.random()
    if kind < 0.955:
        last = lists["zh_last"]
        return Person(last[int(rng.random() ** 2 * len(last))] + rng.choice(lists["zh_first"]), "zh-hans")
    if kind < 0.985:
        end = rng.choice(("", "_f"))
        return Person(" ".join(rng.choice(lists[f"ru_{part}{end}"]) for part in ("last", "first", "middle")), "ru")
    return Person(f"{rng.choice(lists['en_first'])} {rng.choice(lists['en_last'])}", "en")


def firm(rng: Random) -> str:
    """A firm that cooks, washes or makes something with gas."""
    return f"兰陵县{rng.choice(_ESTATE)}{rng.choice(_TRADE)}有限公司"


def public_body(rng: Random, town: str) -> str:
    """A school, a care home, a community office: pays the welfare price."""
    return f"兰陵县{town.removesuffix('街道').removesuffix('镇').removesuffix('乡')}{rng.choice(_PUBLIC)}"


def estate(n: int) -> str:
    """The n-th name of a compound in a town; all different."""
    quarter, rest = divmod(n, len(_ESTATE) * len(_ESTATE_KIND))
    # Steps through kinds and words together, so that neighbours in the list do not sound alike.
    word, kind = _ESTATE[rest % len(_ESTATE)], _ESTATE_KIND[(rest // len(_ESTATE) + rest % len(_ESTATE)) % len(_ESTATE_KIND)]
    again, quarter = divmod(quarter, len(_QUARTER))
    return f"{word}{kind}{_QUARTER[quarter]}{again or ''}"


def village(n: int) -> str:
    """The n-th name of a village in a town; all different."""
    side, rest = divmod(n, len(_FAMILY) * len(_VILLAGE_KIND))
    family, kind = _FAMILY[rest % len(_FAMILY)], _VILLAGE_KIND[(rest // len(_FAMILY) + rest % len(_FAMILY)) % len(_VILLAGE_KIND)]
    again, side = divmod(side, len(_SIDE))
    return f"{_SIDE[side]}{family}{kind}{again or ''}"
