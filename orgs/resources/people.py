"""People as files: one human is one row for life, so a likely double is asked about."""

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from django.core.exceptions import ValidationError
from import_export.fields import Field

from orgs.models import Education, Person

from .base import SKIPPED, RecordResource
from .columns import Choice, Day, DayKnown, Name, read_month, read_name, read_text
from .references import FOLLOWS, Reference
from .spellings import EDUCATIONS, POLITICAL_STATUSES

BIRTH = "出生年月"
NEW, SKIP = "new", "skip"
YEARS_MISTYPED = 10  # so far apart two births of one month may be one, mistyped


def person_column(attribute="person", *, name="姓名", birth=BIRTH):
    """A person of another register, named by name and month of birth."""
    return Field(attribute, name, Reference(Person, birth))


class Asked(NamedTuple):
    """Who a row may be: the engine's number of the row, a key for the answer, and the choices."""

    number: int
    key: str
    name: str
    options: tuple


class PersonResource(RecordResource):
    name = Field("name", "姓名", Name())
    birth_on = Field("birth_on", BIRTH, Day(month_is_enough=True))
    birth_day_known = Field("birth_day_known", BIRTH, DayKnown())
    joined_on = Field("joined_on", "入党时间", Day(month_is_enough=True))
    education = Field("education", "学历", Choice(Education.choices, EDUCATIONS))
    political_status = Field(
        "political_status", "政治面貌", Choice(Person.PoliticalStatus.choices, POLITICAL_STATUSES)
    )
    computed = ("年龄",)

    class Meta:
        model = Person
        fields = [
            "name",
            "sex",
            "ethnicity",
            "birth_on",
            "birth_day_known",
            "political_status",
            "joined_on",
            "education",
            "education_completed",
            "organization",
        ]
        import_id_fields = ["name", "birth_on"]

    def key_of(self, record):
        return record.name, month_of(record.birth_on)

    def key_in(self, values):
        return values["name"], month_of(values["birth_on"])

    def may_lack(self, name):
        return name == "birth_on" or super().may_lack(name)

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.namesakes = defaultdict(list)
        for person in self.by_number.values():
            self.namesakes[person.name].append(person)
        self.dataset = dataset

    @cached_property
    def keys_in_file(self):
        headers = self.dataset.headers
        if not {"姓名", BIRTH} <= set(headers):
            return set()
        name, birth = headers.index("姓名"), headers.index(BIRTH)
        return set().union(*(keys_in(row[name], row[birth]) for row in self.dataset))

    def matching(self, values, row):
        """The person of the row; without answers the one of that name and month of birth."""
        if self.answers is None:
            return super().matching(values, row)
        name, month = key = self.key_in(values)
        organization = self._organization_in(row)
        home = organization and organization.pk
        exact = self.stored.get(key, []) if month else []
        here = [one for one in exact if home in {None, one.organization_id}]
        if len(here) == 1:
            return self._met(here[0])
        candidates = here or exact or self._near(name, values["birth_on"])
        if not candidates:
            self.meet(key)
            return None
        answered = self._answered(candidates, (name, month, str(organization or "")))
        if answered is None:
            self.meet(key)
        elif not month:
            # Who it is was said: an empty cell says nothing of the birth.
            row.pop(BIRTH, None)
            self.cleaned = {}
        return answered

    def _answered(self, candidates, key):
        """The person that was chosen, or None for a new one; raises ValidationError otherwise."""
        name, month, _ = key
        slug = f"people:{'|'.join(key)}"
        answer = self.answers.get(slug)
        chosen = [person for person in candidates if str(person.pk) == answer]
        if chosen:
            return self._met(chosen[0])
        if answer == NEW and month:
            return None
        if answer == SKIP:
            raise ValidationError(SKIPPED)
        options = [(str(person.pk), f"就是已有的{introduced(person)}") for person in candidates]
        options += [(NEW, "是另一个人，新增")] if month else []
        options.append((SKIP, "不导入这一行"))
        called = f"{name}（{month}）" if month else name
        self.questions.append(Asked(self.number, slug, called, tuple(options)))
        raise ValidationError(FOLLOWS)

    def _met(self, person):
        self.meet(str(person.pk))
        return person

    def _organization_in(self, row):
        field = self.fields["organization"]
        if field.column_name not in row:
            return None
        try:
            self.cleaned["organization"] = self.clean_value(field, row)
        except ValueError:
            return None  # reading the row again reports it
        return self.cleaned["organization"]

    def _near(self, name, birth_on):
        """Namesakes no other row of the file stands for, who may be this person mistyped."""
        found = self.namesakes.get(name, [])
        if birth_on is None:
            return found
        return [
            person
            for person in found
            if self.key_of(person) not in self.keys_in_file
            and may_be_one(person.birth_on, birth_on)
        ]

    def differences(self, change):
        found = super().differences(change)
        if BIRTH not in [column for column, *_ in found]:
            return found
        before = self.values_by_name(change.before)
        old = birth_text(before["birth_on"], before["birth_day_known"])
        new = birth_text(change.record.birth_on, change.record.birth_day_known)
        return [(BIRTH, old, new) if line[0] == BIRTH else line for line in found]


def keys_in(name, birth):
    """The key of a row in a set, or nothing where it cannot be read."""
    try:
        return {(read_name(name), read_month(birth))} if read_text(birth) else set()
    except ValueError:
        return set()


def month_of(day):
    return day.isoformat()[:7] if day else ""


def may_be_one(one, other):
    apart = abs(one.year - other.year)
    return apart == 0 or (one.month == other.month and apart <= YEARS_MISTYPED)


def birth_text(day, is_known):
    return f"{day:%Y-%m-%d}" if is_known else f"{day:%Y-%m}"


def introduced(person):
    birth = birth_text(person.birth_on, person.birth_day_known)
    return f"“{person.name}”（{birth}，{person.organization}）"
