"""What bench.knowledge measures inside one process, on the database its environment names: prints one line of JSON."""

import itertools
import json
import random
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import django

_WORDS, _SENTENCES, _OWN = 30_000, 3, 15
_BATCH = 50_000


def main() -> None:
    articles, language = int(sys.argv[1]), sys.argv[2]
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_knowledge", verbosity=0)
    questions = _questions(language)
    recall, first = _found(questions)
    _fill(articles, language)
    times = [_time(question["question"], language) for question in questions]
    print(
        json.dumps(
            {
                "asked": len(questions),
                "recall": recall,
                "first": first,
                "postings": _postings(),
                "median": statistics.median(times),
                "most": sorted(times)[int(len(times) * 0.95)],
                "slowest": max(times),
            }
        )
    )


def _questions(language: str) -> list[dict[str, Any]]:
    rows = json.loads((Path(__file__).resolve().parent.parent / "data" / "knowledge" / "questions.json").read_text(encoding="utf-8"))
    return [row for row in rows if row["language"] == language.split("-", maxsplit=1)[0]]


def _found(questions: list[dict[str, Any]]) -> tuple[float, float]:
    from notices.models import Audience
    from notices.queries.knowledge import find

    hits = [[hit.slug for hit in find(words=row["question"], language=row["language"], audience=Audience.STAFF)] for row in questions]
    shares = [
        (bool(set(row["articles"]) & set(slugs)), bool(slugs) and slugs[0] in row["articles"])
        for row, slugs in zip(questions, hits, strict=True)
    ]
    return sum(one for one, _ in shares) / len(shares), sum(one for _, one in shares) / len(shares)


def _time(question: str, language: str) -> float:
    from notices.queries.knowledge import find

    find(words=question, language=language)  # once to warm up
    began = time.perf_counter()
    find(words=question, language=language)
    return 1000 * (time.perf_counter() - began)


def _postings() -> int:
    from notices.models import KnowledgePosting

    return int(KnowledgePosting.objects.count())


def _fill(articles: int, language: str) -> None:
    """Articles made of sentences of the delivered ones and of words of their own, as a big company's would repeat themselves."""
    from accounts.clock import business_date, business_now
    from notices.models import Article, ArticleText

    chance = random.Random(7)
    bodies = ArticleText.objects.filter(language=language).order_by("pk").values_list("body", flat=True)
    sentences = [line for body in bodies for line in body.splitlines() if line.strip()]
    own = _vocabulary(chance, language)
    at = business_now()
    made = Article.objects.bulk_create(
        (
            Article(
                slug=f"made-{n}",
                section="top_up",
                source_language=language,
                department="clerk",
                review_by=business_date(at),
                created_at=at,
            )
            for n in range(articles)
        ),
        batch_size=2_000,
    )
    weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(own))))
    stamp = {"written_by": "system:bench", "written_at": at, "published_by": "system:bench", "published_at": at, "is_current": True}
    texts = ArticleText.objects.bulk_create(
        (
            ArticleText(
                article=article,
                language=language,
                number=1,
                title=" ".join(chance.choices(own, cum_weights=weights, k=4)),
                body="\n".join([*chance.choices(sentences, k=_SENTENCES), " ".join(chance.choices(own, cum_weights=weights, k=_OWN))]),
                **stamp,
            )
            for article in made
        ),
        batch_size=2_000,
    )
    _index(texts, language)


def _vocabulary(chance: random.Random, language: str) -> list[str]:
    if language == "zh-hans":
        marks = [chr(code) for code in range(0x4E00, 0x5A00)]
        return ["".join(chance.choices(marks, k=2)) for _ in range(_WORDS)]
    letters = "абвгдежзиклмнопрстуфхцчшщыэюя" if language == "ru" else "abcdefghijklmnoprstuvwy"
    return ["".join(chance.choices(letters, k=chance.randint(4, 9))) for _ in range(_WORDS)]


def _index(texts: list[Any], language: str) -> None:
    """As ``put_up`` does, in bulk: making millions of rows one object each would take longer than all that is measured."""
    from django.db import connection, transaction

    from notices.models import KnowledgeWord
    from notices.operations.knowledge_index import EVERY, _note_slips, shelf_of
    from notices.stems import weights
    from notices.stems.terms import sound

    shelf = shelf_of(language, "public")
    weighed = {text.pk: {**weights.weigh(text.title, text.words, text.body), EVERY: 0} for text in texts}
    counts = Counter(term for terms in weighed.values() for term in terms)
    known = {word.word: word for word in KnowledgeWord.objects.filter(shelf=shelf)}
    new = [KnowledgeWord(shelf=shelf, word=term, sound=sound(term), count=count) for term, count in counts.items() if term not in known]
    with transaction.atomic():
        KnowledgeWord.objects.bulk_create(new, batch_size=2_000)
        for term in counts.keys() & known.keys():
            known[term].count += counts[term]
        KnowledgeWord.objects.bulk_update([known[term] for term in counts.keys() & known.keys()], ["count"], batch_size=200)
        keys = {word.word: word.pk for word in KnowledgeWord.objects.filter(shelf=shelf)}
        _note_slips(shelf, {word.word: keys[word.word] for word in new})
        # In the order of their index: ten times as fast on SQLite.
        rows = sorted((keys[term], -weight, text) for text, terms in weighed.items() for term, weight in terms.items())
        with connection.cursor() as cursor:
            for batch in itertools.batched(rows, _BATCH, strict=False):
                cursor.executemany("INSERT INTO notices_knowledgeposting (word_id, weight, text_id) VALUES (%s, -1 * %s, %s)", batch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
