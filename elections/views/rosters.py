"""Entering the result of an election as its paper roster is laid out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from elections.forms import ElectionForm, Roster
from elections.models import Election
from orgs.models import Person
from orgs.scope import Scope

NEEDED = (
    "elections.change_election",
    "elections.add_seat",
    "elections.change_seat",
    "orgs.add_person",
)
MOST_NAMES = 500  # offered while typing a name


def roster(request, pk):
    if not request.user.has_perms(NEEDED):
        raise PermissionDenied
    elections = Election.objects.within(request.scope)
    elections = elections.select_related("term", "body__kind", "body__village")
    if request.method != "POST":
        return shown(request, get_object_or_404(elections, pk=pk))
    with transaction.atomic():  # who saves the same roster waits
        return saved(request, get_object_or_404(elections.select_for_update(of=("self",)), pk=pk))


def shown(request, election):
    form, rows = ElectionForm(instance=election), Roster(instance=election, scope=request.scope)
    return page(request, election, form, rows)


def saved(request, election):
    form = ElectionForm(request.POST, instance=election)
    rows = Roster(request.POST, instance=election, scope=request.scope)
    # The head first: rows are checked against it. Both, so that all errors are told at once.
    if not all([form.is_valid(), rows.is_valid()]):
        return page(request, election, form, rows)
    form.save()
    rows.save()
    messages.success(request, f"已保存“{election.body}”的名册。")
    return redirect(after(request, election))


def page(request, election, form, rows):
    context = {
        "election": election,
        "form": form,
        "rows": rows,
        "names": names_offered(election),
        "following": following(request, election),
    }
    return render(request, "elections/roster.html", context)


def after(request, election):
    """Where saving leads: the round's page, or the next roster still empty."""
    following_one = following(request, election) if "next" in request.POST else None
    if following_one:
        return f"{reverse('roster', args=[following_one.pk])}?{request.carry}"
    return f"{election.term.get_absolute_url()}?{request.carry}"


def following(request, election):
    """The next election of the round whose roster is empty, or None."""
    others = Election.objects.within(request.scope).filter(term=election.term, seats=None)
    return others.exclude(pk=election.pk).order_by("body__village", "body__kind__order").first()


def names_offered(election):
    """Who keeps to the organization of the body: offered while a name is typed."""
    people = Person.objects.within(Scope(election.body.organization_id)).order_by("name")
    return people.values_list("name", "birth_on")[:MOST_NAMES]
