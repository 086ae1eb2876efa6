"""The charts of the pages: which figures they draw. Every bar leads to the rows it counts.

A bar is a figure narrowed by dimensions of its register, so it is counted in that register's one
query with everything else on the page, and its link lists the same rows by the same filters.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from dangjian.lib.charts import Chart, Datum, bar_list, columns, stack
from dangjian.lib.figures import Figure, Measured, Value, compute, figure_named
from dangjian.lib.periods import Period
from dangjian.lib.printing import day_in_chinese, figure_address
from dangjian.lib.spans import spans_of
from dangjian.lib.template_tags import may_open
from elections.figures import LAST_TERM, party_members
from orgs.figures.activities import activities
from orgs.middleware import Request, carry_on
from orgs.models.people import Education
from tasks.figures import (
    tasks_behind,
    tasks_due_soon,
    tasks_late,
    tasks_not_begun,
    tasks_on_time,
    tasks_on_track,
    tasks_overdue,
)
from tasks.lights import BEHIND, DONE, DONE_LATE, DUE_SOON, NOT_BEGUN, ON_TRACK, OVERDUE

# A figure narrowed to one bar, under the bar's name.
Slices = Sequence[tuple[str, Measured]]

AGES: Slices = [
    ("35岁及以下", party_members.inside(age__lte=35)),
    ("36—45岁", party_members.inside(age__gte=36, age__lte=45)),
    ("46—55岁", party_members.inside(age__gte=46, age__lte=55)),
    ("56岁及以上", party_members.inside(age__gte=56)),
]
EDUCATIONS: Slices = [
    (education.label, party_members.inside(education=education.value)) for education in Education
]
# Every task of the year is counted by exactly one of them.
TASKS = {
    DONE: tasks_on_time,
    DONE_LATE: tasks_late,
    ON_TRACK: tasks_on_track,
    DUE_SOON: tasks_due_soon,
    BEHIND: tasks_behind,
    OVERDUE: tasks_overdue,
    NOT_BEGUN: tasks_not_begun,
}
COVERAGE = figure_named("orgs.coverage_rate")

Values = Mapping[str, Value]


@lru_cache(maxsize=64)
def months(year: int) -> Slices:
    """The activities of each month."""
    return [
        (span.label, activities.inside(held_on__gte=span.first, held_on__lte=span.last))
        for span in spans_of(year, 1)
    ]


def figures_drawn(period: Period) -> list[Figure]:
    """What the charts of a period need to be computed with the other figures of their page."""
    slices = [*AGES, *EDUCATIONS, *months(period.first_day.year)]
    return [*TASKS.values(), *(figure for _, figure in slices)]


def charts(request: Request, values: Values, by_village: Sequence[tuple[int, str, Value]]) -> Any:
    """Every chart that has something to show, in the order of the page.

    `values` are of figures_drawn; `by_village` the coverage of each village: key, name, value.
    """
    found = [
        tasks_by_light(request, values),
        coverage_by_village(request, by_village),
        *this_term_and_last(request, values),
        activities_by_month(request, values),
    ]
    return [chart for chart in found if not chart.is_empty]


def tasks_by_light(request: Request, values: Values) -> Chart:
    data = [
        datum(request, light.label, values[figure.slug], tone=light.code)
        for light, figure in TASKS.items()
    ]
    return stack("重点工作状态", data)


def coverage_by_village(request: Request, villages: Sequence[tuple[int, str, Value]]) -> Chart:
    """The weakest first; villages without an enterprise to cover are left out."""
    with_any = [one for one in villages if one[2].exact is not None]
    data = [
        datum(request, name, value, more=f"&village={pk}", text=shares(value))
        for pk, name, value in sorted(with_any, key=lambda one: one[2].exact or 0)
    ]
    return bar_list("各村（社区）非公企业党组织覆盖率", data, top=100)


def shares(value: Value) -> str:
    """The percentage, and the counts it is made of: 80.00%（4/5家）."""
    return f"{value.text}（{value.part}/{value.whole}家）"


def this_term_and_last(request: Request, values: Values) -> list[Chart]:
    """How old and how educated the members of the villages' party committees are, and were."""
    last = LAST_TERM.find(request.scope, request.period)
    drawn = [figure for _, figure in [*AGES, *EDUCATIONS]]
    before = compute(drawn, request.scope, last) if last else {}
    return [
        compared(request, what, slices, values, (last, before))
        for what, slices in (("当选年龄", AGES), ("当选时学历", EDUCATIONS))
    ]


def compared(
    request: Request,
    what: str,
    slices: Slices,
    values: Values,
    baseline: tuple[Period | None, Values],
) -> Chart:
    """A column for now and one for the last term in each group; groups of nobody are left out."""
    last, before = baseline
    groups = []
    for label, figure in slices:
        data = [datum(request, label, values[figure.slug], when="，本届")]
        if last:
            data.append(
                datum(
                    request,
                    label,
                    before[figure.slug],
                    carry=carry_on(request, last.as_of),
                    when=f"，上届（{day_in_chinese(last)}）",
                    tone="second",
                )
            )
        if any(one.value for one in data):
            groups.append((label, data))
    legend = [("first", "本届"), ("second", "上届")] if last else []
    return columns(f"村（社区）党组织成员{what}", groups, legend=legend, note="单位：人")


def activities_by_month(request: Request, values: Values) -> Chart:
    """Months that have not begun have no column."""
    groups = []
    for month, (label, figure) in enumerate(months(request.period.first_day.year), 1):
        value = values[figure.slug]
        begun = month <= request.period.as_of.month
        groups.append((label, [datum(request, label, value) if begun else Datum(label, None, "")]))
    return columns("各月组织生活和活动", groups, note="单位：次")


def datum(  # noqa: PLR0913 - all but the first three have defaults, and names
    request: Request,
    label: str,
    value: Value,
    *,
    more: str = "",
    carry: str = "",
    text: str = "",
    when: str = "",
    tone: str = "first",
) -> Datum:
    """A figure as a chart takes it, linked to its rows where the reader may open them."""
    address = figure_address(value.figure, (carry or request.carry) + more)
    return Datum(
        label,
        value.plain,
        text or value.digits,
        title=f"{label}：{text or value.text}{when}",
        slug=value.figure.declared_slug,
        url=address if may_open(request.user, value) else "",
        tone=tone,
    )
