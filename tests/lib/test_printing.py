"""Rows and options are written without templates: what they are given is escaped all the same."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dangjian.lib.printing import ago, select_options, table_rows

SCRIPT = "<script>alert(1)</script>"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"


def cell(text, css=""):
    return {"text": text, "css": css}


def test_table_rows_link_the_first_cell():
    rows = [{"url": "/x/?a=1&b=2", "cells": [cell("甲"), cell("5", "num")]}]

    assert table_rows(rows) == (
        '<tr><th scope="row" class=""><a href="/x/?a=1&amp;b=2">甲</a></th>'
        '<td class="num">5</td></tr>'
    )


def test_table_rows_without_an_address_have_no_link():
    rows = [{"url": "", "cells": [cell("甲")]}]

    assert table_rows(rows) == '<tr><th scope="row" class="">甲</th></tr>'


def test_cell_leads_where_it_names():
    rows = [{"url": "", "cells": [cell("甲"), {**cell("乙"), "url": "/x/?a=1&b=2"}]}]

    assert table_rows(rows) == (
        '<tr><th scope="row" class="">甲</th>'
        '<td class=""><a href="/x/?a=1&amp;b=2">乙</a></td></tr>'
    )


def test_first_cell_that_leads_somewhere_has_the_row_beside_it():
    rows = [{"url": "/admin/1/", "cells": [{**cell("甲"), "url": "/people/1/"}]}]

    assert table_rows(rows) == (
        '<tr><th scope="row" class=""><a href="/people/1/">甲</a>'
        '<a class="edit" href="/admin/1/" title="修改这条记录" aria-label="修改这条记录"></a>'
        "</th></tr>"
    )


def test_table_rows_escape_every_part():
    rows = [{"url": '"><b>', "cells": [cell(SCRIPT, '"><b>'), cell(SCRIPT)]}]

    assert table_rows(rows) == (
        f'<tr><th scope="row" class="&quot;&gt;&lt;b&gt;"><a href="&quot;&gt;&lt;b&gt;">{ESCAPED}'
        f'</a></th><td class="">{ESCAPED}</td></tr>'
    )


def test_select_options_mark_the_chosen_one():
    options = select_options([("", "全部"), (1, "甲"), (2, "乙")], 2)

    assert options == (
        '<option value="">全部</option><option value="1">甲</option>'
        '<option value="2" selected>乙</option>'
    )


def test_select_options_escape_value_and_label():
    assert select_options([('"', SCRIPT)]) == f'<option value="&quot;">{ESCAPED}</option>'


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        (timedelta(seconds=-5), "刚刚"),
        (timedelta(seconds=59), "刚刚"),
        (timedelta(minutes=1), "1分钟前"),
        (timedelta(minutes=59, seconds=59), "59分钟前"),
        (timedelta(hours=23), "23小时前"),
        (timedelta(days=3, hours=5), "3天前"),
    ],
    ids=str,
)
def test_time_passed_is_told_in_its_largest_unit(passed, told):
    assert ago(timezone.now() - passed) == told
