"""Claims of a document and of its facts.json that the other lacks are told with their words, their kind and values."""

from __future__ import annotations

from dataclasses import replace

from clusterreport.document.facts import facts_file
from clusterreport.document.model import Claimed
from clusterreport.publishing import as_json
from clusterreport.quantity import Bound
from clusterreport.verify.stated_facts import claim_differences
from tests.samples import paragraph, small
from tests.verify.test_digit_accounts import COUNT, SAID

CLAIMED = small(paragraph(Claimed("近八成", "amount", (COUNT, replace(SAID, bound=Bound.OVER)))))
WORDS = "“近八成” (amount) of batch 15个, said 超24个"


def test_a_claim_that_one_side_lacks_is_told() -> None:
    with_it, without = (as_json(facts_file(numbered)) for numbered in (CLAIMED, small()))
    assert list(claim_differences(CLAIMED, with_it)) == []
    (lacking,), (more,) = claim_differences(CLAIMED, without), claim_differences(small(), with_it)
    assert (lacking.where, lacking.problem) == (
        "facts.json, claims", f"the document claims {WORDS}, and facts.json does not",
    )  # fmt: skip
    assert (more.where, more.problem) == (
        "facts.json, claims", f"facts.json claims {WORDS}, and the document does not",
    )  # fmt: skip
