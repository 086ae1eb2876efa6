"""Figures over cadres."""

from django.db.models import Q

from cadres.models import Cadre
from cadres.tables import cadre_table
from dangjian.lib.figures import Years, words_in
from dangjian.lib.figures.dimensions import of_field
from orgs.figures import AGE

from .base import figures

cadre_register = figures.register(
    "cadres",
    "干部台账",
    Cadre,
    table=cadre_table,
    rows=lambda scope, period: Cadre.objects.within(scope).current_on(period.as_of),
    dimensions={
        "q": words_in("姓名", "person__name"),
        "sex": of_field(Cadre, "person__sex", "性别"),
        "education": of_field(Cadre, "person__education", "学历"),
        "age": AGE,
        "rank": "职级",
        "staff_kind": "编制",
        "department": "科室",
    },
)


@cadre_register.count("在职干部", unit="人")
def cadres(period):
    """期末在任的街道机关干部。"""


@cadre_register.count("科级干部", unit="人")
def section_cadres(period):
    """期末在任、职级为副科级及以上的干部。"""
    return Q(rank__gte=Cadre.Rank.DEPUTY_SECTION)


@cadre_register.count("35岁及以下干部", unit="人")
def young_cadres(period):
    """期末在任、年龄（周岁）不超过35岁的干部。"""
    return AGE.condition([35], "lte")(period)


@cadre_register.mean("干部平均年龄", unit="岁", of=lambda p: Years("person__birth_on", p.as_of))
def cadres_mean_age(period):
    """期末在任干部周岁年龄的平均数。"""
