"""What a user may do, by role. What they may see is orgs.scope.

The table reads as the office would say it: a model (or a whole app), and the verbs allowed on it.
"""

from functools import cache

from django.apps import apps
from django.db import models


class Role(models.TextChoices):
    CLERK = "clerk", "街道党建办工作人员"
    SECRETARY = "secretary", "党组织书记"
    DEPARTMENT = "department", "责任科室"
    LEADER = "leader", "街道领导"
    ADMINISTRATOR = "administrator", "系统管理员"


VIEW = ("view",)
KEEP = ("view", "add", "change", "delete")

REGISTERS = ("orgs", "cadres", "elections", "tasks", "reports")
# Talks are for clerks and leaders only; users are the administrators' business.
CLOSED = {
    "orgs.user": (),
    "cadres.talk": (),
    "cadres.talkperson": (),
    "cadres.talkreading": (),
    "reports.batch": (),
    "reports.batchrow": (),
    # What somebody is typing is theirs alone: reports.views.documents.sections.
    "reports.draft": (),
}
# Imported files hold whole registers: for those who keep the registers.
IMPORTS = {"reports.batch": ("view", "add", "change")}
TALKS_READ = {"cadres.talk": VIEW, "cadres.talkperson": VIEW}
TALKS_KEPT = {"cadres.talk": KEEP, "cadres.talkperson": KEEP}
# A signed paper is never changed; clerks prepare it, leaders sign.
EDITIONS = {"reports.edition": VIEW, "reports.editionfile": VIEW}
SIGNED = {**EDITIONS, "reports.edition": ("view", "add")}
# Of its own tasks only, and until the office has accepted it: tasks.reporting.
REPORTING = {"tasks.progress": ("view", "add", "change")}
# Shared by every office of the installation: their words are not one clerk's to change.
SHARED = {
    "orgs.tag": ("view", "add"),
    "orgs.villagefactkind": VIEW,
    "orgs.enterprisefactkind": VIEW,
    "orgs.activitykind": VIEW,
    "elections.bodykind": VIEW,
}

# What a secretary enters on the pages of party life, for organizations inside their scope.
WEEKLY = {
    "orgs.activity": ("view", "add", "change"),
    "orgs.attendance": KEEP,
    "orgs.checklistresult": ("view", "add", "change"),
}

# The entry of a model goes before that of its app; what neither names is closed to the role.
MAY = {
    Role.ADMINISTRATOR: {
        **dict.fromkeys(REGISTERS, KEEP),
        **CLOSED,
        **IMPORTS,
        **EDITIONS,
        "orgs.user": KEEP,
    },
    Role.CLERK: {
        **dict.fromkeys(REGISTERS, KEEP),
        **CLOSED,
        **SHARED,
        **TALKS_KEPT,
        **IMPORTS,
        **EDITIONS,
        "orgs.office": VIEW,
    },
    Role.LEADER: {**dict.fromkeys(REGISTERS, VIEW), **CLOSED, **TALKS_READ, **SIGNED},
    Role.DEPARTMENT: {**dict.fromkeys(REGISTERS, VIEW), **CLOSED, **REPORTING},
    Role.SECRETARY: {**dict.fromkeys(REGISTERS, VIEW), **CLOSED, **WEEKLY},
}


@cache
def permissions_of(role):
    """The Django permission names of a role, such as {"orgs.view_person", …}."""
    return frozenset(
        f"{model._meta.app_label}.{verb}_{model._meta.model_name}"
        for model in apps.get_models()
        for verb in verbs(role, model)
    )


def verbs(role, model):
    """What the role may do with the model; its history follows the model it is the history of."""
    subject = getattr(model, "instance_type", model)._meta
    allowed = MAY.get(role, {})
    return allowed.get(subject.label_lower, allowed.get(subject.app_label, ()))
