"""The search itself: which texts on some shelves fit a question, by how much. Words first, then what they stand in.

Two round trips and a half on both databases: common words are read from their best texts down, and only as far as needed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from ..models import KnowledgePosting, KnowledgeSlip, KnowledgeWord
from ..stems import slips
from ..stems.asking import MISTYPED, SOUND, Need
from ..stems.terms import sound
from ..stems.weights import rarity

#: Of a word that stands in more texts, only those that it says most about are looked at first.
BEST = 300
#: So many texts are then weighed by every word.
FINALISTS = 120
#: So many readings of a question are followed, the most telling ones.
READINGS = 48

_BEST_OF = """SELECT * FROM (SELECT word_id, text_id, weight FROM notices_knowledgeposting
WHERE word_id = %s ORDER BY weight DESC, text_id LIMIT %s) AS best"""

type Found = Mapping[int, Mapping[int, int]]  # word -> text -> weight


def scores(wanted: Sequence[Need], shelves: Sequence[str]) -> dict[int, float]:
    """Text -> how well it fits."""
    words = _known(wanted, shelves)
    _forgive(wanted, words, shelves)
    everything = sum(word.count for word in words.values() if not word.word)
    telling = _telling(wanted, words.values(), everything)
    if not telling:
        return {}
    chosen = {key for need in telling for key in need}
    common = sorted(key for key in chosen if words[key].count > BEST)
    found = _postings(sorted(chosen - set(common)), common)
    first = _summed(telling, found)
    finalists = sorted(first, key=lambda text: (-first[text], text))[:FINALISTS]
    for word, text, weight in KnowledgePosting.objects.filter(word__in=common, text__in=finalists).values_list("word", "text", "weight"):
        found[word][text] = weight
    last = _summed(telling, found)
    return {text: last[text] for text in finalists}


def _known(wanted: Sequence[Need], shelves: Sequence[str]) -> dict[int, KnowledgeWord]:
    terms = {term for need in wanted for term in need.instead} | {""}
    return KnowledgeWord.objects.filter(shelf__in=shelves, word__in=terms, count__gt=0).in_bulk()


def _forgive(wanted: Sequence[Need], words: dict[int, KnowledgeWord], shelves: Sequence[str]) -> None:
    """For words that nobody wrote: those they were perhaps meant to be, by letters or, of ideographs, by sound."""
    written = {word.word for word in words.values()}
    strange = [need for need in wanted if need.word not in written]
    by_slip = {slip: need for need in strange if need.word.isalpha() for slip in slips.looked_for(need.word)}
    by_sound = {heard: need for need in strange if (heard := sound(need.word) or (need.word if need.word.isascii() else ""))}
    meant = list(KnowledgeWord.objects.filter(shelf__in=shelves, sound__in=by_sound, count__gt=0)) if by_sound else []
    for word in meant:
        by_sound[word.sound].take(word.word, SOUND)
    if by_slip:
        near = KnowledgeSlip.objects.filter(shelf__in=shelves, slip__in=by_slip, word__count__gt=0).select_related("word")
        for slip in near:
            need, word = by_slip[slip.slip], slip.word
            far = slips.distance(need.word, word.word)
            # Hardly anybody mistypes the first letter and another one.
            if far <= slips.allowed(need.word) and (far < 2 or need.word[0] == word.word[0]):
                need.take(word.word, MISTYPED[far])
                meant.append(word)
    words |= {word.pk: word for word in meant}


def _telling(wanted: Sequence[Need], words: Iterable[KnowledgeWord], everything: int) -> list[dict[int, float]]:
    """Each need as word -> what it says that a text has it; only the most telling ones."""
    by_term: dict[str, list[KnowledgeWord]] = defaultdict(list)
    for word in words:
        by_term[word.word].append(word)
    weighed = [
        (gladly * rarity(sum(word.count for word in by_term[term]), everything), place, [word.pk for word in by_term[term]])
        for place, need in enumerate(wanted)
        for term, gladly in need.instead.items()
        if term in by_term
    ]
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for says, place, keys in sorted(weighed, reverse=True)[:READINGS]:
        for key in keys:
            found[place][key] = says
    return list(found.values())


def _postings(rare: Sequence[int], common: Sequence[int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    parts = [_BEST_OF] * len(common)
    values: list[int] = [value for key in common for value in (key, BEST)]
    if rare:
        parts.append(f"SELECT word_id, text_id, weight FROM notices_knowledgeposting WHERE word_id IN ({', '.join(['%s'] * len(rare))})")  # noqa: S608
        values += rare
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for word, text, weight in cursor.fetchall():
            found[word][text] = weight
    return found


def _summed(telling: Sequence[Mapping[int, float]], found: Found) -> dict[int, float]:
    total: dict[int, float] = defaultdict(float)
    for need in telling:
        best: dict[int, float] = {}
        for word, says in need.items():
            for text, weight in found.get(word, {}).items():
                best[text] = max(says * weight, best.get(text, 0.0))
        for text, worth in best.items():
            total[text] += worth
    return total
