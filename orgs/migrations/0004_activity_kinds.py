"""The kinds of activity every office has; offices add their own."""

from django.db import migrations

# code, name, whether it is training
ACTIVITY_KINDS = [
    ("branch_assembly", "党员大会", False),
    ("branch_committee", "支部委员会", False),
    ("group_meeting", "党小组会", False),
    ("party_class", "党课", False),
    ("theme_day", "主题党日", False),
    ("org_life_meeting", "组织生活会", False),
    ("member_review", "民主评议党员", False),
    ("nonpublic_meeting", "非公党建例会", False),
    ("meeting_training", "以会代训", True),
    ("training", "专题培训", True),
    ("study_session", "中心组学习", True),
    ("symposium", "座谈会", False),
    ("exchange", "心得交流", False),
    ("note_check", "学习笔记抽查", False),
    ("joint_activity", "结对共建活动", False),
    ("voluntary_service", "志愿服务", False),
]


def add_kinds(apps, schema_editor):
    for order, (code, name, is_training) in enumerate(ACTIVITY_KINDS, 1):
        apps.get_model("orgs", "ActivityKind").objects.get_or_create(
            code=code, defaults={"name": name, "is_training": is_training, "order": order}
        )


class Migration(migrations.Migration):
    dependencies = [("orgs", "0003_party_life")]

    operations = [migrations.RunPython(add_kinds, migrations.RunPython.noop)]
