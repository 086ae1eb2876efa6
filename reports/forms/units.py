"""Forms over what a unit writes for a year."""

from orgs.forms import VersionedForm


class OfUnitForm(VersionedForm):
    """A form over a record whose unit and year are given: they count when rules are checked."""

    def _get_validation_exclusions(self) -> set[str]:
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # stubs lack it
        return left_out - {"organization", "year", "about", "slug"}
