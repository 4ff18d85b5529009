"""Why a change of a round's form was refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused


class FormClosed(Refused):
    """The call is over: what was asked stays as it was."""

    sentence = _("The call has closed, so the form can no longer be changed.")


class RuleNotAllowed(Refused):
    """A standard question cannot be treated so."""

    sentence = _("One of the standard questions cannot be treated so. Choose again.")


class TooManyQuestions(Refused):
    """A round has as many own questions as it may."""

    sentence = _("A round can have at most 40 questions of its own. Delete one first.")


class NoWords(Refused):
    """A question without a text in any language."""

    sentence = _("Write the question in at least one language.")


class TooFewChoices(Refused):
    """A choice between less than two."""

    sentence = _("Write at least two choices.")


class KindFrozen(Refused):
    """Answers exist that another kind of question could not show."""

    sentence = _("The question has been answered, so the kind of answer can no longer be changed.")


class ChoiceFrozen(Refused):
    """Answers exist that may name the choice."""

    sentence = _(
        "The question has been answered, so no choice can be removed. You may correct its words."
    )


class NeedFrozen(Refused):
    """Answers exist, and drafts without one could no longer be saved."""

    sentence = _(
        "The question has been answered, so it cannot be made required already for saving. "
        "Require it for submitting instead."
    )


class FileNeed(Refused):
    """A file is sent apart from the form."""

    sentence = _("A file cannot be required already for saving. Require it for submitting instead.")


class Answered(Refused):
    """Answers exist: the question can only be asked no more."""

    sentence = _(
        "The question has been answered, so it cannot be deleted. You can stop asking it instead."
    )
