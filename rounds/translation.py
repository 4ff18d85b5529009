"""Which of this app's texts exist in three languages in the database."""

from modeltranslation.translator import TranslationOptions, register

from rounds.models import Campaign, Criterion, Fund, OwnQuestion, Round, SpecificObjective


@register(Round)
class RoundTranslation(TranslationOptions):
    """The text of the call."""

    fields = ("intro",)


@register(Campaign)
class CampaignTranslation(TranslationOptions):
    """The letter, with placeholders."""

    fields = ("subject", "text")


@register(OwnQuestion)
class OwnQuestionTranslation(TranslationOptions):
    """What the form asks."""

    fields = ("label", "help")


@register(Criterion)
class CriterionTranslation(TranslationOptions):
    """What assessors read."""

    fields = ("name", "description")


@register(Fund)
class FundTranslation(TranslationOptions):
    """Fund names."""

    fields = ("code", "name")


@register(SpecificObjective)
class SpecificObjectiveTranslation(TranslationOptions):
    """Names of specific objectives."""

    fields = ("name",)
