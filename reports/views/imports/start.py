"""The first hour of a new office: what to fill in, in which order, and what is still missing."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dangjian.lib.figures import compute, register_named
from orgs.middleware import Request
from reports.imports.targets import Target, targets_for

from .batches import may_import


@dataclass(frozen=True)
class Step:
    """What to fill in: the targets of its template, the register it fills, its gaps as figures.

    `filled` is the figure that counts the rows filled in, where the register holds others, too.
    """

    title: str
    about: str
    targets: tuple[str, ...]
    register: str
    gaps: tuple[str, ...] = ()
    filled: str = ""
    # How many rows every office has before it begins.
    already: int = 0


STEPS = [
    Step(
        "党组织",
        "从街道党工委到村党总支、非公企业党支部，上级写在下级前面。其他台账都按党组织归口。",
        ("organizations",),
        "orgs.organizations",
        already=1,
    ),
    Step(
        "村（社区）",
        "村、社区、村改居和筹建中的新小区，写明各自的党组织；户数、人口另表填写。",
        ("villages", "village_facts"),
        "orgs.villages",
        ("reports.villages_without_organization",),
    ),
    Step(
        "人员和党员",
        "每人一行，出生年月写到月即可，不收身份证号；党员再填组织关系。",
        ("people", "memberships"),
        "orgs.people",
        ("reports.members_without_organization",),
    ),
    Step(
        "非公企业",
        "名称、统一社会信用代码、所在村；从业人员、是否规模以上另表填写。",
        ("enterprises", "enterprise_facts"),
        "orgs.enterprises",
    ),
    Step(
        "组织覆盖",
        "哪个党组织从何时起覆盖哪家企业。覆盖率就从这里算出。",
        ("coverages",),
        "orgs.enterprises",
        ("orgs.uncovered",),
        filled="orgs.covered",
    ),
    Step(
        "换届和班子",
        "本届和上届的届次、班子、选举和当选人员。没有上届班子，就没有“与上届相比”的数字。",
        ("terms", "bodies", "elections", "ballots", "seats"),
        "elections.seats",
        ("reports.villages_without_last_seats",),
    ),
    Step(
        "干部",
        "机关科室和在职干部。重点工作由干部领衔、科室负责。",
        ("departments", "cadres"),
        "cadres.cadres",
    ),
    Step(
        "重点工作",
        "本年度的工程、重点工作、涉及的村和时限。",
        ("programmes", "key_tasks", "task_villages"),
        "tasks.key_tasks",
    ),
]


@may_import
def start(request: Request) -> HttpResponse:
    slugs = [slug for step in STEPS for slug in (*step.gaps, step.filled) if slug]
    values = compute(slugs, request.scope, request.period)
    mine = {target.slug: target for target in targets_for(request.user)}
    counts = {
        slug: register_named(slug).rows(request.scope, request.period).count()
        for slug in {step.register for step in STEPS if not step.filled}
    }
    steps = [step_context(step, counts, values, mine) for step in STEPS]
    context = {"steps": steps, "done": sum(step["tone"] == "success" for step in steps)}
    return render(request, "reports/imports/start.html", context)


def step_context(
    step: Step, counts: dict[str, int], values: dict[str, Any], mine: dict[str, Target]
) -> dict[str, Any]:
    missing = [values[slug] for slug in step.gaps if values[slug].number]
    filled = values.get(step.filled)
    count = filled.number if filled else counts[step.register]
    targets = [mine[slug] for slug in step.targets if slug in mine]
    state, tone = state_of(has_rows=count > step.already, missing=missing)
    template = "&".join(f"target={target.slug}" for target in targets)
    return {
        "step": step,
        "register": register_named(step.register),
        "count": count,
        "filled": filled,
        "missing": missing,
        "targets": targets,
        "state": state,
        "tone": tone,
        "template": f"{reverse('import_template')}?{template}",
    }


def state_of(*, has_rows: bool, missing: list[Any]) -> tuple[str, str]:
    if not has_rows:
        return "未开始", "secondary"
    return ("还有缺口", "warning") if missing else ("已录入", "success")
