"""Russian names that the dictionary knows, or that only their neighbours tell: diminutives, surnames in any case, names from afar."""

import re
from collections.abc import Iterator

from .found import Found
from .russian_dictionary import is_unknown, known
from .russian_words import NO_NAME
from .word_lists import words

_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
_CAPITAL = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
#: Of whom streets, schools and ships are called, and who rules: nobody's neighbour where no first name stands beside.
_PUBLIC = re.compile(
    r"(?:ленин|пушкин|лермонтов|гагарин|чкалов|кутузов|суворов|свердлов|куйбышев|путин|собянин|мишустин|менделеев|ломоносов|сталин|ельцин|горбач[её]в|лихач[её]в|хрущ[её]в"
    r"|тургенев|чапаев|мичурин|вавилов|курчатов|сахаров|островск|бол?отов|калинин|киров|пирогов|сеченов|боткин|бажов|крылов|ленинск|буд[её]нн|ворошилов)(?:а|у|ым|е|ой|ого|ому|ий)?"
    r"|(?:чайковск|достоевск|дзержинск|циолковск|маяковск|невск|луначарск|белинск|чернышевск|вознесенск|комсомольск|покровск|тверск|арбатск|никольск|троицк|успенск|ильинск|петровск|садов|толст)(?:ий|ого|ому|им|ом|ая|ой|ую)"
    r"|гогол[яьюе]м?|чехова?|горьк(?:ий|ого)|маркса?|энгельса?|фрунзе|орджоникидзе|жукова|толстого|некрасова|шевченко(?=\s?,?\s?\d)|ньютона?|паскаля?|больцмана?|кельвина?|бойля?|мариотта?|дальтона?|цельси[йя]"
)
_DID = (
    r"(?:не\s|мне\s|нам\s|вчера\s|сегодня\s|уже\s|тоже\s|опять\s|так\s|снова\s){0,2}(?:(?:по|пере|до|от|с|за|при|у|вы|об|на|про|под|не)?(?:звонил|говорил|сказал|писал|пис|ш[её]л|шла|ходил|ехал|приехал|обещал|просил|спросил|отвечал|ответил|подписал|записал|хамил|грубил|помог"
    r"|помогл|объяснил|казал|дал|брал|взял|принял|живёт|жив[её]т|проживает|работает|снимает|сидит|отвечает|отказывается|требует|просит|звонит|говорит|утверждает|жалуется|угрожает|ходит|приходит|живут|пользуется|хочет|считает|знает|подтверждает|подтвердил|может приехать|болеет|забыл|смотрел|ремонтировал|чинил|менял|ставил|установил|проверял|проверил|стоял|платил|жаловал|ругал|кричал|пахал|умер|родил|открыл|закрыл|вызвал|вызывал|сделал|делал|уехал|вернул|ушел|обманул|нагрубил|накричал|отказал|послал|написал|посмотрел|пообещал|предложил|спилил|починил|помогл?|отсутствовал|жил|болел)(?:а|и|ся|ась|ись|лся|лась)?)"
)
#: Who does so, or is done so to, is a person, whatever the dictionary knows of the word.
_ACTING = re.compile(rf"(?<![А-Яа-яЁё.\-«])(?P<name>{_CAPITAL})(?=\s{_DID}(?![а-яё]))")
_ASKED = re.compile(
    r"(?:[Сс]пасибо(?: вам| большое| огромное)?|[Бб]лагодар\w+|[Пп]облагодар\w+|[Пп]озвоните|[Пп]ередайте|[Пп]ередать|[Дд]озвонил\w+ до|[Пп]озовите|[Пп]озвать|[Оо]тдельно|[Оо]тметить|[Пп]оговорил\w* с|[Рр]азговаривал\w* с|[Гг]оворил\w* с|[Жж]алоба на|[Сс]просить|[Вв]ызвали|[Пп]ишет вам|[Ээ]то|[Вв]ам пишет)"
    rf"\s(?P<name>{_CAPITAL}(?:\s{_CAPITAL}){{0,2}})"
)
_SPOKEN = re.compile(
    r"(?<![А-Яа-яё])(?:[Сс]ан|[Пп]ал|[Мм]арь|[Аа]лексан|[Нн]аталь|[Мм]их|[Вв]ас|[Лл]ексей|[Аа]нн|[Нн]ин|[Тт]ать?ян)\s[А-ЯЁа-яё][а-яё]+(?:[ыи]ч|н+)(?:а|у|ем|е|ы|ой)?(?![а-яё])"
)
_PAIR = re.compile(rf"(?<![А-Яа-яЁё\-«\"]){_CAPITAL}\s{_CAPITAL}(?![А-Яа-яё\-»\"])")
_ENDED = re.compile(
    r"(?<![А-Яа-яЁё\-«\"])[А-ЯЁ][а-яё]{2,}(?:ов|ова|ову|овым|овой|ев|ева|еву|евым|евой|ёв|ин|ина|ину|иным|иной|енко|чук|швили|дзе|янц|ян)(?![А-Яа-яё\-»\"])"
)
_KIN = re.compile(rf"(?<![А-Яа-яё])(?:[Дд]яд[яеюи]|[Тт][её]т[яеюи]|[Бб]аб[ауые]|[Дд]ед[ауе]?)\s{_CAPITAL}")
_OGLU = re.compile(
    rf"(?<![А-Яа-яё])(?:{_CAPITAL}\s){{1,3}}(?:[Оо]г?[гh]?лы|[Оо]глу|[Кк]ызы|[Гг]ызы|[Уу]гли|[Уу]г[иы]л|[Кк]из[иы]|[Уу]лы|[Уу]улу)(?![а-яё])"
)
_BARE_INITIALS = re.compile(r"(?<![А-Яа-яё])(?P<name>[А-ЯЁ][а-яё]{2,}|[А-ЯЁ]{3,})\s[А-ЯЁ](?:\s?[А-ЯЁ])?(?![А-Яа-яё.\d])")
_STREET = re.compile(
    r"(?:ул\w*\.?|просп\w*\.?|пр-?к?т?\.?|пер\w*\.?|площад\w+|пл\.|им\.?|имени|метро|мост\w*|станци\w+|парк\w*|завод\w*|фабрик\w+|школ\w+|больниц\w+|театр\w*|музе\w+|фонд\w*|памятник\w*|премии|город\w*|г\.|с\.|д\.|пос\.|ООО|ИП|АО|ЗАО|ПАО|закон\w*|формул\w+|магазин\w*|кафе|плит\w+|кот[её]л\w*|колонк\w+|бренд\w*|марк\w+|объезд по|методу)\s[«\"]?$",
    re.IGNORECASE,
)
_STREET_AFTER = re.compile(
    r"\s(?:[Пп]ерв\w+|[Вв]елик\w+|р-н|ул|просп|пер\b|площад|шоссе|бульвар|район|област|город|набереж|проезд|мост|рощ|гор[аы]\b|день|дня|партн[её]р|и\sпартн|облгаз|газ\b)|[-/»]|\s?\d",
    re.IGNORECASE,
)
#: Brands and makes that the dictionary takes for names, or does not know.
_BRANDS = words(
    "дарина нева вектор лемакс протерм бакси бош аристон навьен гефест ферроли вайлант виссманн будерус термекс элсотерм сигнал гранд бетар эльстер метан омега"
    " лада ока волга аврора ариэль виктория диана шкода мерседес лилия роза ромашка валентина астра юнона гермес зевс алиса маруся сири яндекс алекса марина майя"
)


def find(text: str) -> Iterator[Found]:
    """Names by the dictionary and by what is done."""
    for match in (*_KIN.finditer(text), *_strangers(text), *_spoken(text), *_OGLU.finditer(text), *_initialled(text), *_surnames(text)):
        yield Found(match.start(), match.end(), "name")
    for shape in (_ACTING, _ASKED):
        for match in shape.finditer(text):
            if _may_be_anybody(match["name"].split()[0]):
                yield Found(*match.span("name"), "name")


def _strangers(text: str) -> Iterator[re.Match[str]]:
    """Two words with a capital that no dictionary holds, and one that ends as surnames do."""
    for match in (*_PAIR.finditer(text), *_ENDED.finditer(text)):
        are_strange = all(is_unknown(part) and part.lower() not in NO_NAME | _BRANDS for part in match.group().split())
        if are_strange and not is_called_after(text, match.start(), match.end()):
            yield match


def _spoken(text: str) -> Iterator[re.Match[str]]:
    """Марь Иванна, Сан Саныч."""
    for match in _SPOKEN.finditer(text):
        if known(match.group().split()[-1]).is_patronymic or match.group().endswith(("нна", "нны", "нне", "нну")):
            yield match


def _initialled(text: str) -> Iterator[re.Match[str]]:
    """КОЗЛОВ П П."""
    for match in _BARE_INITIALS.finditer(text):
        if known(match["name"]).is_surname and match["name"].lower() not in NO_NAME:
            yield match


def _surnames(text: str) -> Iterator[re.Match[str]]:
    for match in _WORD.finditer(text):
        if _is_surname(text, match) and not is_called_after(text, match.start(), match.end()):
            yield match


def _is_surname(text: str, match: re.Match[str]) -> bool:
    word = match.group()
    if len(word) < 4 or word.lower() in NO_NAME:
        return False
    if word.islower():
        return len(word) > 6 and known(word).is_only_surname and _endings(word)
    if word.isupper() or not word[0].isupper():
        return False
    return known(word).is_only_surname


def _endings(word: str) -> bool:
    return word.endswith(
        (
            "ов",
            "ова",
            "ев",
            "ева",
            "овой",
            "евой",
            "овым",
            "евым",
            "ову",
            "еву",
            "ин",
            "ина",
            "иной",
            "ину",
            "овых",
            "евых",
            "енко",
            "ский",
            "ская",
        )
    )


def is_called_after(text: str, start: int, end: int) -> bool:
    """Whether a street, a law or a brand is called so, or the word is no name at all."""
    low = text[start:end].lower()
    reading = known(low)
    if reading.is_ordinary and not (reading.is_first or reading.is_surname or reading.is_patronymic):
        return True
    if _PUBLIC.fullmatch(low) or low in _BRANDS:
        return True
    before = _STREET.search(text[max(0, start - 14) : start])
    return bool(before) or bool(_STREET_AFTER.match(text, end))


def _may_be_anybody(word: str) -> bool:
    low = word.lower()
    if low in NO_NAME or low in _BRANDS or len(word) < 3:
        return False
    reading = known(word)
    return reading.is_first or reading.is_surname or is_unknown(word)
