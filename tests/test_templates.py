import pytest
from django.template import Context, Engine, Origin, Template

from tests.templates import OURS, FailingVariable

ENGINE = Engine(string_if_invalid=FailingVariable())


def rendered(source, *, folder=OURS):
    template = Template(source, origin=Origin(f"{folder}/page.html"), engine=ENGINE)
    return template.render(Context({"known": {"name": "石桥村"}}))


@pytest.mark.parametrize("variable", ["missing", "known.missing", "missing|length"])
def test_missing_variable_fails(variable):
    with pytest.raises(AssertionError, match=r"templates/page\.html: .*missing.* does not resolve"):
        rendered(f"{{{{ {variable} }}}}")


def test_missing_variable_of_a_package_is_empty():
    assert rendered("[{{ missing }}]", folder="/packages/admin/templates") == "[]"


def test_missing_variable_with_default_prints_it():
    assert rendered("{{ missing|default:'无' }}") == "无"


def test_known_variable_prints():
    assert rendered("{{ known.name }}") == "石桥村"
