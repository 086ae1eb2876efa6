"""What is known of villages and enterprises everywhere; offices add their own."""

from django.db import migrations

VILLAGE_FACT_KINDS = [
    ("households", "户数", "户"),
    ("population", "人口", "人"),
    ("groups", "村（居）民小组", "个"),
    ("collective_income", "村集体经济收入", "万元"),
]
ENTERPRISE_FACT_KINDS = [
    ("staff", "从业人员", "人"),
    ("above_scale", "规模以上", ""),
]


def add_kinds(apps, schema_editor):
    for model, kinds in [
        ("VillageFactKind", VILLAGE_FACT_KINDS),
        ("EnterpriseFactKind", ENTERPRISE_FACT_KINDS),
    ]:
        for order, (code, name, unit) in enumerate(kinds, 1):
            apps.get_model("orgs", model).objects.get_or_create(
                code=code, defaults={"name": name, "unit": unit, "order": order}
            )


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_initial")]

    operations = [migrations.RunPython(add_kinds, migrations.RunPython.noop)]
