"""The bodies villages and communities elect."""

from django.db import migrations

# code, name, head, deputy, member, of the two committees
BODY_KINDS = [
    ("party", "党组织", "书记", "副书记", "委员", True),
    ("committee", "村（居）民委员会", "主任", "副主任", "委员", True),
    ("supervision", "村（居）务监督委员会", "主任", "副主任", "委员", False),
    ("women", "妇联", "主席", "副主席", "执委", False),
    ("youth", "共青团", "书记", "副书记", "委员", False),
]


def add_kinds(apps, schema_editor):
    for order, (code, name, head, deputy, member, of_two_committees) in enumerate(BODY_KINDS, 1):
        apps.get_model("elections", "BodyKind").objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "head_title": head,
                "deputy_title": deputy,
                "member_title": member,
                "of_two_committees": of_two_committees,
                "order": order,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("elections", "0001_initial")]

    operations = [migrations.RunPython(add_kinds, migrations.RunPython.noop)]
