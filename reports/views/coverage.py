"""How far non-public enterprises are covered, as of any day, and covering one of them."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from dangjian.lib import periods
from dangjian.lib.charts import Chart, Datum, columns
from dangjian.lib.figures import Value, compute
from dangjian.lib.printing import figure_address
from orgs.middleware import Request, carry_on
from reports.charts import datum
from reports.coverage import uncovered
from reports.forms.coverage import DayForm

RATES = ["orgs.coverage_rate", "orgs.standalone_rate", "cadres.work_coverage_rate"]
COUNTS = [
    ("orgs.enterprises", "在营企业"),
    ("orgs.excluded", "认定不纳入组建范围"),
    ("orgs.in_scope", "纳入组建范围"),
    ("orgs.covered", "已建立党组织"),
    ("orgs.covered_standalone", "单独组建"),
    ("orgs.covered_joint", "联合组建"),
    ("orgs.uncovered", "应建未建"),
    ("orgs.could_stand_alone", "其中可单独组建"),
    ("orgs.plans_overdue", "组建计划逾期"),
]
BY_MONTH = [
    ("orgs.in_scope", "纳入范围"),
    ("orgs.covered", "已建立党组织"),
    ("orgs.uncovered", "应建未建"),
    ("orgs.coverage_rate", "党组织覆盖率"),
    ("orgs.standalone_rate", "单独组建率"),
    ("cadres.work_coverage_rate", "工作覆盖率"),
]


def coverage(request: Request) -> HttpResponse:
    form = DayForm(request.GET if "day" in request.GET else None, day=request.period.as_of)
    if form.is_valid():
        return redirect(f"{reverse('coverage')}?{carry_on(request, form.cleaned_data['day'])}")
    slugs = [*RATES, *(slug for slug, _ in COUNTS)]
    values = compute(slugs, request.scope, request.period)
    months = month_ends(request)
    context = {
        "form": form,
        "rates": [rate_row(request, values[slug]) for slug in RATES],
        "whole": values["orgs.in_scope"],
        "counts": [(label, values[slug]) for slug, label in COUNTS],
        "uncovered": uncovered(request.scope, request.own_scope, request.period),
        "months": months,
        "chart": chart_of(request, months),
    }
    return render(request, "reports/coverage.html", context)


def rate_row(request: Request, value: Value) -> dict[str, Any]:
    """A rate with its formula; its part has no page of its own but the rate's, which lists both."""
    return {"value": value, "url": figure_address(value.figure, request.carry)}


def month_ends(request: Request) -> list[dict[str, Any]]:
    """The month-ends of the year that have come, with the rates of each: one query a month."""
    year, today = request.period.first_day.year, timezone.localdate()
    return [month_end(request, day) for day in periods.month_ends(year) if day <= today]


def month_end(request: Request, day: date) -> dict[str, Any]:
    period = periods.up_to(day)
    values = compute([slug for slug, _ in BY_MONTH], request.scope, period)
    return {
        "period": period,
        "carry": carry_on(request, day),
        "values": values,
        "cells": [(label, values[slug]) for slug, label in BY_MONTH],
        "is_shown": day == request.period.as_of,
    }


def chart_of(request: Request, months: list[dict[str, Any]]) -> Chart:
    """A column for each month-end; months that have not ended have none."""
    ended = {month["period"].as_of.month: month for month in months}
    groups = []
    for number in range(1, 13):
        label = f"{number}月"
        groups.append((label, [column_of(request, label, ended.get(number))]))
    return columns("各月末党组织覆盖率", groups, note="单位：%")


def column_of(request: Request, label: str, month: dict[str, Any] | None) -> Datum:
    value = month["values"]["orgs.coverage_rate"] if month else None
    if month is None or value is None or value.exact is None:
        return Datum(label, None, "")
    # Two decimals do not fit over twelve columns of a phone; the table below has them.
    text = f"{value.number:.1f}".removesuffix(".0")
    return datum(request, f"{label}末", value, carry=month["carry"], text=text)
