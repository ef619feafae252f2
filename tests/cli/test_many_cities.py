"""An operator reviews, approves and sends an issue of many cities, all at once or edition by edition."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from clusterreport.app import builder
from clusterreport.app.batches import of_city
from tests.cli.desks import Desk
from tests.delivery.editions.published import publish

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clusterreport.settings import Settings

TABLE = """姓名,邮箱,版本,城市
李,li@example.gov.cn,leaders,苏州市
赵,zhao@example.gov.cn,leaders,深圳、苏州
"""


@pytest.fixture
def desk_of_cities(quick: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a desk whose schedule has the cities that recipients ask for: 广州 for the one of its settings."""

    def build_cities(
        chosen: Settings, editions: Mapping[str, Mapping[str, Path | None]], *, now: dt.datetime, verify_pair: bool
    ) -> None:
        assert verify_pair
        assert now.tzinfo == dt.UTC
        for city, audiences in editions.items():
            for audience in audiences:
                publish(of_city(chosen, city), audience, name=chosen.issue, manifest={"subject": f"简报 {city}"})

    monkeypatch.setattr(builder, "build_cities", build_cities)
    (quick.folder / "data" / "recipients.csv").write_text(TABLE, encoding="utf-8")
    quick.edit("[delivery]", '[delivery]\nrecipients = "data/recipients.csv"')
    quick.edit('audiences = ["leaders"]\nstale', 'audiences = ["leaders"]\nfocus = "recipients"\nstale')
    return quick


def test_one_approval_lets_every_edition_go(desk_of_cities: Desk) -> None:
    name = desk_of_cities.extra()
    review = desk_of_cities.run(f"review {name}")
    for edition in ("广州/leaders", "苏州/leaders", "深圳/leaders"):
        assert f"\n{edition}: not approved" in review
    assert review.count("to 赵 <zhao@example.gov.cn>") == 2
    assert "will not go" not in review
    assert desk_of_cities.run(f"approve {name} --by 王敏").count("approved:") == 3
    desk_of_cities.run("send --dry-run letters")
    assert {path.name for path in (desk_of_cities.folder / "letters").iterdir()} == {
        "1-广州-leaders.eml", "2-苏州-leaders.eml", "3-深圳-leaders.eml", "4-苏州-leaders.eml",
    }  # fmt: skip
    assert "4 sent" in desk_of_cities.run("send")
    assert "none due" in desk_of_cities.run("send")
    assert sorted(desk_of_cities.delivered()) == ["简报 广州", "简报 深圳", "简报 苏州", "简报 苏州"]
    assert "1 records are whole" in desk_of_cities.run("archive verify")


def test_editions_go_one_by_one_where_the_schedule_wants_it(desk_of_cities: Desk) -> None:
    desk_of_cities.edit('focus = "recipients"', 'focus = "recipients"\napproval = "each"')
    name = desk_of_cities.extra()
    refused = desk_of_cities.run(f"approve {name} --by 王敏", code=2)
    assert "each of its editions is approved on its own" in refused
    assert "with --edition: 广州/leaders, 深圳/leaders, 苏州/leaders." in refused
    desk_of_cities.run(f"approve {name} --by 王敏 --edition 苏州/leaders")
    assert "2 sent" in desk_of_cities.run("send")
    assert set(desk_of_cities.delivered()) == {"简报 苏州"}
    desk_of_cities.run(f"approve {name} --by 王敏 --audience leaders")
    assert "2 sent" in desk_of_cities.run("send")


def test_who_gets_what_of_many_cities_is_shown(desk_of_cities: Desk) -> None:
    (schedule,) = json.loads(desk_of_cities.run("recipients --json"))["schedules"]
    assert {each["edition"]: [one["name"] for one in each["recipients"]] for each in schedule["editions"]} == {
        "广州/leaders": ["我自己"],
        "深圳/leaders": ["赵"],
        "苏州/leaders": ["李", "赵"],
    }
    assert [(each["city"], each["audience"]) for each in schedule["editions"]][2] == ("苏州", "leaders")
    desk_of_cities.edit('focus = "recipients"', 'focus = ["广州", "深圳"]')
    said = desk_of_cities.run("recipients")
    assert "monthly: 2 editions, 2 recipients, 1 who get nothing" in said
    assert "nothing to 李 <li@example.gov.cn> (data/recipients.csv, row 2): the schedule has no edition of 苏州" in said
    assert (
        "not all to 赵 <zhao@example.gov.cn> (data/recipients.csv, row 3): the schedule has no edition of 苏州" in said
    )


def test_a_schedule_is_listed_with_its_cities(desk_of_cities: Desk) -> None:
    desk_of_cities.edit('focus = "recipients"', 'focus = ["广州", "苏州市"]\napproval = "each"')
    (listed,) = json.loads(desk_of_cities.run("schedule list --json"))["schedules"]
    assert (listed["cities"], listed["approval"]) == (["广州", "苏州"], "each")


def test_a_city_of_a_schedule_that_there_is_not_is_named(desk_of_cities: Desk) -> None:
    desk_of_cities.edit('focus = "recipients"', 'focus = ["广州", "苏洲"]')
    refused = desk_of_cities.run("recipients", code=1)
    assert "clusterreport.toml, schedule (1).focus: 苏洲 is not a city of the register" in refused
    assert "Did you mean 苏州?" in refused
