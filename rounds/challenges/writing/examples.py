"""Believable examples beside the questions of the form: all of one and the same challenge."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EXAMPLES: dict[str, Promise] = {
    "title": _("How could the first visit to our family café lead to a second?"),
    "summary": _(
        "Our family café is open twice a week, and some forty families try it each autumn. Only "
        "one in ten comes again. We look for a way to make the first visit such that more "
        "families find company and come back."
    ),
    "need": _(
        "Last autumn 41 new families came, and 4 of them came again. In the families' own words "
        "the regulars know each other already, and a newcomer is left alone. Loneliness of "
        "parents at home is common in our town, and we meet only a small part of them."
    ),
    "change_sought": _(
        "A parent who comes for the first time talks with somebody and knows when to come next. "
        "Half of the new families visit us at least three times."
    ),
    "target_group": _("Families with a child under three who have lately moved to our town."),
    "indirect_target_group": _("Our six volunteers, and the nurses who tell families of us."),
    "tried": _(
        "We have had a sign at the door and a message after the first visit. The message was "
        "liked, but few came again. We have not tried a named host."
    ),
    "limits": _(
        "Families may be interviewed only with their consent, and children are not photographed. "
        "Half of the parents speak Finnish as a second language."
    ),
    "material": _(
        "Visitor numbers of three years, answers to an inquiry without names, and a chance to "
        "spend four mornings at the café."
    ),
}
