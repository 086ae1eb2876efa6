"""One person on one page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from cadres.actions import log_reading_of_talks
from cadres.models import Talk
from orgs.middleware import Request
from orgs.models import Person
from orgs.scope import NOTHING
from reports.people import current_offices, facts, in_effect, timeline


def person(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Person.objects.within(request.scope).select_related("organization"), pk=pk
    )
    reads_talks = request.user.has_perm("cadres.view_talk")
    # However the page is narrowed: a talk is mostly kept by the organization above.
    events = timeline(found, talks_within=request.own_scope if reads_talks else NOTHING)
    if any(event.kind in Talk.Kind.labels for event in events):
        log_reading_of_talks(user=request.user, address=request.get_full_path())
    context = {
        "person": found,
        "facts": facts(found, request.period),
        "offices": current_offices(events, request.period.as_of),
        "effects": in_effect(events, request.period.as_of),
        "events": events,
    }
    return render(request, "reports/person.html", context)
