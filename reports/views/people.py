"""One person on one page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from cadres.actions import log_reading_of_talks
from cadres.models import Talk
from orgs.middleware import Request
from orgs.models import Person
from reports.people import current_offices, facts, timeline


def person(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Person.objects.within(request.scope).select_related("organization"), pk=pk
    )
    with_talks = request.user.has_perm("cadres.view_talk")
    events = timeline(found, with_talks=with_talks)
    if any(event.kind in Talk.Kind.labels for event in events):
        log_reading_of_talks(user=request.user, address=request.get_full_path())
    context = {
        "person": found,
        "facts": facts(found, request.period),
        "offices": current_offices(events, request.period.as_of),
        "events": events,
    }
    return render(request, "reports/person.html", context)
