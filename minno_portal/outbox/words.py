"""What placeholders are called in each language: `{title}` is `{haaste}` in a Finnish text.

Texts are stored with the English names; a page shows and takes the names of the text's language.
A placeholder that is missing here keeps its English name everywhere.
"""

from __future__ import annotations

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

# One word, or several joined by underscores; two placeholders of one letter never share a name.
NAMES: dict[str, Promise] = {
    "actor": pgettext_lazy("placeholder", "actor"),
    "address": pgettext_lazy("placeholder", "address"),
    "again": pgettext_lazy("placeholder", "again"),
    "answer": pgettext_lazy("placeholder", "answer"),
    "by_when": pgettext_lazy("placeholder", "by_when"),
    "challenges": pgettext_lazy("placeholder", "challenges"),
    "chosen": pgettext_lazy("placeholder", "chosen"),
    "code": pgettext_lazy("placeholder", "code"),
    "comments": pgettext_lazy("placeholder", "comments"),
    "coordinator": pgettext_lazy("placeholder", "coordinator"),
    "dates": pgettext_lazy("placeholder", "dates"),
    "day": pgettext_lazy("placeholder", "day"),
    "deadline": pgettext_lazy("placeholder", "deadline"),
    "decisions_day": pgettext_lazy("placeholder", "decisions_day"),
    "desk_url": pgettext_lazy("placeholder", "desk_url"),
    "email": pgettext_lazy("placeholder", "email"),
    "fest": pgettext_lazy("placeholder", "fest"),
    "fest_day": pgettext_lazy("placeholder", "fest_day"),
    "following": pgettext_lazy("placeholder", "following"),
    "greeting": pgettext_lazy("placeholder", "greeting"),
    "institution": pgettext_lazy("placeholder", "institution"),
    "invited": pgettext_lazy("placeholder", "invited"),
    "kickoff": pgettext_lazy("placeholder", "kickoff"),
    "kickoff_day": pgettext_lazy("placeholder", "kickoff_day"),
    "lines": pgettext_lazy("placeholder", "lines"),
    "link": pgettext_lazy("placeholder", "link"),
    "message": pgettext_lazy("placeholder", "message"),
    "minutes": pgettext_lazy("placeholder", "minutes"),
    "moment": pgettext_lazy("placeholder", "moment"),
    "name": pgettext_lazy("placeholder", "name"),
    "number": pgettext_lazy("placeholder", "number"),
    "opens": pgettext_lazy("placeholder", "opens"),
    "organisation": pgettext_lazy("placeholder", "organisation"),
    "packet": pgettext_lazy("placeholder", "packet"),
    "person": pgettext_lazy("placeholder", "person"),
    "phone": pgettext_lazy("placeholder", "phone"),
    "places": pgettext_lazy("placeholder", "places"),
    "points": pgettext_lazy("placeholder", "points"),
    "question": pgettext_lazy("placeholder", "question"),
    "reason": pgettext_lazy("placeholder", "reason"),
    "receipt_url": pgettext_lazy("placeholder", "receipt_url"),
    "reference": pgettext_lazy("placeholder", "reference"),
    "returned": pgettext_lazy("placeholder", "returned"),
    "role": pgettext_lazy("placeholder", "role"),
    "settings_url": pgettext_lazy("placeholder", "settings_url"),
    "sign_off": pgettext_lazy("placeholder", "sign_off"),
    "text": pgettext_lazy("placeholder", "text"),
    "things": pgettext_lazy("placeholder", "things"),
    "title": pgettext_lazy("placeholder", "title"),
    "url": pgettext_lazy("placeholder", "url"),
    "what": pgettext_lazy("placeholder", "what"),
    "why_you": pgettext_lazy("placeholder", "why_you"),
}


def word_of(name: str, language: str) -> str:
    """Return what the placeholder `name` is called in a text of `language`."""
    with translation.override(language):
        return str(NAMES.get(name, name))
