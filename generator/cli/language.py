"""The language of a run, and its catalogue of messages."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Callable
from pathlib import Path

LANGUAGES = ("zh", "en")
_DOMAIN, _CATALOGUES = "noticegen", Path(__file__).parents[1] / "locale"
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_here() -> str:
    """The language of the locale: `zh` for any kind of Chinese, else `en`."""
    named = next(filter(None, map(os.environ.get, _VARIABLES)), "")
    if not named and sys.platform == "win32":
        import locale

        named = locale.getlocale()[0] or ""
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"


def load_catalogue(language: str) -> Callable[[str], str]:
    """What maps the English form of a message to *language*."""
    if language == "en":
        return str
    return gettext.translation(_DOMAIN, _CATALOGUES, [language]).gettext


def let_click_speak(language: str) -> None:
    """Have click, which asks gettext, say its own sentences in *language*."""
    gettext.bindtextdomain(_DOMAIN, _CATALOGUES)
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = language
