"""Russian words without their endings, after the Snowball stemmer: счётчик, счётчика, счётчиками -> счетчик. ё is read as е."""

import re

_GERUND = re.compile("((ив|ивши|ившись|ыв|ывши|ывшись)|((?<=[ая])(в|вши|вшись)))$")
_REFLEXIVE = re.compile("с[яь]$")
_ADJECTIVE = re.compile("(ее|ие|ые|ое|ими|ыми|ей|ий|ый|ой|ем|им|ым|ом|его|ого|ему|ому|их|ых|ую|юю|ая|яя|ою|ею)$")
_PARTICIPLE = re.compile("((ивш|ывш|ующ)|((?<=[ая])(ем|нн|вш|ющ|щ)))$")
_VERB = re.compile(
    "((ила|ыла|ена|ейте|уйте|ите|или|ыли|ей|уй|ил|ыл|им|ым|ен|ило|ыло|ено|ят|ует|уют|ит|ыт|ены|ить|ыть|ишь|ую|ю)"
    "|((?<=[ая])(ла|на|ете|йте|ли|й|л|ем|н|ло|но|ет|ют|ны|ть|ешь|нно)))$"
)
_NOUN = re.compile("(иями|ями|ами|ией|иям|ием|иях|ев|ов|ие|ье|еи|ии|ей|ой|ий|ям|ем|ам|ом|ах|ях|ию|ью|ия|ья|а|е|и|й|о|у|ы|ь|ю|я)$")
_SUPERLATIVE = re.compile("ейше?$")
_REGION = re.compile("^(.*?[аеиоуыэюя])(.*)$")
_DERIVED = re.compile("[^аеиоуыэюя][аеиоуыэюя]+[^аеиоуыэюя]+[аеиоуыэюя].*о(сть?)$")


def stem(word: str) -> str:
    """The stem of a folded word."""
    parts = _REGION.match(word)
    if parts is None:
        return word
    head, rest = parts[1], parts[2]
    rest = _inflected(rest).removesuffix("и")
    if found := _DERIVED.search(rest):
        rest = rest[: found.start(1)]
    bare = rest.removesuffix("ь")
    if bare == rest:
        bare = _SUPERLATIVE.sub("", rest)
        bare = bare[:-1] if bare.endswith("нн") else bare
    return head + bare


def _inflected(rest: str) -> str:
    cut = _GERUND.sub("", rest, count=1)
    if cut != rest:
        return cut
    rest = _REFLEXIVE.sub("", rest, count=1)
    cut = _ADJECTIVE.sub("", rest, count=1)
    if cut != rest:
        return _PARTICIPLE.sub("", cut, count=1)
    cut = _VERB.sub("", rest, count=1)
    return cut if cut != rest else _NOUN.sub("", rest, count=1)
