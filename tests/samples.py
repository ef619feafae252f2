"""Sample documents that use every block and every inline once, for the tests of all renderers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from clusterreport import charts
from clusterreport.document.model import (
    About,
    BasisTable,
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    DateText,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Inline,
    KeyFigure,
    KeyFigures,
    Letterhead,
    Link,
    Listing,
    Number,
    NumberedDocument,
    NumberStyle,
    PageBreak,
    Pair,
    Paragraph,
    Quoted,
    Reference,
    Row,
    RowGroup,
    Section,
    Series,
    Strong,
    Table,
    Text,
)
from clusterreport.document.numbering import number
from clusterreport.quantity import (
    PERCENT,
    PLACE,
    POINTS,
    RATIO,
    YUAN_100M,
    Bound,
    Computed,
    Confidence,
    Quantity,
    RowRef,
    Unit,
)
from clusterreport.statement import Reported, Statement
from clusterreport.subjects.clusters.units import CLUSTERS

BASIS = Computed("集群数", "名录中的行数", Confidence.CONFIRMED, rows=(RowRef("clusters.csv", (2, 3, 4, 9)),))
UNSURE = replace(BASIS, label="待核的集群数", confidence=Confidence.UNCONFIRMED)
PROVINCES = (
    ("江苏", 14, 10, 4), ("广东", 8, 7, 1), ("浙江", 8, 4, 4), ("北京", 6, 1, 5), ("河北", 6, 2, 4),
    ("山东", 6, 3, 3), ("上海", 5, 3, 2), ("湖南", 5, 4, 1), ("四川", 5, 3, 2), ("天津", 5, 1, 4),
)  # fmt: skip
LETTERHEAD = Letterhead(
    masthead="先进制造业集群简报", issue_line="第9期", total_line="（总第33期）", issuer="广州市××研究中心编",
    marking="内部资料　注意保存", report_to="市委、市政府领导。", send_to="市有关部门，各区政府。",
    copies="（共印60份）",
)  # fmt: skip


def quantity(amount: int | str | None, unit: Unit = CLUSTERS, bound: Bound = Bound.EXACT) -> Quantity:
    """Return a quantity of the sample's basis."""
    return Quantity(None if amount is None else Decimal(amount), unit, BASIS, bound)


def say(amount: int | str | None, unit: Unit = CLUSTERS, bound: Bound = Bound.EXACT) -> Number:
    """Return a number in the text."""
    return Number(quantity(amount, unit, bound))


def statement(name: str = "S1", words: str = "会议部署了七项任务", **basis: object) -> Statement:
    """Return a statement of a newspaper, of 2025年7月 and without a speaker; ``basis`` changes what it rests on."""
    plain = Reported(
        "一家报纸，2025年", "部署任务", date="2025年7月", rows=(RowRef("statements.csv", (2,), "id = S1"),)
    )
    return Statement(name, words, replace(plain, **basis))  # type: ignore[arg-type]


def cell(amount: int | str | None, unit: Unit = CLUSTERS) -> Cell:
    """Return a cell that holds a number without its unit."""
    return Cell((Number(quantity(amount, unit), NumberStyle(unit=False, mark="star")),))


def words(text: str) -> Cell:
    """Return a cell that holds words."""
    return Cell((Text(text),))


def paragraph(*children: Inline | str) -> Paragraph:
    """Return a paragraph of inlines; strings are Text."""
    return Paragraph(tuple(Text(child) if isinstance(child, str) else child for child in children))


def bar_chart(title: str = "各省份国家级先进制造业集群数量（前10位）") -> Chart:
    """Return a chart of ranked bars."""
    values = tuple(quantity(count) for _, count, _, _ in PROVINCES)
    chart = Chart(
        "bar", title, "个", tuple(name for name, *_ in PROVINCES), (Series("集群", values),),
        "江苏最多，14个；其后是广东、浙江，各8个。", emphasis=("江苏",),
    )  # fmt: skip
    return replace(chart, facts=charts.stated(chart).facts)


def province_table(rows: int = len(PROVINCES)) -> Table:
    """Return a table with all that a table has: groups, a total, stars, unknown values, notes, a source."""
    columns = (
        Column("省份", "text", 1.2), Column("集群", "number"), Column("2022年底前", "number", 1.3),
        Column("2024年新增", "number", 1.3), Column("占比（%）", "number", 1.2), Column("位次", "number"),
        Column("说明", "text", 2.4),
    )  # fmt: skip
    places = {14: 1, 8: 2, 6: 4, 5: 7}
    body = tuple(
        Row((
            words(PROVINCES[place % 10][0]), cell(PROVINCES[place % 10][1]), cell(PROVINCES[place % 10][2]),
            cell(PROVINCES[place % 10][3]), cell(str(Decimal(PROVINCES[place % 10][1] * 100) / 80), PERCENT),
            Cell((Number(quantity(places[PROVINCES[place % 10][1]], PLACE), NumberStyle(unit=False)),)),
            words("并列的位次相同，其后顺延。" if place == 1 else ""),
        ))
        for place in range(rows)
    )  # fmt: skip
    unsure = Cell((Number(Quantity(Decimal(2), CLUSTERS, UNSURE), NumberStyle(unit=False, mark="star")),))
    other = Row((words("名称待核"), unsure, cell(None), cell(None), cell("2.5", PERCENT), Cell(), Cell()))
    total = Row((words("全国"), cell(80), cell(45), cell(35), cell(100, PERCENT), Cell(), Cell()), "total")
    return Table(
        "by-province", "分省份集群数量与位次", columns,
        (RowGroup(body, "名称已核实"), RowGroup((other,), "名称未核实"), RowGroup((total,))),
        notes=(paragraph("注：位次相同的按并列计，其后名次顺延。部分数据因四舍五入的原因，存在总计与分项合计不等的情况。"),),
        source="集群名录（80条），按行计算",
    )  # fmt: skip


def sample_document(table_rows: int = 40, *, contents: bool = True) -> Document:
    """Return a Chinese briefing of about seven pages that uses every block and every inline."""
    about = About(
        "80个国家级先进制造业集群发展情况", "2025-09", "bureau", "部门版", "zh", dt.date(2025, 9, 22),
        "广州市××研究中心", LETTERHEAD, contents,
    )  # fmt: skip
    counts = Figure("counts", bar_chart(), "一个集群跨省的，在所涉各省各计一次。", "集群名录（80条），按行计算")
    regions = Section(
        "regions", "区域分布",
        (paragraph("分省份看，各省份集群数量差距明显，见", Reference("by-province"), "和", Reference("counts"), "。"),),
        (
            Section("between", "省际分布", (counts,)),
            Section("tables", "省份一览", (province_table(table_rows), paragraph("表后的话接着说，不另起页。"))),
        ),
    )  # fmt: skip
    sources = Section(
        "sources",
        "数据来源与说明",
        (_pair(), PageBreak(), paragraph("数字的出处与算法如下。"), BasisTable(), *_closing()),
    )
    return Document(about, _lead(), (_overview(), regions, sources))


def sample(table_rows: int = 40, *, contents: bool = True) -> NumberedDocument:
    """Return the sample document, numbered."""
    return number(sample_document(table_rows, contents=contents))


def small(*blocks: Block, **about: object) -> NumberedDocument:
    """Return a numbered document of ``blocks`` under one heading, without a letterhead; ``about`` changes fields."""
    plain = About("题目", "2025-09", "bureau", "部门版", "zh", dt.date(2025, 9, 22), "某中心", Letterhead())
    return number(Document(replace(plain, **about), (), (Section("only", "一节", blocks),)))  # type: ignore[arg-type]


def english() -> NumberedDocument:
    """Return a short English briefing."""
    about = About(
        "How the national clusters developed", "2025-09", "public", "Public edition", "en", dt.date(2025, 9, 22),
        "Research centre",
        Letterhead(masthead="Clusters Briefing", issue_line="Briefing No. 9 (2025)", issuer="Research centre"),
    )  # fmt: skip
    text = (
        "There are “national advanced manufacturing clusters” in most of the country’s provinces; "
        "the register names each of them, the cities that share it and the batch in which it was chosen. "
    )
    body = paragraph(
        text * 3, say("12345.6", YUAN_100M), ", ", say(80), ", as ", Reference("counts"), " shows",
        Footnote((Text("Counted by rows of the register."),)), ".",
    )  # fmt: skip
    chart = replace(bar_chart("Clusters by province"), unit="clusters")
    overview = Section("overview", "Overview", (body, Figure("counts", chart, source="register"), body))
    return number(Document(about, (), (overview,)))


def _lead() -> tuple[Block, ...]:
    lead = Paragraph(
        (
            Text("截至"), DateText(dt.date(2025, 9, 22), "month"), Text("，全国共有国家级先进制造业集群"), say(80),
            Text("，分布在25个省份，其中2022年底前认定"), say(45), Text("，2024年新增"), say(35),
            Text("。江苏数量最多，有"), say(14), Text("；广东、浙江各有"), say(8), Text("，"),
            Strong((Text("并列第二"),)), Text("；北京、河北、山东各有"), say(6), Text("，并列第四"),
            Footnote((Text("按不重复数值排列为第三位；公开报道作"), Quoted("“并列第三”", "公开报道"), Text("。"))),
            Text("。前五位省份合计占全部省次的三分之一以上，集中度较高。"),
        ),
        "lead",
    )  # fmt: skip
    figures = (
        KeyFigure(say(80), (Text("国家级集群，分布在25个省份"),)),
        KeyFigure(say(14), (Text("江苏最多；广东、浙江各8个"),)),
        KeyFigure(say("46.25", PERCENT), (Text("跨区域集群占全部的比重"),)),
        KeyFigure(say(4), (Text("广州参与的国家级集群"),)),
    )
    return (KeyFigures(figures), lead)


def _overview() -> Section:
    batches = paragraph(
        "从批次看，2021年两轮竞赛认定", say(25), "，2022年第三轮认定20个，2024年新增35个，总量比2022年底增加",
        say("77.8", PERCENT), "。产值", say("13500", YUAN_100M, Bound.OVER), "，比重提高", say("21.9", POINTS),
        "，居第4位。工业和信息化部《先进制造业集群发展专项行动》（工信部规〔2025〕5号）要求：“到2025年，培育一批世界级集群。”",
        "名录见", Link("https://www.miit.gov.cn/", (Text("主管部门网站"),)), "，",
        Emphasis((Text("以最新公布者为准"),)), "；HHI为", say("0.07", RATIO), "，R&D强度<5%的不列。",
        "跨区域的说法见", Reference("sources"), "。",
        Footnote((Text("由两个以上城市共建的，为跨区域集群。"), Strong((Text("存量与增量"),)), Text("分开计算。"))),
    )  # fmt: skip
    inner = Listing((((paragraph("新增集群中，跨区域的占多数；"),)), ((paragraph("存量集群中，跨区域的占少数。"),))))
    listing = Listing(
        (
            (paragraph("数量看名录：一个集群一行，跨省的在所涉各省各计一次，因此各省合计大于全国的集群数；"),),
            (paragraph("口径看说明："), inner),
            (paragraph("来源看附表。"),),
        ),
        ordered=True,
    )
    callout = Callout(
        "口径提示",
        (paragraph("全部集群的比重与当年新增的比重不可直接比较，", Strong((Text("混用会夸大变化"),)), "。"), inner),
    )
    note = Paragraph((Text("“部分数据因四舍五入的原因，存在总计与分项合计不等的情况。”"),), "note")
    deep = Section("deep", "数量", (paragraph("先说数量。"),), (Section("deeper", "再分", (paragraph("再说结构。"),)),))
    return Section(
        "overview", "总体情况", (),
        (Section("batches", "数量与批次", (batches, listing, callout, note), (deep,)),),
    )  # fmt: skip


def _pair() -> Pair:
    return Pair(
        Figure("left", bar_chart("各省份集群数量"), "数字为集群数。"),
        Figure(
            "right", bar_chart("新增集群数量"), "实线为全部集群口径，虚线为当年新增口径，二者不可直接比较。", "集群名录"
        ),
    )


def _closing() -> tuple[Block, ...]:
    text = (
        "本期对14项公开数据与名录逐项核对：12项一致，1项因口径不同不可比，1项不一致。“跨区域集群比例由约24%升至74%”一说，"
        "前者以全部45个为分母，后者仅以新增35个为分母；按同一口径，应为24.4%升至46.3%，提高21.9个百分点。"
    )
    return (paragraph(text), paragraph(text, Footnote((Text("按行计算。"),))))
