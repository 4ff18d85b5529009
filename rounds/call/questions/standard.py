"""The standard questions of the form, declared once.

The form, the checks, the preview, the versions and the public page all read them, each round's
own way: see `round_form`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.call.questions.enums import Kind, Need
from rounds.call.questions.models import OwnQuestion

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the form.

    `missing` is what to say when it is needed for submitting and not answered; `rows` the height
    of its box; `is_free` marks a text that may be left empty. A yes to the question `unless`
    answers this one too; the rule of the question `follows` holds for this one too. `own` is the
    row behind a round's own question.
    """

    field: str
    label: Text
    help: Text = ""
    missing: Text = ""
    rows: int = 0
    is_free: bool = False
    unless: str = ""
    follows: str = ""
    own: OwnQuestion | None = None

    @property
    def form_label(self) -> Text:
        """The question on the form: what may be left empty says so."""
        if self.is_free:
            return gettext("%(question)s (optional)") % {"question": self.label}
        return self.label

    @property
    def is_required(self) -> bool:
        """Whether a challenge cannot be submitted without an answer."""
        return bool(self.missing)

    @property
    def is_needed_to_save(self) -> bool:
        """Whether not even a draft is saved without an answer."""
        return self.own is not None and self.own.need == Need.ALWAYS and not self.is_file

    @property
    def is_file(self) -> bool:
        """Whether it is answered by sending files, not by a field of the form."""
        return self.own is not None and self.own.kind == Kind.FILE


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the form: its questions, and the advice beside them."""

    key: str
    title: Text
    lead: Text
    questions: tuple[Question, ...]
    tip_title: Text = ""
    tip: Text = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields this section writes."""
        return tuple(question.field for question in self.questions if not question.is_file)


SECTIONS = (
    Section(
        "contact",
        _("Organisation and contact person"),
        _("We send the receipt and all news about the challenge to the contact person."),
        (
            Question(
                "contact_name",
                _("Contact person"),
                _("The person whom the coordinator and the student team can ask."),
                _("Write the name of the contact person."),
            ),
            Question(
                "contact_email",
                _("E-mail of the contact person"),
                "",
                _("Write the e-mail address of the contact person."),
            ),
            Question(
                "contact_phone",
                _("Telephone of the contact person"),
                _("For example 040 123 4567."),
                is_free=True,
            ),
            Question(
                "deputy_name",
                _("Deputy"),
                _("Who answers when the contact person is away."),
                is_free=True,
            ),
            Question("deputy_email", _("E-mail of the deputy"), is_free=True),
        ),
        _("Choose a person who has time"),
        _(
            "The team meets its contact person a few times during the project. "
            "A deputy keeps the work going during holidays."
        ),
    ),
    Section(
        "challenge",
        _("Challenge"),
        _("Write as you would tell a colleague. You can stop at any point and go on later."),
        (
            Question(
                "title",
                _("Title"),
                _("One sentence that tells the need."),
                _("Give the challenge a title."),
            ),
            Question(
                "summary",
                _("Summary (public)"),
                _("Shown to the students and on the page of the round."),
                _("Write a short summary of the challenge."),
                rows=4,
            ),
            Question(
                "need",
                _("Why is this needed?"),
                _("What is the situation now, and how do you know it?"),
                _("Tell why this is needed."),
                rows=5,
            ),
            Question(
                "change_sought",
                _("What should the solution achieve?"),
                _("A change in people's everyday life, not an activity as such."),
                _("Write at least one change that you seek."),
                rows=4,
            ),
            Question(
                "target_group",
                _("Who is it for?"),
                _("The people whose life the solution changes directly."),
                _("Tell who the solution is for."),
                rows=3,
            ),
            Question(
                "indirect_target_group",
                _("Who else benefits?"),
                _("For example relatives, volunteers or professionals."),
                rows=2,
                is_free=True,
            ),
            Question(
                "tried",
                _("What have you tried already?"),
                _("What worked and what did not; links are welcome."),
                rows=3,
                is_free=True,
            ),
            Question(
                "limits",
                _("What limits must the team know of?"),
                _("For example language, confidentiality or ethical questions."),
                rows=3,
                is_free=True,
            ),
            Question(
                "hoped_outputs",
                _("Hoped output"),
                _("Choose one or several."),
                _("Choose at least one output."),
            ),
        ),
        _("An example of a good challenge"),
        _(
            "“Only one in ten visitors of our family café comes again. "
            "How could the first visit be such that many return?”"
        ),
    ),
    Section(
        "team",
        _("What you give to the team"),
        _("The team works for about seven weeks. Your time and knowledge make the result usable."),
        (
            Question(
                "support_hours",
                _("How many hours a week can your experts give?"),
                _("Meetings and answers to questions, for example 2 hours."),
                _("Tell how many hours a week you can give to the team."),
            ),
            Question(
                "material",
                _("What material does the team get?"),
                _("For example reports, results of inquiries or contacts for interviews."),
                rows=4,
                is_free=True,
            ),
            Question(
                "hoped_fields",
                _("Hoped fields of study"),
                _("Teams are mixed; your hope is a guide, not a condition."),
            ),
            Question("working_language", _("Working language with the team")),
            Question("attends_kickoff", _("We can attend the kick-off")),
            Question("attends_midreview", _("We can attend the mid-review")),
            Question("attends_fest", _("We can attend the MINNO-fest, the closing event")),
        ),
        _("How much is enough?"),
        _(
            "“One of us meets the team for an hour each week and answers e-mail within two days. "
            "In the first week we show the team around.”"
        ),
    ),
    Section(
        "funding",
        _("Funding and area"),
        _(
            "The result can be the seed of a project application. "
            "A thought of the area and of funding is enough at this point."
        ),
        (
            Question(
                "is_national", _("The challenge concerns the whole country"), follows="counties"
            ),
            Question(
                "counties",
                _("Or these areas"),
                _("Choose the wellbeing services counties where the challenge is met."),
                _("Choose the whole country or at least one area."),
                unless="is_national",
            ),
            Question(
                "funding_thought",
                _("Have you thought of funding for the further work?"),
                _("This does not affect which challenges are chosen."),
            ),
            Question(
                "fund",
                _("Fund"),
                _("Only if you already have one in mind."),
                follows="funding_thought",
            ),
            Question(
                "objective",
                _("Specific objective"),
                _("Only for a fund that has them. It must belong to the fund you chose."),
                follows="funding_thought",
            ),
        ),
        _("You need not know yet"),
        _(
            "Most associations choose “Not yet”. The coordinator helps to find a suitable fund "
            "when the outcome is ready."
        ),
    ),
    Section(
        "permissions",
        _("Permissions and terms"),
        _("The terms themselves are accepted on the next page, when you submit the challenge."),
        (
            Question(
                "may_publish",
                _("The title and the summary may be published if the challenge is chosen"),
                _("They are then shown on the page of the round and among the outcomes."),
            ),
        ),
        _("What is never published"),
        _(
            "Contact details, your background text and the comments are not published. "
            "If the challenge is selected, its team and tutor read the text too."
        ),
    ),
)

FIELDS_OF = {section.key: section.fields for section in SECTIONS}
STANDARD = {question.field: question for section in SECTIONS for question in section.questions}
