"""Names that only the sentence tells, whatever the words are: behind "my daughter", 户主 or «фамилия», as a signature, beside a phone."""

import re
from collections.abc import Iterator

from .english_words import NO_NAME
from .found import Found
from .normal import Normal

_W = r"[A-Z](?:['’][A-Z])?[a-z]+(?:-[A-Z][a-z]+)?"
_K = r"[А-ЯЁ][а-яёі]+(?:-[А-ЯЁ][а-яёі]+)?"
_NOT = r"(?![不没未已必在有来去要说是请同电变更需还本写登和与跟及的了为]|姓名|信息|地址|电话|手机|客户|用户)"
_END = r"(?=[ ,，.。;；:：!！?？、()（）和家]|$)"
_ENGLISH = tuple(
    re.compile(shape)
    for shape in (
        rf"[Mm]y (?:daughter|son|boy|girl|wife|husband|mum|dad|kid|sister|brother),?\s(?P<name>{_W})(?=[ ,.]|$)",
        rf"(?:Tell|Ask|Phone|Text)\s(?P<name>{_W})\s(?:to|that|not)\b",
        rf"\b(?:fitter|engineer|plumber|driver|operator)\s\((?P<name>{_W})(?=[,)])",
        rf"(?:Hi|Hello|Yo|Hey),?\s(?P<name>{_W}) here\b",
        r"(?:I AM|I'M|THIS IS|MY NAME IS)(?: NOT)?\s(?P<name>[A-Z]{4,}(?: [A-Z]{3,})?)(?=[.!,]|$)",
        rf"(?:cust\.|customer|occupier|tenant):?\s(?P<name>{_W})(?=[,.;)])",
        rf"(?P<name>{_W})\s(?:had|has)\s(?:left|told|gone|promised)\b",
        rf"(?:[Ll]ast name|[Ss]urname|[Ff]amily name)(?: is|:)?\s(?P<name>{_W})\b",
        rf"(?P<name>{_W})\sis my (?:sur)?name\b",
        rf"(?P<name>{_W})['’]s my \w+['’]s name",
        rf"\((?P<name>{_W}), my \w+\)",
        r"\(?\bthe (?P<name>[A-Z][a-z]+(?:s|es))(?=\)|['’]| next door)",
        rf"\bone (?P<name>{_W} {_W})(?=,|\.|$)",
        rf"\b(?P<name>{_W})(?= (?:in|from|at) (?:[Ff]lat|[Tt]ower|[Rr]oom|number|the front desk)\b)",
        rf"(?<=[,:;] )(?P<name>{_W})(?=,? \+?0\d{{4}}|, \d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}| \d{{3,4}}[,;])",
        rf"\b(?:Secretary|Inspector|Sergeant|Councillor|Pastor|Imam|Nurse|Officer)\s(?P<name>{_W})",
        rf"\b(?:Mr|Mrs|Ms|Dr)\.? (?P<name>(?:Van|Von|De|Da|Du)(?: (?:der|den|la))? {_W})",
        rf"[.!?\d]\s(?P<name>{_W})\s*$",
        rf"\b(?:boys|girls|kids|children),? {_W} and (?P<name>{_W})\b",
        rf"[\"“](?P<name>{_W})[\"”] from (?:number|flat|next)",
    )
)
_RUSSIAN = tuple(
    re.compile(shape)
    for shape in (
        rf"(?i:фамили[яюией]+|была|стала)\s(?P<name>{_K})(?=[.,;]|$)",
        rf"(?:[Аа]бонент|[Кк]лиент|[Сс]осед)\s(?P<name>{_K}(?: {_K}){{1,2}})",
        rf"(?<=[,;.] )(?P<name>{_K}(?: {_K})?)\s*$",
        rf"\bэто (?:опять |снова )?я, (?P<name>{_K})",
        rf"(?:бейдж\w*|имя|именем) «(?P<name>{_K})»",
        rf"(?:начальник\w* участка|квартирант\w*|жилец|жильц\w+|обратно к)\s(?P<name>{_K})(?=[ ,.])",
        rf"(?P<name>{_K} (?:апа|бабай|эби|ага|аке|абый|абзый|ханум|хаджи|эне|ата|агай))(?![а-яё])",
        rf"\bи с (?P<name>{_K})\b",
        rf"(?P<name>{_K}, {_K} и {_K})(?= (?:снима|жив|приш|подпис|прос))",
        rf"\d\s(?P<name>{_K})\s*$",
    )
)
_KIN = "孩子|爸|妈|弟|妹|哥|姐|舅舅|姑姑|爱人|前夫|前妻|老公|老婆|朋友|邻居|司机|微信名|姨|叔"
_CHINESE = tuple(
    re.compile(shape)
    for shape in (
        r"(?<![百贵老同单复尊])姓(?P<name>(?![名氏])[一-鿿])(?=的|很|[,，.。、;；!()（）]|$)",
        r"(?:叫|请|和)(?P<name>[老小大][一-鿿])(?=[来修说,，.。]|不要|$)",
        r"(?:接电话的|我|也是|找)(?P<name>[老小][一-鿿])(?=[来修说做,，.。])",
        r"(?:[他她我子女儿机像]|名字)叫(?P<name>(?![做什不你停老小])[一-鿿]{2,3})" + _END,
        rf"(?:{_KIN})(?P<name>(?P<one>[一-鿿])(?P=one)|大[一-鿿](?=[私说家来]))",
        rf"(?:我爸|我妈|前夫|前妻|爱人|舅舅|我弟|我哥|老公|老婆){_NOT}(?P<name>[一-鿿]{{2,3}})(?=[家把姓方,，.。])",
        r"(?:找|请|叫)(?P<name>(?P<one>[一-鿿])(?P=one))(?=[和,，])",
        rf"(?:名字是(?:我[爸妈])?|姓名|户主|联系人|拆迁户|代表|安检班|主任){_NOT}(?P<name>[一-鿿]{{2,3}}?)(?=[,，.。;；、和失]|$)",
        r"(?P<name>(?P<one>[一-鿿]{2})(?=是我(?:的)?名字))",
        r"(?:^|[,，。;；\n]|尊敬的|发票寄)(?P<name>(?!客户|用户|各位|这|那|该|一|哪|某|本|女|男)[一-鿿]{1,3})(?:女士|先生|同志)",
        r"(?<=[,，。])(?P<name>[一-鿿]{2,3})(?=[,，] ?(?:1[3-9]\d|[幺一][三五七八九]))",
        r"(?P<name>[一-鿿]{2,3}(?:、[一-鿿]{2,3}){1,4})(?=[两二三四五六几][个位名](?:客服|师傅|工人|员工))",
        r"群里@(?P<name>[一-鿿]{2,4}?)(?=说|问|[ ,，])",
        r"^(?P<name>(?:诸葛|万俟|单于|欧阳|上官|淳于)[一-鿿]{1,2})(?=[,，(（])",
        r"师傅是(?P<name>[一-鿿]{2,4})(?=[,，。])",
        r"^(?P<name>[一-鿿]{2,4})和(?P<more>[一-鿿]{2,4})(?=两个工人)",
        r"[?？。](?P<name>[一-鿿]{2,3})$",
    )
)
_NOBODY = re.compile(r"(?:谢谢|感谢|急|在线等|盼复|求助|拜托|周知|Thanks?|Please|Regards|Спасибо|Жду|Помогите|Срочно|Да|Нет|Караул)")


def find(plain: Normal) -> Iterator[Found]:
    """By what stands around, and where the same name stands once more."""
    text = plain.text
    for shape in (*_ENGLISH, *_RUSSIAN, *_CHINESE):
        for match in shape.finditer(text):
            if match["name"] not in NO_NAME - {"May"} and not _NOBODY.match(match["name"]):
                yield Found(*match.span("name"), "name")
