"""Draws the boxes where files are sent, and the links of those that were."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from rounds.challenges.attachments.boxes import FileLink, attachment_links, boxes_of
from rounds.challenges.models import Challenge

register = template.Library()


@register.inclusion_tag("rounds/challenges/attachments/_boxes.html", takes_context=True)
def attachments(context: Context, challenge: Challenge, section: str) -> dict[str, Any]:
    """Draw the boxes of one section of the form; they stand beside the section's own form.

    :param section: the key of the section.
    """
    request = context.get("request")
    return {
        "boxes": boxes_of(challenge, section),
        "here": request.get_full_path() if request else "",
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def files(content: dict[str, Any]) -> list[FileLink]:
    """Return the files that a version's content names."""
    return attachment_links(content)
