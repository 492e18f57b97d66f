"""Translations without gettext."""

import gettext

import pytest

from config import catalogs

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=3; plural=({rule});\\n"\n\n'
)
RULE = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"
CARDS = 'msgid "%(n)s card"\nmsgid_plural "%(n)s cards"\nmsgstr[0] "%(n)s карта"\nmsgstr[1] "%(n)s карты"\nmsgstr[2] "%(n)s карт"\n'


@pytest.fixture
def locale(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    return tmp_path


@pytest.fixture
def russian(locale):
    path = catalogs.path_of("ru")
    path.parent.mkdir(parents=True)
    path.write_text(HEADER.format(rule=RULE) + CARDS, encoding="utf-8")
    return path


def test_russian_plurals_survive_the_compiler(russian):
    assert catalogs.compile_all() == 1
    with russian.with_suffix(".mo").open("rb") as binary:
        known = gettext.GNUTranslations(binary)
    assert [known.ngettext("%(n)s card", "%(n)s cards", n) for n in (1, 2, 5)] == ["%(n)s карта", "%(n)s карты", "%(n)s карт"]


def test_what_is_compiled_already_is_left_alone(russian):
    catalogs.compile_all()
    assert catalogs.compile_all() == 0


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% load i18n %}\n   {% translate 'Top up' %}", "Top up"),
        ("{% load i18n %}<p>\n  {% blocktranslate trimmed %}\n   Card\n   read\n  {% endblocktranslate %}", "Card read"),
        ("{% load i18n %}{% blocktranslate count n=n %}one{% plural %}{{ n }} cards{% endblocktranslate %}", ("one", "%(n)s cards")),
        ("{% load i18n %}\n      {% translate 'a' %}\n  {% translate \"Don't\" %}", "Don't"),
    ],
)
def test_templates_are_read_with_their_indentation(settings, tmp_path, template, message):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "page.html").write_text(template, encoding="utf-8")
    settings.BASE_DIR = tmp_path
    assert message in {found.id for found in catalogs.collect()}


def test_an_update_keeps_what_is_translated_and_drops_what_nobody_says(russian, settings, tmp_path):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "words.py").write_text('_("Top up")\nngettext("%(n)s card", "%(n)s cards", n)\n', encoding="utf-8")
    russian.write_text(russian.read_text(encoding="utf-8") + '\nmsgid "gone"\nmsgstr "нет"\n', encoding="utf-8")
    settings.BASE_DIR = tmp_path
    catalogs.update()
    catalog = catalogs.read("ru")
    assert catalog.get(("%(n)s card", "%(n)s cards")).string[2] == "%(n)s карт"
    assert catalog.get("gone") is None
    assert catalogs.untranslated("ru") == ["Top up"]


def test_a_guess_counts_as_untranslated(russian, settings, tmp_path):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "words.py").write_text('ngettext("%(n)s card", "%(n)s cards", n)\n', encoding="utf-8")
    settings.BASE_DIR = tmp_path
    russian.write_text(russian.read_text(encoding="utf-8").replace('msgid "%(n)s card"', '#, fuzzy\nmsgid "%(n)s card"'), encoding="utf-8")
    assert catalogs.untranslated("ru") == ["%(n)s card"]


def test_a_new_language_begins_with_its_own_plural_rule(locale):
    assert catalogs.read("zh-hans").num_plurals == 1
