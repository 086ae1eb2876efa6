"""Looking for a name anywhere: the first rows of each register it is found in."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dangjian.lib.figures import BadFilter, Register, register_named
from orgs.middleware import Request
from reports.access import may_view
from reports.forms.registers import LONGEST_SEARCH
from reports.listing import sections_of_register

from .registers import body

# What people look for, in the order in which it is shown.
SEARCHED = [
    "orgs.people",
    "orgs.organizations",
    "orgs.enterprises",
    "orgs.villages",
    "tasks.key_tasks",
    "orgs.activities",
]
MOST_SHOWN = 8


def search(request: Request) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    registers = [register_named(slug) for slug in SEARCHED]
    asked = [one for one in registers if words and may_view(request.user, one)]
    context: dict[str, Any] = {"words": words}
    try:
        context["found"] = [
            one for one in (found_in(request, register, words) for register in asked) if one["body"]
        ]
    except BadFilter as error:
        context["error"] = str(error)
    return render(request, "reports/search.html", context)


def found_in(request: Request, register: Register, words: str) -> dict[str, Any]:
    """The first rows of a register that hold the words. Raises BadFilter."""
    filters = {"q": words}
    [section] = sections_of_register(register, request.scope, request.period, filters)
    rows = section.page("", 0, MOST_SHOWN + 1)
    return {
        "title": register.name.removesuffix("台账"),
        "caption": register.name,
        "headers": [
            {"label": column.label, "css": "num" if column.kind == "number" else ""}
            for column in section.table.columns
        ],
        "body": body(request, section, rows[:MOST_SHOWN]),
        "has_more": len(rows) > MOST_SHOWN,
        "url": f"{reverse('register', args=[register.slug])}?{request.carry}&{urlencode(filters)}",
    }
