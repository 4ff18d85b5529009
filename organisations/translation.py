"""Which of this app's texts exist in three languages in the database."""

from modeltranslation.translator import TranslationOptions, register

from organisations.models import County, Partnership, Region


@register(Region)
class RegionTranslation(TranslationOptions):
    """Region names."""

    fields = ("name",)


@register(County)
class CountyTranslation(TranslationOptions):
    """County names."""

    fields = ("name",)


@register(Partnership)
class PartnershipTranslation(TranslationOptions):
    """The line that ends a letter."""

    fields = ("sign_off",)
