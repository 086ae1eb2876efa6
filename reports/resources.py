"""What papers state, as a file."""

from orgs.resources import RecordResource
from reports.models import Claim


class ClaimResource(RecordResource):
    class Meta:
        model = Claim
        fields = [
            "organization",
            "year",
            "source",
            "position",
            "statement",
            "subject",
            "number",
            "figure",
            "base",
            "base_figure",
            "parts",
        ]
        import_id_fields = ["organization", "year", "source", "position"]
