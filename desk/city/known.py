"""What the demo's knowledge base is busy with: articles as delivered, one rewritten and offered, one to be looked at, readers' words,
and questions to departments asked, answered and dropped. Through the same operations as everybody's."""

from datetime import datetime, timedelta

from accounts.actors import System
from accounts.clock import business_date
from accounts.models import User
from accounts.roles import Role
from notices.models import Article, ArticleText, AskedQuestion
from notices.operations import knowledge_feedback, knowledge_publishing, knowledge_writing
from notices.operations.knowledge_loading import load_knowledge
from notices.operations.knowledge_questions import NewQuestion, answer_question, ask_department, drop_question
from notices.operations.knowledge_writing import Wording

_READER = System("reader")
_SAID = (
    ("top-up-online", "zh-hans", True, ""),
    ("card-does-not-load", "zh-hans", True, ""),
    ("card-does-not-load", "ru", False, "Какой стороной чип, если нет рисунка?"),
    ("battery-change", "zh-hans", True, ""),
    ("connection-cost", "zh-hans", False, "没有写具体价格。"),
    ("halls-and-hours", "en", False, "Which hall has parking?"),
)
_CHANGED = "New list of fees from 1 December."
_ANSWER = "可以。持本人身份证和燃气卡到任一营业厅，当场开具；单位用户请带营业执照复印件。"


def bring_knowledge(at: datetime) -> None:
    """Readers' words, drafts and questions of the last days. The articles first, where nobody has loaded them."""
    load_knowledge(at=at)
    people = {user.username: user for user in User.objects.filter(username__in=["xia", "fang", "lan", "wei", "qiang"])}
    _readers_say(at)
    _write(people, at)
    _ask(people, at)
    Article.objects.filter(slug="hose-and-appliance-life").update(review_by=business_date(at) - timedelta(days=2))


def _readers_say(at: datetime) -> None:
    for days, (slug, language, is_useful, words) in enumerate(_SAID):
        text = ArticleText.objects.select_related("article").get(article__slug=slug, language=language, is_current=True)
        knowledge_feedback.say_of_article(text=text, is_useful=is_useful, words=words, by=_READER, at=at - timedelta(days=days, hours=3))


def _write(people: dict[str, User], at: datetime) -> None:
    """The reception rewrites one article, which another publishes, so that its translations fall behind; a clerk offers a second one."""
    hours = Article.objects.get(slug="halls-and-hours")
    newer = _wording(hours, "en", "Parking is named for each hall.", "Most halls have a few places to park; the list names them.")
    draft = knowledge_writing.draft_text(article=hours, wording=newer, by=people["fang"], at=at - timedelta(days=1))
    knowledge_publishing.publish_text(text=draft, by=people["lan"], at=at - timedelta(hours=20))
    cost = Article.objects.get(slug="connection-cost")
    knowledge_publishing.tell_change(article=cost, reason=_CHANGED, by=people["wei"], at=at - timedelta(hours=5))
    priced = _wording(cost, "zh-hans", "补充收费标准在哪里公布", "收费标准在各营业厅公示栏公布。")
    offered = knowledge_writing.draft_text(article=cost, wording=priced, by=people["fang"], at=at - timedelta(hours=4))
    knowledge_writing.offer_text(text=offered, by=people["fang"], at=at - timedelta(hours=4))


def _wording(article: Article, language: str, reason: str, more: str) -> Wording:
    text = article.texts.get(language=language, is_current=True)
    return Wording(language=language, title=text.title, body=f"{text.body}\n{more}", words=text.words, reason=reason)


def _ask(people: dict[str, User], at: datetime) -> None:
    """One question waits, one is answered and became a draft, one needed no answer of its own."""

    def asked(text: str, department: str, hours: int) -> AskedQuestion:
        question = NewQuestion(text=text, language="zh-hans", department=department)
        return ask_department(question=question, by=people["xia"], at=at - timedelta(hours=hours))

    asked("加气站便利店可以写卡吗？", Role.MARKETING, 2)
    proof, known = asked("可以开具用气证明吗？需要带什么？", Role.HALL_HEAD, 24), asked("丢卡后余气还在吗？", Role.HALL_HEAD, 48)
    answer_question(question=proof, answer=_ANSWER, by=people["qiang"], at=at - timedelta(hours=22))
    drop_question(question=known, why="知识库已有：燃气卡丢失或损坏怎么补办", by=people["qiang"], at=at - timedelta(hours=47))
