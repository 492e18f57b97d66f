"""News, as they are written."""

from notices.models import News
from notices.news_rules import Said
from notices.operations import news
from notices.operations.news import NewsDraft
from tests.conftest import NOW

SAID = {"en": Said("A new kiosk", "It stands in the lobby."), "zh-hans": Said("新终端", "终端设在大厅。")}


def draft(**changes) -> NewsDraft:
    return NewsDraft(**{"texts": SAID, **changes})


def written(by, *, at=NOW, **changes) -> News:
    """A draft."""
    return news.write_news(draft=draft(**changes), by=by.user, at=at)


def let_out(by, *, at=NOW, **changes) -> News:
    """Written and let out by its writer; on the page where it needs no second reader and has no hour."""
    return news.let_out(news=written(by, at=at, **changes), by=by.user, at=at)
