"""What tests read off the page of checks."""

import re

ROW = re.compile(r'<tr data-check-row="([^"]+)"\s+data-outcome="(\w+)">(.*?)</tr>', re.DOTALL)
NUMBER = re.compile(r'data-(?:figure|check)="[^"]+" data-value="([^"]*)"')
GROUP = re.compile(r'<section class="card" id="(\w+)">')


class ChecksPage:
    """The codes of the checks shown, their outcomes and numbers, and the groups they are in."""

    def __init__(self, text):
        rows = ROW.findall(text)
        self.text = text
        self.groups = GROUP.findall(text)
        self.slugs = [slug for slug, _, _ in rows]
        self.outcomes = {slug: outcome for slug, outcome, _ in rows}
        self.numbers = {slug: NUMBER.findall(row) for slug, _, row in rows}


def checks_page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return ChecksPage(answer.content.decode())
