"""What names stand beside in English, whatever word the name is: my daughter May."""

import re

_W = r"[A-Z](?:['’][A-Z])?[a-z]+(?:-[A-Z][a-z]+)?"
SHAPES = tuple(
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
