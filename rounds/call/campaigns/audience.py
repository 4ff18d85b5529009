"""Whom a campaign goes to: the register narrowed by filters, each address once, the rest told why.

The queries are as many at any size of the register.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Q

from minno_portal.outbox.failing import every_failing_address
from organisations.mailing.services import unsubscribed
from organisations.membership.enums import Role
from organisations.membership.models import Membership
from organisations.people.enums import Language
from organisations.people.models import User
from organisations.register import past
from organisations.register.enums import Kind
from organisations.register.filters import EVER, MEMBERS, NATIONAL, NEVER
from organisations.register.models import Contact, Organisation
from rounds.call.campaigns.enums import Readers, Reason
from rounds.planning.models import Round


@dataclass(frozen=True)
class Filters:
    """What narrows the register; empty means everybody.

    :param members: `MEMBERS` of the coordinating organisation or `OTHERS`.
    :param areas: codes of counties, and `NATIONAL`.
    :param languages: of letters.
    :param part: `EVER`, `NEVER` or the slug of a round that the association took part in.
    :param readers: a value of `Readers`.
    :param without_submitted: leave out who has given a challenge to this very round.
    """

    members: str = ""
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    part: str = ""
    readers: str = Readers.ALL.value
    without_submitted: bool = False

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Filters:
        """Read what `as_json` has written."""
        return cls(
            members=kept.get("members", ""),
            areas=tuple(kept.get("areas", ())),
            languages=tuple(kept.get("languages", ())),
            part=kept.get("part", ""),
            readers=kept.get("readers", Readers.ALL.value),
            without_submitted=kept.get("without_submitted", False),
        )

    def as_json(self) -> dict[str, Any]:
        """Return what a campaign keeps."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets the letter; one of `contact` and `user` is an id."""

    organisation: int
    organisation_name: str
    address: str
    name: str
    language: str
    contact: int | None = None
    user: int | None = None

    def get_language_display(self) -> str:
        """Return the language's own name, as models do."""
        return str(Language(self.language).label)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An association, or one of its people, who gets no letter."""

    organisation_name: str
    address: str
    reason: Reason


@dataclass(frozen=True)
class Audience:
    """Everybody who gets the letter, and who does not."""

    readers: list[Reader] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def by_language(self) -> dict[str, int]:
        """How many read in each language, all of them named."""
        counts = Counter(reader.language for reader in self.readers)
        return {language: counts[language] for language in Language.values}

    @property
    def reasons(self) -> list[tuple[Reason, int]]:
        """Why somebody is left out, with how many there are."""
        counts = Counter(each.reason for each in self.left_out)
        return [(reason, counts[reason]) for reason in Reason if counts[reason]]

    def first_in(self, language: str) -> Reader | None:
        """Return a reader of the language."""
        return next((each for each in self.readers if each.language == language), None)


def audience_of(filters: Filters, round_: Round, user: User) -> Audience:
    """Return who gets a letter about `round_` that `user` sends (at most six queries)."""
    fitting = Organisation.objects.filter(_condition(filters, round_, user)).distinct()
    organisations = list(fitting.order_by("name", "pk").only("name", "no_mail", "awaits_approval"))
    ids = [each.pk for each in organisations]
    people: dict[int, list[_Person]] = {pk: [] for pk in ids}
    if filters.readers != Readers.PEOPLE:
        _add(people, _contacts(ids))
    if filters.readers != Readers.CONTACTS:
        _add(people, _members(ids))
    sieve = _Sieve(unsubscribed(round_.partnership_id), every_failing_address(), filters.languages)
    return sieve.sort(organisations, people)


@dataclass(frozen=True, slots=True)
class _Person:
    organisation: int
    address: str
    name: str
    language: str
    no_mail: bool = False
    contact: int | None = None
    user: int | None = None


def _condition(filters: Filters, round_: Round, user: User) -> Q:
    condition = Q(kind=Kind.ASSOCIATION)
    if filters.members:
        condition &= Q(is_member=filters.members == MEMBERS)
    if filters.areas:
        national = Q(is_national=True) if NATIONAL in filters.areas else Q(pk__in=[])
        condition &= Q(counties__in=filters.areas) | national
    if filters.part in (EVER, NEVER):
        taken = past.took_part(user)
        condition &= taken if filters.part == EVER else ~taken
    elif filters.part:
        condition &= past.took_part(user, filters.part)
    if filters.without_submitted:
        condition &= ~past.took_part(user, round_.slug)
    return condition


def _contacts(organisations: list[int]) -> Iterator[_Person]:
    rows = Contact.objects.filter(organisation__in=organisations).order_by("name", "pk")
    fields = ("organisation_id", "email", "name", "language", "no_mail", "pk")
    for row in rows.values_list(*fields):
        yield _Person(*row)


def _members(organisations: list[int]) -> Iterator[_Person]:
    rows = Membership.objects.filter(
        organisation__in=organisations,
        role=Role.CONTACT,
        awaits_approval=False,
        user__is_active=True,
    ).order_by("user__name", "pk")
    fields = ("organisation_id", "user__email", "user__name", "user__language", "user_id")
    for organisation, address, name, language, pk in rows.values_list(*fields):
        yield _Person(organisation, address, name, language, user=pk)


def _add(people: dict[int, list[_Person]], more: Iterable[_Person]) -> None:
    for person in more:
        people[person.organisation].append(person)


class _Sieve:
    """Sorts people into those who get the letter and those who do not."""

    def __init__(self, unsubscribed: set[str], dead: set[str], languages: Iterable[str]) -> None:
        self.unsubscribed, self.dead, self.languages = unsubscribed, dead, set(languages)
        # The language that a person has chosen for themselves, by address.
        self.chosen: dict[str, str] = {}
        # Who has said no as a contact person of one association is not asked through another.
        self.refusing: set[str] = set()

    def sort(
        self, organisations: Iterable[Organisation], people: Mapping[int, list[_Person]]
    ) -> Audience:
        everybody = [person for group in people.values() for person in group]
        self.chosen = {each.address: each.language for each in everybody if each.user}
        self.refusing = {each.address for each in everybody if each.no_mail}
        found = Audience()
        taken: dict[str, int] = {}
        for organisation in organisations:
            group = people[organisation.pk]
            if not group:
                found.left_out.append(LeftOut(organisation.name, "", Reason.NOBODY))
            for person in group:
                self._place(person, organisation, taken, found)
        return found

    def _place(
        self, person: _Person, organisation: Organisation, taken: dict[str, int], found: Audience
    ) -> None:
        language = self.chosen.get(person.address, person.language)
        if self.languages and language not in self.languages:
            return
        through = taken.get(person.address)
        if through == organisation.pk:
            return
        reason = self._reason(person, organisation, is_taken=through is not None)
        if reason:
            found.left_out.append(LeftOut(organisation.name, person.address, reason))
            return
        taken[person.address] = organisation.pk
        found.readers.append(
            Reader(
                organisation=organisation.pk,
                organisation_name=organisation.name,
                address=person.address,
                name=person.name,
                language=language,
                contact=person.contact,
                user=person.user,
            )
        )

    def _reason(
        self, person: _Person, organisation: Organisation, *, is_taken: bool
    ) -> Reason | None:
        if organisation.awaits_approval:
            return Reason.AWAITS_APPROVAL
        if organisation.no_mail or person.address in self.refusing:
            return Reason.NO_MAIL
        if person.address in self.unsubscribed:
            return Reason.UNSUBSCRIBED
        if person.address in self.dead:
            return Reason.DEAD
        return Reason.TWICE if is_taken else None
