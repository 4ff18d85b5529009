"""Form fields for every step."""

from __future__ import annotations

from typing import Any

from django import forms


class PlainTextField(forms.CharField):
    """Text with a limit that is told and counted, never enforced by cutting what was pasted."""

    def to_python(self, value: Any) -> str:
        """Return the text with one kind of line break, so that a break counts as one character."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Give the limit to the counter instead of `maxlength`, which cuts a paste silently."""
        attrs: dict[str, Any] = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        if self.max_length is not None and not widget.is_hidden:
            attrs["data-counter"] = str(self.max_length)
        return attrs
