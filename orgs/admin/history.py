"""A record's history in the words of its pages."""

from simple_history.template_utils import HistoricalRecordContextHelper

NOTHING = "（空）"


class ReadableChanges(HistoricalRecordContextHelper):
    """What changed as a form prints it: a choice by its label, truth as 是 and 否."""

    def prepare_delta_change_value(self, change, value):
        if value is None or value == "":
            return NOTHING
        if isinstance(value, bool):
            return "是" if value else "否"
        choices = dict(self.model._meta.get_field(change.field).flatchoices)
        return choices.get(value) or super().prepare_delta_change_value(change, value)
