"""One person's life in the records: every post, seat and membership on one timeline."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from cadres.models import Cadre, Posting, Recruit, ReserveListing, StudyReview, TalkPerson
from elections.models import Seat
from orgs.models import Development, Membership, Person, Pledge, TagLink
from orgs.scope import Scope


@dataclass(frozen=True)
class Event:
    """Something that began on a day, and ended on another, goes on (`until` None), or was one day.

    `is_moment` marks what has no end at all; its `until` is how long it has an effect.
    """

    since: date
    until: date | None
    kind: str
    text: str
    is_moment: bool = False


def timeline(person: Person, *, talks_within: Scope) -> list[Event]:
    """Everything on record of a person, newest first. One query per kind of record.

    A person's own record is theirs wherever it was made. But of talks, which are for those who may
    read them, only those kept inside `talks_within` are told: as in their register.
    """
    sources = [memberships, seats, posts, postings, recruitments, reserves, tags, developments]
    events = [event for source in [*sources, reviews, pledges] for event in source(person)]
    events += talks(person, talks_within)
    return sorted(events, key=lambda event: event.since, reverse=True)


def memberships(person: Person) -> Iterator[Event]:
    for row in Membership.objects.filter(person=person).select_related("organization"):
        text = f"{row.organization}（{row.get_kind_display()}）"
        yield Event(row.since, row.until, "组织关系", text)


def seats(person: Person) -> Iterator[Event]:
    related = "election__body__kind", "election__body__village", "election__term"
    for row in Seat.objects.filter(person=person).select_related(*related):
        body = row.election.body
        text = f"{body.village or body}{body.kind}{row.title}（{row.election.term}）"
        yield Event(row.since, row.until, "班子任职", text)


def posts(person: Person) -> Iterator[Event]:
    for row in Cadre.objects.filter(person=person):
        yield Event(row.since, row.until, "干部任职", f"{row.post}（{row.get_rank_display()}）")


def postings(person: Person) -> Iterator[Event]:
    rows = Posting.objects.filter(person=person).select_related("department")
    targets = "targets__village", "targets__enterprise", "targets__party_organization"
    for row in rows.prefetch_related(*targets):
        places = "、".join(str(target) for target in row.targets.all())
        department = str(row.department or "")
        text = "，".join(part for part in (department, row.project, places, row.duty) if part)
        yield Event(row.since, row.until, row.get_kind_display(), text)


def recruitments(person: Person) -> Iterator[Event]:
    for row in Recruit.objects.filter(person=person).select_related("recruitment"):
        if row.hired_on:
            text = f"{row.recruitment}上岗（试用{row.get_result_display()}）"
            yield Event(row.hired_on, row.left_on, "公开招聘", text)


def reserves(person: Person) -> Iterator[Event]:
    for row in ReserveListing.objects.filter(person=person).select_related("village"):
        outcome = f"（{row.get_outcome_display()}）" if row.outcome else ""
        text = f"{row.village or ''}{row.target_post}{outcome}"
        yield Event(row.since, row.until, "后备干部", text)


def tags(person: Person) -> Iterator[Event]:
    for row in TagLink.objects.filter(person=person).select_related("tag"):
        yield Event(row.since, row.until, "标签", row.tag.name)


def developments(person: Person) -> Iterator[Event]:
    for row in Development.objects.filter(person=person).select_related("organization"):
        text = f"{row.get_stage_display()}（{row.organization}）"
        yield Event(row.reached_on, None, "发展党员", text, is_moment=True)


def reviews(person: Person) -> Iterator[Event]:
    for row in StudyReview.objects.filter(person=person):
        score = f"，考学{row.score.normalize():f}分" if row.score is not None else ""
        text = f"{row.year}年{row.get_grade_display()}{score}"
        yield Event(row.reviewed_on, None, "述学评学考学", text, is_moment=True)


def pledges(person: Person) -> Iterator[Event]:
    for row in Pledge.objects.filter(person=person):
        done = f"{row.fulfilled_on:%Y年%-m月%-d日}兑现" if row.fulfilled_on else "尚未兑现"
        yield Event(row.pledged_on, None, "党员承诺", f"{row.text}（{done}）", is_moment=True)


def talks(person: Person, scope: Scope) -> Iterator[Event]:
    rows = TalkPerson.objects.within(scope).filter(person=person).select_related("talk")
    for row in rows:
        effect = f"，影响期至{row.effect_until:%Y年%-m月%-d日}" if row.effect_until else ""
        text = f"{row.talk.reason}（谈话人：{row.talk.talker}）{effect}"
        kind = row.talk.get_kind_display()
        yield Event(row.talk.held_on, row.effect_until, kind, text, is_moment=True)


def in_effect(events: list[Event], day: date) -> list[Event]:
    """Moments whose effect lasts on the day, their last one included: admonitions."""
    return [
        event
        for event in events
        if event.is_moment and event.until and event.since <= day <= event.until
    ]


def current_offices(events: list[Event], day: date) -> list[Event]:
    """What the person does on the day: events that go on, leaving out moments."""
    return [
        event
        for event in events
        if not event.is_moment and event.since <= day and (not event.until or event.until > day)
    ]


def facts(person: Person, period: Any) -> list[tuple[str, str]]:
    """Label and text of what stands at the head of a person's page."""
    birth = f"{person.birth_on:%Y年%-m月}"
    joined = f"{person.joined_on:%Y年%-m月}" if person.joined_on else "—"
    return [
        ("性别", person.get_sex_display()),
        ("民族", person.ethnicity),
        ("出生年月", f"{birth}（{age_on(person.birth_on, period.as_of)}岁）"),
        ("学历", person.get_education_display()),
        ("政治面貌", person.get_political_status_display()),
        ("入党时间", joined),
        ("归口党组织", str(person.organization)),
    ]


def age_on(birth_on: date, day: date) -> int:
    """Completed years, as the figures count them."""
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))
