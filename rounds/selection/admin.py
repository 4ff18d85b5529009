"""Where the institution's staff answer the coordinator's packet: they see that and nothing else."""

from __future__ import annotations

from typing import Any, ClassVar

import rules
from django.contrib import admin
from django.db.models import Case, Count, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minno_portal.dates import day
from minno_portal.templatetags.portal import status_badge
from rounds.challenges.enums import TAKES_PLACE, Field, Status
from rounds.challenges.models import Challenge
from rounds.selection.admin_answering import Answering
from rounds.selection.admin_filters import AnswerFilter, RoundFilter, person
from rounds.selection.models import Proposal, ProposalQuerySet


@admin.register(Proposal)
class ProposalAdmin(Answering):
    """The packet's proposals: a list with what waits first, and a dossier with the answer form."""

    list_display = (
        "place",
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
    actions = ("answer", "agree")
    change_list_template = "admin/rounds/proposal/list.html"

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
        """Whether the bulk actions are offered: administrators may look but not answer."""
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
        found: ProposalQuerySet = Proposal.objects.hosted_by(person(request))
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
        response = super().changelist_view(request, {"title": title, **(extra_context or {})})
        listed = getattr(response, "context_data", None) or {}
        if "cl" in listed:
            rows = listed["cl"].result_list
            listed["packets"] = list(dict.fromkeys(proposal.packet for proposal in rows))
        return response

    @admin.display(description=gettext_lazy("place"))
    def place(self, proposal: Proposal) -> str:
        """The place in the packet; of a later packet with its number."""
        number = proposal.packet.number
        if number == 1:
            return str(proposal.position)
        packet = _("packet %(number)d") % {"number": number}
        return f"{proposal.position} ({packet})"

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
