"""Keep what the search of the knowledge base reads in step with the texts that are current."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import F

from casework.operations.plain_rows import insert_plain

from ..models import ArticleText, Audience, KnowledgePosting, KnowledgeSlip, KnowledgeWord
from ..stems import slips, weights
from ..stems.terms import sound

#: The word that every text of a shelf has: its count is how many texts stand there.
EVERY = ""
_BATCH = 2_000


def shelf_of(language: str, audience: str) -> str:
    """Where texts in a language for an audience stand."""
    return f"{language}:{Audience(audience)}"


def put_up(texts: Iterable[ArticleText]) -> None:
    """Let texts, with their articles, be found, in the caller's transaction. None of them stands on its shelf yet."""
    shelves: dict[str, dict[int, dict[str, int]]] = defaultdict(dict)
    for text in texts:
        terms = weights.weigh(text.title, text.words, text.body)
        shelves[shelf_of(text.language, text.article.audience)][text.pk] = {**terms, EVERY: 0}
    for shelf, weighed in sorted(shelves.items()):
        _put_on(shelf, weighed)


def take_down(text: ArticleText) -> None:
    """Let a text be found no longer, in the caller's transaction. Nothing happens where it does not stand."""
    postings = KnowledgePosting.objects.filter(text=text)
    words = list(KnowledgeWord.objects.filter(postings__text=text).order_by("pk").select_for_update(no_key=True, of=("self",)))
    KnowledgeWord.objects.filter(pk__in=[word.pk for word in words]).update(count=F("count") - 1)
    postings.delete()


def _put_on(shelf: str, weighed: Mapping[int, Mapping[str, int]]) -> None:
    counted = Counter(term for terms in weighed.values() for term in terms)
    keys = _words(shelf, sorted(counted))
    by_count: dict[int, list[int]] = defaultdict(list)
    for term, count in counted.items():
        by_count[count].append(keys[term])
    for count, some in by_count.items():
        for batch in _batches(some):
            KnowledgeWord.objects.filter(pk__in=batch).update(count=F("count") + count)
    rows = [{"word_id": keys[term], "text_id": text, "weight": weight} for text, terms in weighed.items() for term, weight in terms.items()]
    insert_plain(KnowledgePosting, rows)


def _words(shelf: str, terms: Sequence[str]) -> dict[str, int]:
    """The keys of words on a shelf, held until the transaction ends; new ones are made, with what they are mistyped as."""
    known = {word.word for batch in _batches(terms) for word in KnowledgeWord.objects.filter(shelf=shelf, word__in=batch)}
    new = [term for term in terms if term not in known]
    rows = [{"shelf": shelf, "word": term, "sound": sound(term), "count": 0} for term in new]
    insert_plain(KnowledgeWord, rows, ignore_conflicts=True)
    found: dict[str, int] = {}
    for batch in _batches(terms):
        held = KnowledgeWord.objects.filter(shelf=shelf, word__in=batch).order_by("pk").select_for_update(no_key=True)
        found |= {word.word: word.pk for word in held}
    _note_slips(shelf, {term: found[term] for term in new})
    return found


def _note_slips(shelf: str, words: Mapping[str, int]) -> None:
    rows = [
        {"shelf": shelf, "word_id": key, "slip": slip}
        for word, key in words.items()
        if word.isalpha()
        for slip in sorted(slips.without_a_letter(word))
    ]
    insert_plain(KnowledgeSlip, rows)


def _batches[T](rows: Sequence[T]) -> Iterable[Sequence[T]]:
    return (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))
