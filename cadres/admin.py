"""Data entry for cadres, in the order of the paper forms."""

from functools import wraps

from django.contrib import admin

from orgs.admin.base import ScopedAdmin, ScopedInline

from .actions import log_reading_of_talks
from .models import (
    Cadre,
    Posting,
    PostingTarget,
    Recruit,
    Recruitment,
    ReserveListing,
    StudyReview,
    Talk,
    TalkPerson,
    Visit,
)


@admin.register(Cadre)
class CadreAdmin(ScopedAdmin):
    list_display = ["person", "post", "rank", "department", "since", "until"]
    list_filter = ["rank", "staff_kind", "is_leader"]
    list_select_related = ["person", "department"]
    search_fields = ["person__name", "post"]
    autocomplete_fields = ["person", "organization", "department"]
    fieldsets = [
        ("干部", {"fields": ["person", "organization", "department", "post"]}),
        ("职级", {"fields": ["rank", "staff_kind", "is_leader"]}),
        ("任职时间", {"fields": ["since", "until"]}),
    ]


class Targets(ScopedInline):
    model = PostingTarget
    fields = ["party_organization", "enterprise", "village"]
    autocomplete_fields = ["party_organization", "enterprise", "village"]


class Visits(ScopedInline):
    model = Visit
    fields = ["visited_on", "enterprise", "content", "problem", "is_solved"]
    autocomplete_fields = ["enterprise"]


@admin.register(Posting)
class PostingAdmin(ScopedAdmin):
    list_display = ["person", "kind", "organization", "since", "until"]
    list_filter = ["kind", "is_full_time"]
    list_select_related = ["person", "organization"]
    search_fields = ["person__name", "project"]
    autocomplete_fields = ["person", "organization", "department"]
    inlines = [Targets, Visits]
    fieldsets = [
        ("派驻", {"fields": ["person", "kind", "organization", "since", "until"]}),
        ("去向与职责", {"fields": ["department", "project", "duty", "is_full_time"]}),
        ("走访与考核", {"fields": ["visits_per_month", "appraisal"]}),
    ]


class Recruits(ScopedInline):
    model = Recruit
    fields = [
        "person",
        "written_score",
        "interview_score",
        "hired_on",
        "probation_ends_on",
        "result",
        "left_on",
    ]
    autocomplete_fields = ["person"]


@admin.register(Recruitment)
class RecruitmentAdmin(ScopedAdmin):
    list_display = ["name", "organization", "posts", "announced_on"]
    list_select_related = ["organization"]
    search_fields = ["name"]
    autocomplete_fields = ["organization"]
    inlines = [Recruits]
    fieldsets = [("招聘批次", {"fields": ["name", "organization", "posts", "announced_on"]})]


@admin.register(ReserveListing)
class ReserveListingAdmin(ScopedAdmin):
    list_display = ["person", "village", "target_post", "since", "outcome"]
    list_filter = ["outcome", ("village", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person", "village"]
    search_fields = ["person__name"]
    autocomplete_fields = ["person", "organization", "village"]
    fieldsets = [
        ("后备干部", {"fields": ["person", "organization", "village", "target_post"]}),
        ("在库时间", {"fields": ["since", "until", "outcome"]}),
    ]


@admin.register(StudyReview)
class StudyReviewAdmin(ScopedAdmin):
    list_display = ["person", "year", "score", "grade", "reviewed_on"]
    list_filter = ["year", "grade"]
    list_select_related = ["person"]
    search_fields = ["person__name"]
    autocomplete_fields = ["person", "organization"]
    fieldsets = [
        (
            "述学评学考学",
            {"fields": ["person", "organization", "year", "score", "grade", "reviewed_on"]},
        )
    ]


class TalkPeople(ScopedInline):
    model = TalkPerson
    fields = ["person", "effect_until"]
    autocomplete_fields = ["person"]


@admin.register(Talk)
class TalkAdmin(ScopedAdmin):
    list_display = ["held_on", "kind", "talker", "reason", "organization"]
    list_filter = ["kind"]
    list_select_related = ["organization"]
    search_fields = ["reason"]
    autocomplete_fields = ["organization"]
    inlines = [TalkPeople]
    fieldsets = [
        ("谈话", {"fields": ["kind", "held_on", "organization", "talker"]}),
        ("内容", {"fields": ["reason", "points"]}),
    ]

    def get_urls(self):
        """Every page of them puts on record who was shown it."""
        patterns = super().get_urls()
        for pattern in patterns:
            pattern.callback = on_record(pattern.callback)
        return patterns


def on_record(view):
    """The view, with each page it shows put on record."""

    @wraps(view)
    def recorded(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and request.user.is_authenticated:
            log_reading_of_talks(user=request.user, address=request.get_full_path())
        return response

    return recorded
