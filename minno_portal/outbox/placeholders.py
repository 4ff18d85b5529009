"""Placeholders as people write them: in the language of the text, checked against the kind.

Stored texts have the English names (`{title}`); what a person sees and types has the words of the
text's language (`{haaste}`). The English names are understood everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches

from django.utils.translation import gettext as _

from minno_portal.outbox.filling import PLACEHOLDER, names_in
from minno_portal.outbox.kinds import Kind
from minno_portal.outbox.rendering import Written
from minno_portal.outbox.words import word_of

# A person may leave spaces inside the braces.
_TYPED = re.compile(r"\{[ \t\u00a0]*([^\W\d]\w*)[ \t\u00a0]*\}")


def shown(text: str, kind: Kind, language: str) -> str:
    """Return a stored text with its placeholders in the words of its language."""
    words = {each.name: word_of(each.name, language) for each in kind.every_placeholder}
    return PLACEHOLDER.sub(lambda found: f"{{{words.get(found[1], found[1])}}}", text)


def stored(text: str, kind: Kind, language: str) -> str:
    """Return a typed text with the English names of its placeholders; unknown ones stay."""
    names = _names(kind, language)

    def named(found: re.Match[str]) -> str:
        name = names.get(found[1].casefold())
        return f"{{{name}}}" if name else found[0]

    # A decomposed “ä” is no letter of a word.
    return _TYPED.sub(named, unicodedata.normalize("NFC", text))


def _names(kind: Kind, language: str) -> dict[str, str]:
    """Return the placeholders' names by everything that they may be called."""
    english = {each.name.casefold(): each.name for each in kind.every_placeholder}
    return english | {word_of(name, language).casefold(): name for name in english.values()}


def unknown_in(text: str, kind: Kind) -> list[str]:
    """Return the names in a stored text that no placeholder of the kind has."""
    known = {each.name for each in kind.every_placeholder}
    return [name for name in names_in(text) if name not in known]


def problems(written: Written, kind: Kind, language: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a stored text, as the field and a sentence for the person."""
    for field, text in (("subject", written.subject), ("text", written.text)):
        for name in unknown_in(text, kind):
            yield field, _unknown(name, kind, language)
    named = names_in(written.text)
    for placeholder in kind.every_placeholder:
        if placeholder.is_required and placeholder.name not in named:
            yield (
                "text",
                _("The text must have {%(word)s}: %(label)s.")
                % {"word": word_of(placeholder.name, language), "label": placeholder.label},
            )


def _unknown(name: str, kind: Kind, language: str) -> str:
    names = _names(kind, language)
    near = get_close_matches(name.casefold(), names, n=1)
    if near:
        return _("{%(typed)s} is not known in this letter: do you mean {%(meant)s}?") % {
            "typed": name,
            "meant": word_of(names[near[0]], language),
        }
    words = (word_of(each.name, language) for each in kind.every_placeholder)
    return _("{%(typed)s} is not known in this letter. Known are: %(known)s.") % {
        "typed": name,
        "known": ", ".join(f"{{{word}}}" for word in words),
    }
