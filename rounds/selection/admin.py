"""Where the institution's staff answer the coordinator's packet: they see that and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

import rules
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minno_portal.dates import day
from minno_portal.errors import Refused
from minno_portal.templatetags.portal import status_badge
from organisations.access import require
from organisations.people.models import User
from rounds.challenges.enums import TAKES_PLACE, Field, Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.enums import Answer
from rounds.selection.forms import AnswerForm
from rounds.selection.models import Proposal, ProposalQuerySet
from rounds.selection.packet import Dossier, Planned, plan_to_agree

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Proposal]
else:
    Base = admin.ModelAdmin


def _person(request: HttpRequest) -> User:
    """Return who is there: the site lets nobody in without signing in."""
    return cast("User", request.user)


class RoundFilter(admin.SimpleListFilter):
    """By the rounds the person has proposals of."""

    title = gettext_lazy("round")
    parameter_name = "round"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        """Return the rounds that have had a packet."""
        proposals = Proposal.objects.hosted_by(_person(request))
        rounds = Round.objects.filter(pk__in=proposals.values("packet__round"))
        return [(round_.pk, round_.code) for round_ in rounds.order_by("-kickoff_on")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the chosen round's; a value nobody offered chooses nothing."""
        chosen = self.value()
        if chosen is None or not chosen.isdecimal():
            return queryset
        return queryset.filter(packet__round=int(chosen))


class AnswerFilter(admin.SimpleListFilter):
    """By whether an answer waits."""

    title = gettext_lazy("answer")
    parameter_name = "answered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        """Return the two sides."""
        return [("no", _("Waiting")), ("yes", _("Answered"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the chosen side."""
        if self.value() == "no":
            return queryset.filter(answer="", challenge__status=Status.PROPOSED)
        if self.value() == "yes":
            return queryset.exclude(answer="")
        return queryset


@admin.register(Proposal)
class ProposalAdmin(Base):
    """The packet's proposals: a list with what waits first, and a dossier with the answer form."""

    list_display = (
        "position",
        "challenge",
        "organisation",
        "suggestion",
        "answer_now",
        "hoped_fields",
        "working_language",
        "kickoff",
        "places_left",
    )
    list_display_links = ("challenge",)
    list_filter = (RoundFilter, AnswerFilter)
    sortable_by = ()
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = ("agree",)

    class Media:
        css: ClassVar = {"all": ("portal/proposal.css",)}

    # --- Who ----------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the person has proposals to see: the institution's staff and administrators."""
        user = request.user
        return bool(user.is_authenticated and (user.is_superuser or user.ties.staff))

    def has_view_permission(self, request: HttpRequest, obj: Proposal | None = None) -> bool:
        """Whether the person may look at this proposal, or at any."""
        if obj is None:
            return self.has_module_permission(request)
        return bool(rules.has_perm("rounds.see_proposal", request.user, obj))

    def has_answer_permission(self, request: HttpRequest) -> bool:
        """Whether the bulk action is offered: administrators may look but not answer."""
        return bool(request.user.is_authenticated and request.user.ties.staff)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: the coordinator sends packets."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Proposal | None = None) -> bool:
        """Nobody: a sent proposal stays as it is; answering is a service."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Proposal | None = None) -> bool:
        """Nobody."""
        return False

    # --- The list -----------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Return the list and the dossier: there is nothing to add, delete or leaf through."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="rounds_proposal_changelist"),
            path("<path:object_id>/change/", wrap(self.change_view), name="rounds_proposal_change"),
        ]

    def get_queryset(self, request: HttpRequest) -> ProposalQuerySet:
        """Return what the person may see, with the places that are taken in each round."""
        taken = (
            Challenge.objects.filter(round=OuterRef("packet__round"), status__in=[*TAKES_PLACE])
            .order_by()
            .values("round")
            .annotate(count=Count("pk"))
            .values("count")
        )
        found: ProposalQuerySet = Proposal.objects.hosted_by(_person(request))
        return found.annotate(taken=Coalesce(Subquery(taken, output_field=IntegerField()), 0))

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        """Put what waits first, then the newest round, in the coordinator's order."""
        waits = When(answer="", challenge__status=Status.PROPOSED, then=Value(0))
        return [
            Case(waits, default=Value(1), output_field=IntegerField()),
            "-packet__round__kickoff_on",
            "packet__number",
            "position",
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list under a title that says what it is."""
        title = _("Proposals to the institution")
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    @admin.display(description=gettext_lazy("organisation"))
    def organisation(self, proposal: Proposal) -> str:
        """Who gave the challenge."""
        return str(proposal.challenge.organisation)

    @admin.display(description=gettext_lazy("suggestion"))
    def suggestion(self, proposal: Proposal) -> SafeString:
        """What the coordinator suggests."""
        return status_badge(proposal.suggested, proposal.get_suggested_display())

    @admin.display(description=gettext_lazy("answer"))
    def answer_now(self, proposal: Proposal) -> SafeString:
        """The answer, or that it waits."""
        if proposal.challenge.status == Status.WITHDRAWN and not proposal.answer:
            return status_badge("withdrawn", _("Withdrawn by the association"))
        return status_badge(
            proposal.answer or "waiting", proposal.get_answer_display() or _("Waiting")
        )

    @admin.display(description=gettext_lazy("hoped fields of study"))
    def hoped_fields(self, proposal: Proposal) -> str:
        """The fields by name."""
        return ", ".join(str(Field(value).label) for value in proposal.challenge.hoped_fields)

    @admin.display(description=gettext_lazy("working language"))
    def working_language(self, proposal: Proposal) -> str:
        """The language named in itself."""
        return proposal.challenge.get_working_language_display()

    @admin.display(description=gettext_lazy("kick-off"))
    def kickoff(self, proposal: Proposal) -> str:
        """The day, as the language writes it."""
        return day(proposal.packet.round.kickoff_on)

    @admin.display(description=gettext_lazy("places left"))
    def places_left(self, proposal: Any) -> int:
        """How many of the round's places are free."""
        return max(int(proposal.packet.round.capacity - proposal.taken), 0)

    # --- The dossier and the answer -----------------------------------------------------------

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the challenge as it was proposed, and take the answer."""
        proposal = self.get_object(request, object_id)
        if proposal is None:
            raise Http404
        form = AnswerForm(request.POST or None, proposal=proposal)
        if request.method == "POST":
            require("rounds.see_proposal", _person(request), proposal)
            if form.is_valid() and self._answer(request, proposal, form):
                return HttpResponseRedirect(reverse("admin:rounds_proposal_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(proposal.challenge),
            "proposal": proposal,
            "dossier": Dossier.of(proposal),
            "places_left": self.places_left(proposal),
            "can_answer": Proposal.objects.answerable_by(_person(request))
            .filter(pk=proposal.pk)
            .exists(),
            "form": form,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/rounds/proposal/dossier.html", context)

    def _answer(self, request: HttpRequest, proposal: Proposal, form: AnswerForm) -> bool:
        try:
            services.answer_proposal(
                proposal.pk,
                **form.cleaned_data,
                actor=_person(request),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
            return False
        text = _("Your answer on “%(title)s” has been recorded. The association is not told yet.")
        messages.success(request, text % {"title": proposal.challenge})
        return True

    @admin.action(
        description=gettext_lazy("Agree with the chosen proposals"), permissions=["answer"]
    )
    def agree(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """List exactly what agreeing would do; do it when the list has been confirmed."""
        plan = plan_to_agree(queryset, _person(request))
        if request.POST.get("confirmed"):
            self._agree(request, plan)
            return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Agree with these proposals?"),
            "plan": plan,
            "count": sum(not line.obstacle for line in plan),
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/rounds/proposal/agree.html", context)

    def _agree(self, request: HttpRequest, plan: list[Planned]) -> None:
        agreed = 0
        for line in plan:
            try:
                services.answer_proposal(
                    line.proposal.pk,
                    answer=Answer.AGREE,
                    note="",
                    actor=_person(request),
                )
                agreed += 1
            except Refused as refusal:
                messages.error(request, f"{line.proposal.challenge}: {refusal.sentence}")
        if agreed:
            text = ngettext(
                "You agreed with one proposal. Nobody is told before the decisions are announced.",
                "You agreed with %(count)d proposals. Nobody is told before the decisions are "
                "announced.",
                agreed,
            )
            messages.success(request, text % {"count": agreed})
