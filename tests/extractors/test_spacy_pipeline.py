"""Our records on a spaCy Doc."""

from __future__ import annotations

from pathlib import Path

import pytest

LETTER = """关于市十届人大三次会议第58号建议的答复
陈一苇代表：
您提出的《关于增建社区书屋的建议》收悉，现答复如下：
一、基本情况
目前全市有社区书屋26座。
二、下一步工作打算
我局将在年内新建社区书屋9座，其中河东街道4座。
受场地限制，暂无法在老城区增建书屋。
云州市文化和旅游局
2024年5月20日
"""


@pytest.fixture(scope="module")
def doc():  # type: ignore[no-untyped-def]
    from extractors.spacy_pipeline import build_pipeline

    return build_pipeline()(LETTER)


def test_the_text_of_the_doc_is_the_text_given(doc) -> None:  # type: ignore[no-untyped-def]
    assert doc.text == LETTER


def test_quantities_are_spans_with_their_records(doc) -> None:  # type: ignore[no-untyped-def]
    spans = doc.spans["quantities"]
    found = [(span._.quantity.span.text, span.label_) for span in spans]
    assert found == [("26座", "actual"), ("9座", "target"), ("4座", "target")]
    assert all(span._.quantity.span.text in span.text for span in spans)


def test_promises_and_refusals_are_spans(doc) -> None:  # type: ignore[no-untyped-def]
    assert [span.label_ for span in doc.spans["commitments"]] == ["firm"]
    assert "新建社区书屋9座" in doc.spans["commitments"][0].text
    assert "暂无法" in doc.spans["declined"][0].text


def test_all_records_are_on_the_doc(doc) -> None:  # type: ignore[no-untyped-def]
    assert len(doc._.extraction.quantities) == 3


def test_the_pipeline_can_be_saved_and_loaded(tmp_path: Path) -> None:
    import spacy

    from extractors.spacy_pipeline import build_pipeline

    build_pipeline().to_disk(tmp_path / "saved")
    doc = spacy.load(tmp_path / "saved")(LETTER)
    assert [span.label_ for span in doc.spans["quantities"]] == ["actual", "target", "target"]
