import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.formats import width
from generator.titles import LONGEST_TITLE, break_title

OFFICE = "中共示例市委先进性教育活动领导小组办公室"


@pytest.mark.parametrize(
    "lines",
    [
        # One line holds twenty characters.
        "关于“集中学习周”日程安排的通知",
        "关于报名参加计算机应用能力考试的通知",
        # Short above long.
        "示例市民政局关于/报送共产党员先进性标准具体要求的报告",
        "示例市教育局关于进一步加强/中小学生暑期安全教育管理工作的通知",
        "示例市人民政府关于/表彰2005年度安全生产工作先进单位和/先进个人的决定",
        "示例市民政局关于/申请拨付农村敬老院冬季取暖专项资金的请示",
        "示例市水务局关于/2004年度行政执法责任制落实情况自查的报告",
        "关于开展学习、创业、/树新风主题实践活动有关事项的通知",
        "示例市人民政府办公室/关于切实做好春节期间残雪清理和/垃圾清运工作的通知",
        "示例县农业局关于/高标准农田建设项目竣工验收结果的通报",
        "示例县人民政府办公室/关于转发示例县民政局《关于/进一步做好城乡居民最低生活保障工作的/意见》的通知",
        "示例市人民政府关于修改/《示例市城市房屋拆迁管理办法》和废止/《示例市暂住人口管理规定》等规章的决定",
        # Long above short.
        f"{OFFICE}/关于“集中学习周”日程安排的通知",
        f"{OFFICE}/关于先进性教育活动学习动员阶段自查/“回头看”工作的通知",
        "关于保持共产党员先进性教育活动/第二批50个整改问题的公示",
        "示例市交通局关于做好2005年3月9日至17日/雨雪冰冻天气道路交通安全保障/工作的紧急通知",
        # Short, long, short.
        "中共示例市委、示例市人民政府关于/表彰“学、创、树”主题实践活动先进集体和/先进个人的决定",
        "示例市环境保护局关于征求/《示例市饮用水水源地环境保护管理办法/（征求意见稿）》意见的函",
        # Nothing says where a word ends: two characters are taken for a word.
        "国务院办公厅关于印发全国深化/“放管服”改革优化营商环境电视电话/会议重点任务分工方案的通知",
        # A quotation longer than a line is broken inside, at its own marks.
        "关于印发/《示例市保持共产党员先进性教育活动/学习动员阶段“集中学习周”/实施方案》的通知",
    ],
)
def test_official_titles_are_broken_at_the_sense_and_in_shape(lines: str) -> None:
    assert break_title(lines.replace("/", ""), names=[OFFICE]) == lines.replace("/", "\n")


def test_the_author_s_line_break_wins() -> None:
    title = "示例市民政局\n关于报送先进性标准要求的报告"
    assert break_title(title, names=["示例市民政局"]) == title


def test_a_line_end_after_the_title_is_no_line_break() -> None:
    title = "示例市民政局关于报送共产党员先进性标准具体要求的报告\n"
    assert break_title(title).count("\n") == 1


def test_a_space_at_a_break_is_dropped() -> None:
    title = "示例市农业委员会　农村学校维修改造资金通报"
    assert break_title(title, 16) == "示例市农业委员会\n农村学校维修改造资金通报"


def test_a_name_is_broken_only_where_it_is_wider_than_a_line() -> None:
    title = "示例市人民政府办公室关于调整示例市发展和改革委员会职能配置及内设机构的通知"
    names = ["示例市发展和改革委员会", ""]
    assert break_title(title) == (
        "示例市人民政府办公室关于调整示例市发展和\n改革委员会职能配置及内设机构的通知"
    )
    assert break_title(title, names=names) == (
        "示例市人民政府办公室关于调整\n示例市发展和改革委员会职能配置及\n内设机构的通知"
    )
    assert "示例市发展和\n改革委员会" in break_title(title, width=10, names=names)


def test_a_last_line_of_two_characters_is_avoided() -> None:
    title = "示例市人民政府办公室印发市民政局学习教育活动流程的通知"
    assert break_title(title) == "示例市人民政府办公室印发\n市民政局学习教育活动流程的通知"


def test_a_word_that_only_looks_like_a_conjunction_is_kept() -> None:
    title = "示例市委关于庆祝中华人民共和国成立五十六周年普及科学知识系列宣传活动的通知"
    assert break_title(title) == (
        "示例市委关于庆祝中华人民共和国成立\n五十六周年普及科学知识系列宣传活动的通知"
    )


def test_a_quotation_that_is_not_closed_binds_nothing() -> None:
    title = "示例市民政局关于做好《“学创树主题实践活动》实施与第二批整改问题公示的通知"
    assert break_title(title) == (
        "示例市民政局关于做好\n《“学创树主题实践活动》\n实施与第二批整改问题公示的通知"
    )


def test_a_stretch_that_nothing_can_break_is_left_to_word() -> None:
    assert break_title("A" * 60) == "A" * 60
    assert "8" * 60 in break_title(f"关于{'8' * 60}号文件办理情况的通知")


def test_a_text_that_is_no_title_is_left_as_it_is() -> None:
    text = "关于" * LONGEST_TITLE
    assert break_title(text) == text


MARKS = [
    "关于",
    "的",
    "和",
    "及",
    "、",
    "《",
    "》",
    "“",
    "”",
    "（",
    "）",
    "2005年",
    "50个",
    " ",
    "Word",
]
TITLES = st.lists(
    st.sampled_from(MARKS) | st.text("示例市民政局通知报告办法", min_size=1, max_size=8),
    max_size=16,
).map("".join)


@settings(deadline=None)
@given(TITLES, st.sampled_from([12, 20, 28]))
def test_breaking_changes_nothing_but_spaces(title: str, line_width: int) -> None:
    broken = break_title(title, line_width)
    assert re.sub(r"\s", "", broken) == re.sub(r"\s", "", title)
    assert not broken.startswith("\n")
    for above, line in pairwise(broken.split("\n")):
        assert above[-1] not in "《“（"
        assert line[0] not in "》”）、的"


BRACKETED = r"《[^《》“”（）]*》|“[^《》“”（）]*”|（[^《》“”（）]*）|(?<!\d)\d+[年个]"


@settings(deadline=None)
@given(TITLES, st.sampled_from([12, 20, 28]))
def test_no_line_ends_within_brackets_or_between_number_and_unit(title: str, width_: int) -> None:
    broken = break_title(title, width_)
    for whole in re.findall(BRACKETED, title):
        assert width(whole) > width_ or whole in broken


@settings(deadline=None)
@given(st.text("示例市民政局关于的和、通知报告办法", min_size=21, max_size=80))
def test_no_line_is_wider_than_the_page(title: str) -> None:
    for line in break_title(title.replace("、", "乙").replace("的", "甲")).split("\n"):
        assert width(line) <= 20
