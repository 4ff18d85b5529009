"""Template tags and filters that are at hand in every template."""

from django import template

register = template.Library()
