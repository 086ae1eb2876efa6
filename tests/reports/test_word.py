"""A document as a Word file: the page, how each kind of paragraph looks, what stands in it."""

import re

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dangjian.lib.prose import Printed, Text
from reports.documents.paper import Appendix, Block
from reports.exporters.word import title_lines, write_word
from reports.exporters.word_fonts import FACES
from tests.reports.papers import (
    COVERED,
    RATE,
    attributes,
    bookmarks,
    paper,
    parts,
    printed,
    read,
    styled,
    texts,
    words,
)  # fmt: skip

APPENDIX = Appendix(
    "工作计划兑现情况",
    ["序号", "承诺", "结果"],
    [[[Text("1")], [Text("新建党支部"), printed("orgs.joint_branches", 2)], [Text("兑现")]]],
    "按期末计算。",
)


@pytest.fixture(scope="module")
def file():
    return read(paper(counted_only="石桥村党总支", appendices=[APPENDIX]))


# — the page —


def test_page_is_a4_with_the_margins_of_official_papers(file):
    (section,) = file.sections

    measured = [section.page_width, section.page_height, section.top_margin, section.left_margin]
    assert [round(length.mm, 1) for length in measured] == [210, 297, 37, 28]
    assert abs(section.right_margin - Mm(26)) < Mm(0.1)
    assert abs(section.bottom_margin - Mm(35)) < Mm(0.1)


def test_page_has_22_lines_of_28_characters(file):
    (section,) = file.sections
    height = section.page_height - section.top_margin - section.bottom_margin
    width = section.page_width - section.left_margin - section.right_margin
    grid = attributes(section._sectPr, "w:docGrid")
    body = next(style.element for style in file.styles if style.style_id == "BodyText")
    closer = int(attributes(body, "w:rPr/w:spacing")["val"]) / 20

    assert (height // Pt(29), width // Pt(16 + closer)) == (22, 28)
    assert (grid["type"], grid["linePitch"]) == ("linesAndChars", "580")
    assert round(width / Pt(1) / (16 + int(grid["charSpace"]) / 4096), 2) == 28


# Chinese and Latin typeface, size, line, alignment, first line in hundredths of a character.
KINDS = {
    "Title": ("方正小标宋简体", "Times New Roman", 22, 34, "center", None),
    "Subtitle": ("楷体_GB2312", "Times New Roman", 16, 29, "center", None),
    "BodyText": ("仿宋_GB2312", "Times New Roman", 16, 29, "both", "200"),
    "Heading1": ("黑体", "Times New Roman", 16, 29, "left", "200"),
    "Heading2": ("楷体_GB2312", "Times New Roman", 16, 29, "left", "200"),
    "Enclosure": ("仿宋_GB2312", "Times New Roman", 16, 29, "left", None),
    "Signature": ("仿宋_GB2312", "Times New Roman", 16, 29, "left", None),
    "Date": ("仿宋_GB2312", "Times New Roman", 16, 29, "left", None),
    "Appendix": ("黑体", "Times New Roman", 16, 29, "left", None),
    "AppendixTitle": ("方正小标宋简体", "Times New Roman", 22, 34, "center", None),
    "Footer": ("宋体", "宋体", 14, 14, "right", None),
}


@pytest.mark.parametrize(("key", "looks"), KINDS.items())
def test_each_kind_of_paragraph_looks_as_the_standard_says(file, key, looks):
    style = next(one.element for one in file.styles if one.style_id == key)
    fonts, spacing = attributes(style, "w:rPr/w:rFonts"), attributes(style, "w:pPr/w:spacing")
    indent = style.find(f"{qn('w:pPr')}/{qn('w:ind')}")

    assert (fonts["eastAsia"], fonts["ascii"]) == looks[:2]
    assert int(attributes(style, "w:rPr/w:sz")["val"]) / 2 == looks[2]
    assert (spacing["lineRule"], int(spacing["line"]) / 20) == ("exact", looks[3])
    assert attributes(style, "w:pPr/w:jc")["val"] == looks[4]
    assert (None if indent is None else indent.get(qn("w:firstLineChars"))) == looks[5]


def test_no_paragraph_is_bold(file):
    assert list(file.element.body.iter(qn("w:b"))) == []
    assert list(file.styles.element.iter(qn("w:b"))) == []


def test_every_paragraph_has_a_style_that_is_declared(file):
    declared = {style.style_id for style in file.styles}
    used = {one.get(qn("w:val")) for one in file.element.body.iter(qn("w:pStyle"))}

    assert (used - declared, None in used) == (set(), False)
    assert len(list(file.element.body.iter(qn("w:pStyle")))) == len(
        list(file.element.body.iter(qn("w:p")))
    )


def test_every_run_prints_quotes_full_width(file):
    hints = [one.find(qn("w:rPr")) for one in file.element.body.iter(qn("w:r"))]

    assert {attributes(one, "w:rFonts")["hint"] for one in hints} == {"eastAsia"}


def test_typefaces_have_others_to_stand_in():
    table = parts(paper())["word/fontTable.xml"]

    assert re.findall(r'<w:font w:name="(.+?)"><w:altName w:val=".+?"/>', table) == [
        face.name for face in FACES
    ]


# — page numbers —


def test_page_numbers_stand_at_the_outer_edge(file):
    (section,) = file.sections
    odd, even = section.footer.paragraphs, section.even_page_footer.paragraphs

    assert file.settings.odd_and_even_pages_header_footer is True
    assert [words(one._p) for one in (*odd, *even)] == ["— 1 —", "— 1 —"]
    assert [attributes(one._p, "w:pPr/w:jc") for one in (*odd, *even)] == [
        {"val": "right"},
        {"val": "left"},
    ]
    assert attributes(odd[0]._p, "w:pPr/w:ind") == {"rightChars": "100", "right": "280"}
    assert attributes(even[0]._p, "w:pPr/w:ind") == {"leftChars": "100", "left": "280"}
    assert attributes(odd[0]._p, "w:fldSimple") == {"instr": " PAGE "}


def test_dashes_of_a_page_number_stand_7_mm_below_the_text(file):
    (section,) = file.sections
    middle = section.footer_distance + Pt(14) // 2

    assert abs(section.bottom_margin - middle - Mm(7)) < Mm(0.1)


# — the text —


def test_paragraphs_stand_in_order(file):
    lines = [(one.style.style_id, one.text) for one in file.paragraphs]

    assert lines[:-1] == [
        ("Title", "大桥街道2025年度党建工作总结"),
        ("Subtitle", "（本文数字只统计石桥村党总支）"),
        ("BodyText", "一年来，47家企业由党组织覆盖。"),
        ("Heading1", "一、工作回顾"),
        ("Heading2", "（一）非公党建覆盖更广"),
        ("BodyText", "覆盖率100.00%，共47"),
        ("Enclosure", "附件：1.工作计划兑现情况"),
        ("Enclosure", "2.指标溯源表"),
        ("Signature", "大桥街道"),
        ("Date", "2025年12月31日"),
        ("Appendix", "附件1"),
        ("AppendixTitle", "工作计划兑现情况"),
        ("TableNote", "注：按期末计算。"),
        ("Appendix", "附件2"),
        ("AppendixTitle", "指标溯源表"),
    ]


def test_only_appendix_is_not_numbered():
    file = read(paper())

    assert (texts(file, "Enclosure"), texts(file, "Appendix")) == (["附件：指标溯源表"], ["附件"])


def test_headings_stay_with_what_follows(file):
    keeps = {
        style.style_id
        for style in file.styles
        if style.element.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
    }

    assert {"Heading1", "Heading2", "Signature", "Appendix"} <= keeps
    assert {"BodyText", "TableText"} & keeps == set()


TITLES = [
    ("大桥街道", "大桥街道2025年度党建工作总结", ["大桥街道2025年度党建工作总结"]),
    (
        "大桥街道非公企业综合党委",
        "大桥街道非公企业综合党委2025年度党建工作总结",
        ["大桥街道非公企业综合党委", "2025年度党建工作总结"],
    ),
    ("", "一" * 20, ["一" * 20]),
    ("", "一" * 21, ["一" * 11, "一" * 10]),
    ("", "一" * 41, ["一" * 14, "一" * 14, "一" * 13]),
    ("", "一" * 8 + "2025" + "一" * 13, ["一" * 8 + "2025" + "一" * 2, "一" * 11]),
]


@pytest.mark.parametrize(("unit", "title", "lines"), TITLES, ids=range(len(TITLES)))
def test_title_is_broken_by_sense(unit, title, lines):
    assert title_lines(title, unit) == lines


@pytest.mark.parametrize("length", range(1, 80))
def test_no_line_of_a_title_holds_one_character(length):
    lines = title_lines("一" * length, "")

    assert "".join(lines) == "一" * length
    assert max(len(line) for line in lines) <= 20
    assert length == 1 or min(len(line) for line in lines) > 1


SIGNED = {
    # The date is longer: it ends 2 characters from the right, the unit starts 2 before it.
    "short": ("大桥街道", {"left": 17}, {"right": 2}),
    # The unit is longer: it ends 2 from the right, the date starts 2 behind its first character.
    "long": ("大桥街道非公企业综合党委", {"right": 2}, {"left": 16}),
    "too long": ("一" * 40, {"right": 2}, {"left": 2}),
}


@pytest.mark.parametrize(("unit", "of_unit", "of_day"), SIGNED.values(), ids=SIGNED)
def test_signature_without_a_seal(unit, of_unit, of_day):
    file = read(paper(unit=unit))
    character = 442.2 / 28 * 20

    for key, expected in (("Signature", of_unit), ("Date", of_day)):
        (one,) = styled(file, key)
        found = attributes(one._p, "w:pPr/w:ind")
        assert {side: round(int(found[side]) / character, 1) for side in expected} == expected


# — numbers —


def test_every_number_carries_a_bookmark_of_its_own(file):
    assert bookmarks(file) == [
        ("orgs_covered", "47家"),
        ("orgs_coverage_rate", "100.00%"),
        ("orgs_covered_2", "47"),
        ("orgs_joint_branches", "2个"),
    ]


NAMES = {
    "two slugs alike": (["a.b", "a_b"], ["a_b", "a_b_2"]),
    "a digit first": (["2.b"], ["figure_2_b"]),
    "only letters of another case": (["a.b", "A.b"], ["a_b", "A_b_2"]),
    "too long": (["a" * 50, "a" * 50], ["a" * 40, "a" * 38 + "_2"]),
    "one that looks like a second": (["a", "a_2", "a"], ["a", "a_2", "a_3"]),
}


@pytest.mark.parametrize(("slugs", "names"), NAMES.values(), ids=NAMES)
def test_bookmark_has_a_name_that_word_takes(slugs, names):
    file = read(paper(blocks=[Block(0, [Printed(slug, "1", None) for slug in slugs])]))

    assert [name for name, _ in bookmarks(file)] == names


def test_table_of_figures_has_every_figure_once(file):
    rows = [[cell.text for cell in row.cells] for row in file.tables[-1].rows]

    assert rows[0] == ["序号", "指标", "口径", "数值", "行数", "代码"]
    assert [[row[0], row[1], *row[3:]] for row in rows[1:]] == [
        ["1", "已建立党组织的非公企业", "47家", "47", COVERED],
        ["2", "非公企业党组织覆盖率", "100.00%", "47／47", RATE],
        ["3", "联合组建的非公企业党支部", "2个", "—", "orgs.joint_branches"],
    ]
    assert rows[1][2].startswith("期末由党组织覆盖")


def test_table_of_figures_leads_to_where_the_number_stands(file):
    links = file.tables[-1]._tbl.iter(qn("w:hyperlink"))

    assert [(one.get(qn("w:anchor")), words(one)) for one in links] == [
        ("orgs_covered", "1"),
        ("orgs_coverage_rate", "2"),
        ("orgs_joint_branches", "3"),
    ]


def test_figure_that_is_gone_is_named_by_its_code():
    file = read(paper(blocks=[Block(0, [Printed("orgs.gone", "—", None)])]))

    (row,) = [[cell.text for cell in row.cells] for row in file.tables[0].rows][1:]
    assert row == ["1", "（已没有这个指标）", "", "—", "—", "orgs.gone"]


def test_tables_are_as_wide_as_the_text_with_their_heads_repeated(file):
    for table in file.tables:
        widths = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid.iter(qn("w:gridCol"))]
        heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in table.rows]
        assert abs(sum(widths) - 442.2 * 20) <= 10
        assert [head is not None for head in heads] == [True] + [False] * (len(table.rows) - 1)


def test_columns_share_the_width_however_many_there_are():
    many = Appendix("表", ["很长很长很长的列名"] * 20, [[[Text("长" * 30)]] * 20])

    widths = [
        int(one.get(qn("w:w"))) for one in read(paper(appendices=[many])).tables[0]._tbl.tblGrid
    ]
    assert (min(widths) > 0, sum(widths)) == (True, 8845)


# — the file —


def test_same_document_gives_the_same_bytes(monkeypatch):
    first = write_word(paper()).getvalue()
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 2, 3, 4, 5, 6, 0, 0, 0))

    assert write_word(paper()).getvalue() == first


def test_properties_are_those_of_the_document():
    known = read(paper()).core_properties

    assert (known.title, known.author, known.last_modified_by, known.subject, known.comments) == (
        "大桥街道2025年度党建工作总结", "大桥街道", "大桥街道", "年度总结", "",
    )  # fmt: skip
    assert [str(day) for day in (known.created, known.modified)] == [
        "2025-12-31 00:00:00+00:00"
    ] * 2


def test_nothing_of_the_empty_file_is_left():
    assert list(parts(paper())) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/settings.xml",
        "word/fontTable.xml",
        "word/theme/theme1.xml",
        "word/footer1.xml",
        "word/footer2.xml",
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("㐂𠮷﹪", "㐂𠮷﹪"),
        ("“甲”<乙>&amp;]]>", "“甲”<乙>&amp;]]>"),
        ("甲\x00\x07乙\x0b丙\ud800丁\ufffe", "甲乙 丙丁"),
        ("甲\n乙\t丙", "甲 乙 丙"),
        ("  甲  ", "  甲  "),
        ("", ""),
    ],
    ids=["rare", "marks of XML", "control", "breaks", "spaces", "empty"],
)
def test_words_of_any_kind_are_printed(written, shown):
    file = read(paper(unit=f"甲{written}", title=written, blocks=[Block(1, [Text(written)] * 2)]))

    assert (texts(file, "Title"), texts(file, "Heading1")) == ([shown], [shown * 2])
    assert texts(file, "Signature") == [f"甲{shown}"]


def test_long_heading_and_long_names_are_kept_whole():
    file = read(paper(title="长" * 300, unit="名" * 300, blocks=[Block(1, [Text("长" * 500)])]))

    assert texts(file, "Heading1") == ["长" * 500]
    assert texts(file, "Title")[0].replace("\n", "") == "长" * 300


def test_empty_document_has_title_signature_and_table():
    file = read(paper(blocks=[], values={}, rows={}))

    assert [one.style.style_id for one in file.paragraphs] == [
        "Title", "Enclosure", "Signature", "Date", "Appendix", "AppendixTitle", "TableNote",
    ]  # fmt: skip
    assert len(file.tables[0].rows) == 1


def test_written_file_can_be_read_from_the_start():
    assert docx.Document(write_word(paper())).paragraphs[0].text == paper().title
