"""What tests of the editor share: an office's text of 2025, and how its pages are read."""

from reports.documents.writing import begin
from reports.models import Kind, Section
from reports.texts import Part

EDIT = "/reports/2025/summary/edit/"
HISTORY = f"{EDIT}history/"
PARTS = [
    Part("opening", 0, "", "一年来，工作有序推进。"),
    Part("review", 1, "工作回顾", ""),
    Part("nonpublic", 2, "非公党建", "现有非公企业党支部{orgs.nonpublic_branches}。"),
    Part("", 2, "自拟一段", "我们自己的话。"),
]
# What is said of {orgs.coverd}.
NEAREST = (
    "没有代码为 orgs.coverd 的指标，是否想用 orgs.covered、orgs.uncovered、orgs.newly_covered？"
)


def begun(organization, parts=PARTS, year=2025):
    """The sections of the organization's summary."""
    begin(organization=organization, kind=Kind.SUMMARY, year=year, parts=parts)
    return stored(organization, year)


def stored(organization, year=2025):
    return list(Section.objects.of(organization.pk, Kind.SUMMARY, year))


def order(organization, year=2025):
    return [(section.number, str(section)) for section in stored(organization, year)]


def address(section, page=""):
    return f"/reports/sections/{section.pk}/{page}"


def typed(section, **changes):
    """What the form of a section sends."""
    fields = {name: getattr(section, name) for name in ("level", "heading", "text", "version")}
    return {**fields, **changes}


def html(response):
    return response.content.decode()


def said(response):
    return [str(message) for message in response.context["messages"]]


def user_of(client):
    return client.get("/figures/").wsgi_request.user


def text_of(section):
    section.refresh_from_db()
    return section.text


def preview(client, section, **changes):
    return client.post(address(section, "preview/"), typed(section, **changes))
