"""Finds texts of the interface that stand on a page in another language than the page's own."""

from __future__ import annotations

from functools import cache

import polib
from playwright.sync_api import Page

from minno_portal.embedded import BASE_DIR

# Every text node that is shown, unless its own or an outer element says another language.
TEXTS = """() => {
  const language = document.documentElement.lang, found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    const text = node.textContent.trim().replace(/\\s+/g, ' ');
    if (!text || element.closest('script, style, textarea, svg')) continue;
    if (element.closest('[lang]').lang !== language) continue;
    found.push(text);
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
    for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
      if (element.getAttribute(name)) found.push(element.getAttribute(name).trim());
  found.push(document.title);
  return found;
}"""
SHORTEST = 3


@cache
def _catalogue(language: str) -> dict[str, str]:
    path = BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"
    return {
        entry.msgid: entry.msgstr or entry.msgstr_plural.get(0, "")
        for entry in polib.pofile(str(path))
        if not entry.obsolete and not entry.msgctxt
    }


@cache
def _foreign_to(language: str) -> frozenset[str]:
    """Return the texts that must not stand on a page in `language`."""
    if language == "en":
        texts = {
            translated
            for other in ("fi", "sv")
            for msgid, translated in _catalogue(other).items()
            if translated != msgid
        }
        texts -= set(_catalogue("fi"))
    else:
        own = set(_catalogue(language).values())
        texts = {
            msgid
            for msgid, translated in _catalogue(language).items()
            if translated and translated != msgid and msgid not in own
        }
    return frozenset(" ".join(text.split()) for text in texts if len(text) > SHORTEST)


def foreign_texts(page: Page, language: str) -> list[str]:
    """Return the interface texts on the page that are not in `language`."""
    return sorted(set(page.evaluate(TEXTS)) & _foreign_to(language))
