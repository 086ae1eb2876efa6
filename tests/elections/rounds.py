"""Two rounds of elections in a subdistrict, and who sat where in them."""

from datetime import date

from elections.models import BodyKind
from tests import factories

BEFORE, NOW = date(2020, 3, 10), date(2025, 3, 10)


class Rounds:
    """Two rounds, and a village whose party team one person sat in, the time before."""

    def __init__(self, root):
        self.root = root
        self.last = factories.TermFactory(
            organization=root, name="2020年换届", starts_on=date(2020, 1, 10),
            completed_on=date(2020, 4, 30), ends_on=date(2025, 1, 10),
        )  # fmt: skip
        self.term = factories.TermFactory(organization=root, previous=self.last)
        self.village = self.new_village("石桥村")
        self.party = self.body()
        self.person = self.sat(self.party, person__name="贺正宏").person

    def new_village(self, name):
        keeper = factories.OrganizationFactory(parent=self.root)
        return factories.VillageFactory(
            organization=self.root, party_organization=keeper, name=name
        )

    def body(self, code=BodyKind.PARTY, village=None):
        village, kind = village or self.village, factories.BodyKindFactory(code=code)
        return factories.BodyFactory(kind=kind, village=village, name=f"{village}{kind}")

    def sat(self, body, person=None, **seat):
        """A seat of the last round."""
        return self.seat(self.last, BEFORE, body, person, **{"until": NOW} | seat)

    def sits(self, body, person=None, **seat):
        """A seat of this round."""
        return self.seat(self.term, NOW, body, person, **seat)

    def seat(self, term, held_on, body, person, **seat):
        found = term.elections.filter(body=body).first()
        days = {"held_on": held_on, "due_on": held_on}
        election = found or factories.ElectionFactory(term=term, body=body, **days)
        if person:
            seat["person"] = person
        return factories.SeatFactory(election=election, **seat)
