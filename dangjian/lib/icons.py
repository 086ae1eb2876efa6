"""Bootstrap icons: `{% load icons %}`, the package's own tag with a memory."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@cache
def bs_icon(name: str, height: int = 16) -> SafeString:
    """The icon as inline SVG, rendered once: a page shows twenty, each a template of its own."""
    return render_to_string(f"bs_icon/{name}.svg", {"height": height})
