"""Answering in the admin: the dossier of one proposal, and a list with an answer in each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minno_portal.errors import Refused
from organisations.access import posted, require
from rounds.selection import services
from rounds.selection.admin_filters import person
from rounds.selection.enums import Answer
from rounds.selection.models import Proposal
from rounds.selection.proposing.answer_forms import AnswerForm
from rounds.selection.proposing.dossier import entry_of
from rounds.selection.proposing.planning import Planned, answers_hold, plan_answers, why_not

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Proposal]
else:
    Base = admin.ModelAdmin


class Answering(Base):
    """What an admin of proposals needs to take answers."""

    def places_left(self, proposal: Any) -> int:
        """How many of the round's places are free; the admin itself knows."""
        raise NotImplementedError

    def _page(
        self, request: HttpRequest, template: str, title: str, **context: Any
    ) -> HttpResponse:
        around = self.admin_site.each_context(request)
        context = {**around, "opts": self.opts, "title": title, **context}
        return TemplateResponse(request, f"admin/rounds/proposal/{template}.html", context)

    # --- One proposal -------------------------------------------------------------------------

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
        user = person(request)
        form = AnswerForm(posted(request), proposal=proposal)
        if request.method == "POST":
            require("rounds.see_proposal", user, proposal)
            if form.is_valid() and self._answer(request, form):
                return HttpResponseRedirect(reverse("admin:rounds_proposal_changelist"))
        return self._page(
            request,
            "dossier",
            str(proposal.challenge),
            proposal=proposal,
            round=proposal.packet.round,
            entry=entry_of(proposal, user),
            places_left=self.places_left(proposal),
            why_not=why_not(proposal, user),
            form=form,
        )

    def _answer(self, request: HttpRequest, form: AnswerForm) -> bool:
        try:
            services.answer_proposal(form.proposal.pk, **form.cleaned_data, actor=person(request))
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
            return False
        text = _("Your answer on “%(title)s” has been recorded. The association is not told yet.")
        messages.success(request, text % {"title": form.proposal.challenge})
        return True

    # --- Several proposals --------------------------------------------------------------------

    @admin.action(
        description=gettext_lazy("Agree with the chosen proposals"), permissions=["answer"]
    )
    def agree(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """List the chosen proposals, each with "we agree" to begin with."""
        return self._answer_several(request, queryset, "agree", Answer.AGREE.value)

    @admin.action(description=gettext_lazy("Answer the chosen proposals"), permissions=["answer"])
    def answer(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """List the chosen proposals, each with an answer and a note of its own."""
        return self._answer_several(request, queryset, "answer", "")

    def _answer_several(
        self, request: HttpRequest, queryset: QuerySet[Any], action: str, preset: str
    ) -> HttpResponse | None:
        is_sent = bool(request.POST.get("confirmed"))
        data = request.POST if is_sent else None
        plan = plan_answers(queryset, person(request), preset=preset, data=data)
        if is_sent and answers_hold(plan):
            self._record(request, plan)
            return None
        return self._page(
            request,
            "answers",
            _("Answer these proposals"),
            plan=plan,
            action=action,
            count=sum(row.form is not None for row in plan),
            has_errors=any(row.form is not None and row.form.errors for row in plan),
            action_checkbox_name=ACTION_CHECKBOX_NAME,
        )

    def _record(self, request: HttpRequest, plan: list[Planned]) -> None:
        given = [row.form.given for row in plan if row.form is not None and row.form.is_given]
        refused = services.answer_proposals(given, actor=person(request))
        for row in plan:
            if row.proposal.pk in refused:
                sentence = refused[row.proposal.pk].sentence
                messages.error(request, f"{row.proposal.challenge}: {sentence}")
        count = len(given) - len(refused)
        if count:
            text = ngettext(
                "One answer has been recorded. The associations are not told yet.",
                "%(count)d answers have been recorded. The associations are not told yet.",
                count,
            )
            messages.success(request, text % {"count": count})
        elif not given:
            messages.warning(request, _("No row had an answer, so nothing was recorded."))
