"""What happens to several records of floor 1 at once."""

from django.core.exceptions import ValidationError
from django.db import transaction

from .models import Coverage, Organization


@transaction.atomic
def cover(*, enterprise, organization, since):
    """Let an organization cover an enterprise from a day on, in the way it is formed.

    What covered it until then, and the plan to organize it, end that day and are not changed
    otherwise, so that no figure of an earlier day moves. Raises ValidationError.
    """
    former = enterprise.open_coverage()
    if former:
        refuse_too_early(former, organization, since)
        end(former, since)
    for plan in enterprise.plans.filter(until__isnull=True, since__lt=since):
        end(plan, since)
    mode = organization.formation or Coverage.Mode.ATTACHED
    link = Coverage(enterprise=enterprise, organization=organization, mode=mode, since=since)
    refuse_second_of_standalone(link)
    link.full_clean()
    link.save()
    return link


def end(row, day):
    row.until = day
    row.save()


def refuse_too_early(former, organization, since):
    if former.organization == organization:
        raise ValidationError({"organization": "这家企业现在就由这个党组织覆盖。"})
    if since <= former.since:
        message = f"现有的组织覆盖从{former.since}开始，新的起始日期必须更晚。"
        raise ValidationError({"since": message})


def refuse_second_of_standalone(link):
    """A branch an enterprise has formed of its own covers that enterprise alone."""
    if link.mode != Organization.Formation.STANDALONE:
        return
    others = Coverage.objects.filter(organization=link.organization, until__isnull=True)
    if others.exclude(enterprise=link.enterprise).exists():
        raise ValidationError({"organization": "这个单独组建的党支部已覆盖另一家企业。"})
