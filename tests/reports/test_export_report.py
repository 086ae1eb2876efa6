"""`manage.py export_report` where there is no one organization at the top."""

import pytest
from django.core.management import CommandError, call_command

from tests.factories import OrganizationFactory


@pytest.mark.django_db
@pytest.mark.parametrize("roots", [0, 2])
def test_wants_an_organization_where_the_tree_has_no_one_root(tmp_path, roots):
    OrganizationFactory.create_batch(roots)

    with pytest.raises(CommandError, match="choose with --organization"):
        call_command("export_report", "--year", "2025", "--output", str(tmp_path / "report.xlsx"))
