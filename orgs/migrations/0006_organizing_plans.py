import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models



def add_kind(apps, schema_editor):
    apps.get_model("orgs", "EnterpriseFactKind").objects.get_or_create(
        code="formal_members", defaults={"name": "正式党员", "unit": "名", "order": 3}
    )


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0005_activities_weekly'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalOrganizingPlan',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='录入时间')),
                ('updated_at', models.DateTimeField(blank=True, editable=False, verbose_name='修改时间')),
                ('since', models.DateField(verbose_name='起始日期')),
                ('until', models.DateField(blank=True, help_text='仍在继续的留空。', null=True, verbose_name='截止日期')),
                ('reason', models.CharField(help_text='例如：正式党员不足3名、新开业、负责人未定。', max_length=100, verbose_name='未建原因')),
                ('due_on', models.DateField(verbose_name='计划组建日期')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='录入人')),
                ('enterprise', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='orgs.enterprise', verbose_name='企业')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='orgs.person', verbose_name='责任人')),
                ('updated_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人')),
            ],
            options={
                'verbose_name': 'historical 组建计划',
                'verbose_name_plural': 'historical 组建计划',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='OrganizingPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='录入时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('since', models.DateField(verbose_name='起始日期')),
                ('until', models.DateField(blank=True, help_text='仍在继续的留空。', null=True, verbose_name='截止日期')),
                ('reason', models.CharField(help_text='例如：正式党员不足3名、新开业、负责人未定。', max_length=100, verbose_name='未建原因')),
                ('due_on', models.DateField(verbose_name='计划组建日期')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='录入人')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='orgs.enterprise', verbose_name='企业')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organizing_plans', to='orgs.person', verbose_name='责任人')),
                ('updated_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人')),
            ],
            options={
                'verbose_name': '组建计划',
                'verbose_name_plural': '组建计划',
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='orgs_organizingplan_until_after_since', violation_error_message='截止日期必须晚于起始日期。'), models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('enterprise',), name='orgs_organizingplan_one_open', violation_error_message='该企业已有一条未终止的组建计划，请先填写其截止日期。'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('since'))), name='orgs_organizingplan_due_after_since', violation_error_message='计划组建日期不能早于起始日期。')],
            },
        ),
        migrations.RunPython(add_kind, migrations.RunPython.noop),
    ]
