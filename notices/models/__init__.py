"""One model a file; imported here so that Django and callers find them under one name."""

from .announcement import Announcement, AnnouncementKind, AnnouncementText
from .article import Article, Audience, Section
from .article_feedback import ArticleFeedback
from .article_text import ArticleText
from .asked_question import AskedQuestion
from .followed_place import FollowedPlace
from .knowledge_index import KnowledgePosting, KnowledgeSlip, KnowledgeWord
from .letter_text import LetterText
from .message import Channel, Message, MessageQuerySet, MessageStatus
from .news import News, NewsCategory, NewsCorrection, NewsText
from .preference import Preference
from .refusal import Refusal, RefusalMeans, Topic
from .site_page import PageChange, SitePage
from .subscription import DisabledReason, Subscription
from .synonym import Synonym
from .useful_link import UsefulLink

__all__ = [
    "Announcement",
    "AnnouncementKind",
    "AnnouncementText",
    "Article",
    "ArticleFeedback",
    "ArticleText",
    "AskedQuestion",
    "Audience",
    "Channel",
    "DisabledReason",
    "FollowedPlace",
    "KnowledgePosting",
    "KnowledgeSlip",
    "KnowledgeWord",
    "LetterText",
    "Message",
    "MessageQuerySet",
    "MessageStatus",
    "News",
    "NewsCategory",
    "NewsCorrection",
    "NewsText",
    "PageChange",
    "Preference",
    "Refusal",
    "RefusalMeans",
    "Section",
    "SitePage",
    "Subscription",
    "Synonym",
    "Topic",
    "UsefulLink",
]
