"""The number formats of labels are read as Word prints them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterreport.verify.word_labels import formatted


@pytest.mark.parametrize(
    ("amount", "code", "printed"),
    [
        ("14", "General", "14"),
        ("35.70", "General", "35.7"),
        ("1200", "General", "1200"),
        ("0", "0.0000000", "0.0000000"),
        ("14.5", "0", "15"),
        ("-14.5", "0", "-15"),
        ("35.65", '0.0"%"', "35.7%"),
        ("12000", "#,##0", "12,000"),
        ("1200", '"超"#,##0.0"亿元"', "超1,200.0亿元"),
        ("3", "0;;", "3"),
        ("0", "0;;", ""),
        ("-2", "0;;", ""),
        ("-2.5", '"约"0.0;"约""−"0.0', "约−2.5"),
        ("0", '0.0;"−"0.0', "0.0"),
        ("7", '0"；余"', "7；余"),
        ("7", '0";余"', "7;余"),
        ("7", "[Red]0", ""),
    ],
)
def test_a_number_is_printed_by_its_format(amount: str, code: str, printed: str) -> None:
    assert formatted(Decimal(amount), code) == printed
