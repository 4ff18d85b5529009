"""Writing a campaign, trying it, sending and stopping it; nothing is sent unseen or twice."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from hashlib import sha256

from minno_portal import clock
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter as OutboxLetter
from minno_portal.outbox.rendering import Written
from minno_portal.outbox.services import Recipient, queue_letter
from minno_portal.services import require_permission, service
from organisations.people.enums import Language
from organisations.people.models import User
from rounds.call.campaigns import errors
from rounds.call.campaigns.audience import Audience, Filters, audience_of
from rounds.call.campaigns.composing import Letter, Writer
from rounds.call.campaigns.enums import Purpose
from rounds.call.campaigns.facts import chosen_of
from rounds.call.campaigns.kinds import KINDS, last_moment
from rounds.call.campaigns.models import Campaign, CampaignRecipient
from rounds.call.campaigns.tasks import send
from rounds.call.campaigns.transitions import TABLE, lock_campaign
from rounds.planning.locks import lock_round

ROWS_AT_ONCE = 1000

Texts = Mapping[str, Written]


@service
def begin_campaign(
    round_id: int, *, purpose: str, texts: Texts, filters: Filters, is_ready: bool, actor: User
) -> Campaign:
    """Write a campaign.

    :param texts: by language, with placeholders.
    :param is_ready: it waits for sending; otherwise it is a draft.
    :raises NotAllowed: when the actor does not coordinate the round.
    """
    round_ = lock_round(round_id)
    require_permission("rounds.write_campaign", actor, round_)
    campaign = Campaign(round=round_, purpose=purpose, created_by=actor)
    return _store(campaign, texts, filters, is_ready=is_ready, actor=actor)


@service
def edit_campaign(
    campaign_id: int, *, texts: Texts, filters: Filters, is_ready: bool, actor: User
) -> Campaign:
    """Change a campaign of which nothing has been sent.

    :raises NotAllowed: when the actor does not coordinate the round.
    :raises WrongState: when it has been sent in between.
    """
    return _store(lock_campaign(campaign_id), texts, filters, is_ready=is_ready, actor=actor)


def _store(
    campaign: Campaign, texts: Texts, filters: Filters, *, is_ready: bool, actor: User
) -> Campaign:
    action = "hold" if is_ready else "edit"
    campaign.status = TABLE.require(campaign, action, actor=actor).target
    for language, written in texts.items():
        setattr(campaign, f"subject_{language}", written.subject)
        setattr(campaign, f"text_{language}", written.text)
    campaign.audience = filters.as_json()
    campaign.save()
    return campaign


@service
def drop_campaign(campaign_id: int, *, actor: User) -> None:
    """Remove a campaign of which nothing has been sent.

    :raises NotAllowed: when the actor does not coordinate the round.
    :raises WrongState: when it has been sent in between.
    """
    campaign = lock_campaign(campaign_id)
    TABLE.require(campaign, "edit", actor=actor)
    campaign.delete()


@service
def send_test(campaign_id: int, *, actor: User) -> int:
    """Send the actor the letter in each language that it is written in; return how many.

    :raises NotAllowed: when the actor does not coordinate the round.
    :raises WrongState: when it has been sent in between.
    """
    campaign = lock_campaign(campaign_id)
    TABLE.require(campaign, "edit", actor=actor)
    audience, writer = audience_now(campaign, actor), Writer(campaign)
    languages = [each for each in Language.values if campaign.has_text_in(each)]
    for language in languages:
        rendered = writer.write(sample(audience, language, actor))
        queue_letter(
            KINDS[campaign.purpose],
            key=f"campaign-test:{campaign.pk}:{uuid.uuid4().hex}",
            to=Recipient(actor.email, language, actor.name),
            values=lambda _to: {},
            sender=campaign.round.sender,
            written=Written(f"[TEST {language}] {rendered.subject}", rendered.text),
            about=campaign,
        )
    return len(languages)


@service
def send_campaign(campaign_id: int, *, seen: str, actor: User) -> Campaign:
    """Send a campaign to everybody whom the actor has seen on the page.

    :param seen: the mark of the letter and its readers that the page showed, see `mark_of`.
    :raises NotAllowed: when the actor does not coordinate the round.
    :raises WrongState: when it is not ready, or has been sent already.
    :raises CampaignChanged: when the letter or its readers are others by now.
    :raises NobodyToWriteTo: when nobody would get it.
    :raises RoundNotPublished: when the letter's link would lead nowhere.
    :raises CallHasClosed: when its moment has passed.
    :raises NothingToldYet: when there are no chosen challenges to name.
    """
    lock_round(Campaign.objects.values_list("round_id", flat=True).get(pk=campaign_id))
    campaign = lock_campaign(campaign_id)
    target = TABLE.require(campaign, "send", actor=actor).target
    refuse_too_early_or_late(campaign)
    audience = audience_now(campaign, actor)
    if not audience.readers:
        raise errors.NobodyToWriteTo
    if seen != mark_of(campaign, audience):
        raise errors.CampaignChanged
    campaign.status = target
    campaign.approved_by, campaign.approved_at = actor, clock.now()
    campaign.save()
    _write_down(campaign, audience)
    send.delay_on_commit(campaign.pk)
    return campaign


def refuse_too_early_or_late(campaign: Campaign) -> None:
    """Refuse a campaign whose letter would lead nowhere, confuse, or name nothing."""
    round_ = campaign.round
    if not round_.is_published:
        raise errors.RoundNotPublished
    last = last_moment(campaign.purpose, round_)
    if last is not None and last <= clock.now():
        raise errors.CallHasClosed
    if campaign.purpose == Purpose.CHOSEN and not chosen_of(round_):
        raise errors.NothingToldYet


@service
def stop_campaign(campaign_id: int, *, actor: User) -> int:
    """Send nothing more of a campaign; return how many letters that were written stay unsent.

    :raises NotAllowed: when the actor does not coordinate the round.
    :raises WrongState: when there is nothing left to stop.
    """
    campaign = lock_campaign(campaign_id)
    campaign.status = TABLE.require(campaign, "stop", actor=actor).target
    campaign.finished_at = clock.now()
    campaign.save()
    unsent = OutboxLetter.objects.about(campaign).filter(
        is_bulk=True, state__in=(State.QUEUED, State.RETRY)
    )
    return int(unsent.update(state=State.CANCELLED))


def note_visit(recipient_id: int) -> None:
    """Note the day of a reader's first visit; later ones leave no trace."""
    first = CampaignRecipient.objects.filter(pk=recipient_id, visited_on=None)
    first.update(visited_on=clock.today())


def audience_now(campaign: Campaign, user: User) -> Audience:
    """Return who would get the campaign now."""
    return audience_of(Filters.of(campaign.audience), campaign.round, user)


def sample(audience: Audience, language: str, user: User) -> Letter:
    """Return for whom a preview is written: a real reader of the language, if there is one."""
    reader = audience.first_in(language)
    if reader is None:
        return Letter(language, user.name, "Esimerkkiyhdistys ry")
    return Letter(language, reader.name, reader.organisation_name)


def mark_of(campaign: Campaign, audience: Audience) -> str:
    """Return a mark of a letter and its readers: another one as soon as anything changes."""
    marks = sha256(repr([campaign.written_in(each) for each in Language.values]).encode())
    for reader in sorted(audience.readers, key=lambda each: each.address):
        line = f"{reader.address}\x1f{reader.language}\x1f{reader.organisation}\x1e"
        marks.update(line.encode())
    return marks.hexdigest()[:20]


def _write_down(campaign: Campaign, audience: Audience) -> None:
    rows = (
        CampaignRecipient(
            campaign=campaign,
            organisation_id=reader.organisation,
            contact_id=reader.contact,
            user_id=reader.user,
            address=reader.address,
            name=reader.name,
            language=reader.language,
        )
        for reader in audience.readers
    )
    CampaignRecipient.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
