"""The changes of a file in the database: what each record and its history hold afterwards."""

import pytest

from orgs.models import Person
from orgs.resources.writing import Change, write_all
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def renamed(person, name, number):
    """A change of the name, read from row `number`."""
    found = Person.objects.get(pk=person.pk)
    found.name = name
    return Change(found, number, {}, ())


def test_altered_record_is_its_next_version_with_history():
    person = PersonFactory(name="张建国")
    made_at = person.created_at

    assert write_all([renamed(person, "张建军", 2)]) == {}

    person.refresh_from_db()
    assert (person.name, person.version, person.created_at) == ("张建军", 2, made_at)
    entry = person.history.first()
    assert (entry.history_type, entry.name, entry.version) == ("~", "张建军", 2)
    assert entry.updated_at == person.updated_at > made_at


def test_history_keeps_the_order_of_the_changes():
    first, second = PersonFactory.create_batch(2)

    write_all([renamed(second, "乙", 2), renamed(first, "甲", 3)])

    altered = Person.history.filter(history_type="~").order_by("history_id")
    assert list(altered.values_list("id", flat=True)) == [second.pk, first.pk]


def test_record_saved_since_is_refused_alone():
    first, second = PersonFactory.create_batch(2)
    changes = [renamed(first, "甲", 2), renamed(second, "乙", 3)]
    first.name = "别人改的"
    first.save()

    errors = write_all(changes)

    assert {number: error.messages for number, error in errors.items()} == {
        2: ["这条记录刚被别人改过，请重新检查。"]
    }
    assert list(Person.objects.values_list("name", "version")) == [("别人改的", 2), ("乙", 2)]
