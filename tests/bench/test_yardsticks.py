"""What we are measured against says what we say: else the benchmark would tell nothing."""

from __future__ import annotations

import batch
import campaign
import issues
import speed
import word_letter


def test_docxtpl_and_plain_jinja_make_the_same_notice() -> None:
    makers, _, _ = speed.notice()
    documents = speed.same_documents(makers)
    assert documents.keys() == {speed.OURS, speed.DOCXTPL, speed.FLOOR}
    assert len(speed.paragraphs(documents[speed.OURS])["word/document.xml"]) > 100


def test_docxtpl_makes_the_same_letter_from_the_same_file() -> None:
    documents = speed.same_documents(speed.letter(word_letter.letter()))
    ours, theirs = (speed.paragraphs(documents[name]) for name in (speed.OURS, speed.DOCXTPL))
    assert ours == theirs
    assert ours["word/header1.xml"] == ["示函〔2005〕7号"]
    assert ours["word/document.xml"][:4] == [
        "关于报送联络员名单的函",
        "示例市民政局：",
        "请于2005年3月10日前将名单报我们（急）。",
        "逾期不报的，视为没有意见。",
    ]


def test_the_issues_of_the_benchmark_are_as_many_and_as_different_as_it_says() -> None:
    found = issues.records(1_000)
    assert [each["id"] for each in found] == [str(number) for number in range(1, 1_001)]
    assert len({each["issue"] for each in found}) == 1_000
    assert {each["source"] for each in found} == {each["source"] for each in campaign.records()}


def test_docxtpl_and_docx_mailmerge_make_the_same_notice_of_a_row() -> None:
    tagged, [texts] = batch.prepared(1)
    for document_of in batch.others().values():
        batch.compare(document_of(tagged, texts), next(batch.rows(1)))
    assert "第1次联络员会议" in texts
