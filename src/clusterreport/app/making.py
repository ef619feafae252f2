"""Makes the editions of an issue: what is to be set becomes the bytes of their files, and nothing is written."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from clusterreport import __version__, publishing
from clusterreport.app import totals
from clusterreport.app.drafting import Draft, drafted, drafted_from, reference_place
from clusterreport.document.facts import facts_file, facts_json
from clusterreport.document.placeholders import holds_placeholder
from clusterreport.errors import Problem, ProblemsError
from clusterreport.fonts.finding import system_folders
from clusterreport.messages import message, os_reason
from clusterreport.render import EmbeddedFile
from clusterreport.subjects.clusters import validation
from clusterreport.writing import tracing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from clusterreport.app.drafting import ReadTables
    from clusterreport.data.dataset import Dataset
    from clusterreport.inputs import Inputs
    from clusterreport.render import Rendered
    from clusterreport.render.pdf.signing import Credentials
    from clusterreport.settings import Settings
    from clusterreport.verify import Compared
    from clusterreport.writing.audience import Audience

    Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BatchPart:
    """What a build of one city shares with others: what was read, and the hashes of its editions by audience.

    The files of such a build are named by the city too.
    """

    inputs: Inputs
    tables: ReadTables
    hashes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MadeIssue:
    """Editions that are made and stand nowhere yet; ``pages`` are counted by audience and name of the file.

    ``remarks``, ``compared`` and ``told`` are as those of an ``Issue``.
    """

    editions: tuple[publishing.Edition, ...]
    pages: Mapping[str, Mapping[str, int]]
    remarks: tuple[str, ...]
    compared: tuple[Compared, ...] = ()
    told: tuple[Problem, ...] = ()


def ignore_progress(_stage: str) -> None:
    """Take the name of a stage, and do nothing."""


def make(
    settings: Settings, inputs: Inputs, report: Report, *, verify_pair: bool = False, part: BatchPart | None = None
) -> tuple[MadeIssue, dict[str, Dataset]]:
    """Return the editions of every audience of ``settings``, and the tables as read; ProblemsError as of a build.

    Nothing of the output folder is looked at.
    """
    datasets, drafts, told = _drafts_of(settings, inputs, report, part)
    credentials = credentials_of(settings, inputs)
    editions, pages = [], {}
    for draft in drafts:
        edition, counts = edition_of(draft, settings, datasets, inputs, report)
        if part:
            edition, counts = _of_part(edition, counts, settings, part)
        editions.append(signed(edition, credentials))
        pages[draft.audience.name] = counts
    compared = _proofread(zip(drafts, editions, strict=True), settings, datasets, inputs, report) if verify_pair else ()
    remarks = (
        *known_remarks(settings, datasets, inputs),
        *_remarks(datasets, editions),
        *_moved_pages(drafts, settings),
    )
    return MadeIssue(tuple(editions), pages, remarks, compared, told), datasets


def known_remarks(settings: Settings, datasets: Mapping[str, Dataset], inputs: Inputs) -> tuple[str, ...]:
    """Return what is to be said of the tables: which values are awaited, which totals differ."""
    return (*_awaited(settings, datasets), *_totals(settings, datasets, inputs))


def edition_of(
    draft: Draft, settings: Settings, datasets: Mapping[str, Dataset], inputs: Inputs, report: Report
) -> tuple[publishing.Edition, dict[str, int]]:
    """Return an edition; what cannot be printed is named by its place in the user's files, as far as it is known."""
    with tracing.traced(draft.audience, settings.templates, datasets.values(), inputs):
        return _edition(draft, settings, datasets, inputs, report)


def credentials_of(settings: Settings, inputs: Inputs) -> Credentials | None:
    """Return what the PDFs are signed with; a wrong passphrase is found here, before any page is set."""
    if settings.signing is None or "pdf" not in settings.formats:
        return None
    from clusterreport.render.pdf import signing

    return signing.credentials_of(settings.signing, inputs.now)


def signed(edition: publishing.Edition, credentials: Credentials | None) -> publishing.Edition:
    """Return the edition with its PDFs signed, and with the hashes that they had before."""
    if credentials is None:
        return edition
    from clusterreport.render.pdf import signing

    bare = {name: content for name, content in edition.files.items() if name.endswith(".pdf")}
    files = {**edition.files, **{name: signing.signed(content, credentials) for name, content in bare.items()}}
    return replace(edition, files=files, unsigned={name: _sha256(content) for name, content in bare.items()})


def _drafts_of(
    settings: Settings, inputs: Inputs, report: Report, part: BatchPart | None
) -> tuple[dict[str, Dataset], list[Draft], tuple[Problem, ...]]:
    """Return every table as read, what is to be set for each audience, and warnings; else all problems."""
    if part is None:
        return drafted(settings, inputs, report)
    return part.tables.datasets, *drafted_from(part.tables.findings(settings.focus), settings, inputs, report)


def _edition(
    draft: Draft, settings: Settings, datasets: Mapping[str, Dataset], inputs: Inputs, report: Report
) -> tuple[publishing.Edition, dict[str, int]]:
    audience = draft.audience
    facts, rendered = _rendered(draft, settings, datasets, inputs, report)
    stem = f"{settings.issue}-{audience.name}"
    files = {f"{stem}.{format_name}": rendered[format_name].content for format_name in settings.formats}
    pages = {f"{stem}.{format_name}": rendered[format_name].pages for format_name in settings.formats}
    files[publishing.FACTS] = facts
    for format_name in settings.formats:
        files |= rendered[format_name].beside
    if draft.letter is not None:
        files |= {publishing.MESSAGE_TEXT: draft.letter.text, publishing.MESSAGE_HTML: draft.letter.html}
    substituted = sorted({face for result in rendered.values() for face in result.substituted})
    made_from = replace(_made_from(settings, draft, datasets, inputs), substituted_faces=tuple(substituted))
    if draft.reference:
        left_out = tuple(what for result in rendered.values() for what in result.left_out)
        made_from = replace(made_from, letterhead=publishing.UsedLetterhead(draft.reference.place, left_out))
    return publishing.Edition(settings.issue, audience.name, files, made_from), pages


def _of_part(
    edition: publishing.Edition, counts: dict[str, int], settings: Settings, part: BatchPart
) -> tuple[publishing.Edition, dict[str, int]]:
    """Return an edition with its city in the names of its files, and with the hash of what it was made from."""
    stem, own = f"{settings.issue}-", f"{settings.issue}-{settings.focus}-"
    called = {name: f"{own}{name.removeprefix(stem)}" if name in counts else name for name in edition.files}
    files = {called[name]: content for name, content in edition.files.items()}
    made_from = replace(edition.made_from, inputs=part.hashes[edition.audience])
    pages = {called[name]: count for name, count in counts.items()}
    return replace(edition, files=files, made_from=made_from), pages


def _proofread(
    pairs: Iterable[tuple[Draft, publishing.Edition]],
    settings: Settings,
    datasets: Mapping[str, Dataset],
    inputs: Inputs,
    report: Report,
) -> tuple[Compared, ...]:
    """Return what was compared; the problems of all audiences are collected first."""
    from clusterreport.app.digits import known_of  # most builds do not ask for it
    from clusterreport.verify import proofread

    report("pair")
    compared: list[Compared] = []
    problems: list[Problem] = []
    for draft, edition in pairs:
        documents = {name: content for name, content in edition.files.items() if name != publishing.MESSAGE_HTML}
        named = {name.rpartition(".")[2]: content for name, content in documents.items()}
        facts = edition.files[publishing.FACTS]
        known = known_of(draft, settings, datasets, inputs)
        try:
            files = (named["docx"], named["pdf"], facts)
            compared.append(proofread(draft.numbered, *files, known, page=named.get("html")))
        except ProblemsError as error:
            problems.extend(error.problems)
    if problems:
        raise ProblemsError(problems)
    return tuple(compared)


def _attachments(facts: bytes, audience: Audience, datasets: Mapping[str, Dataset]) -> tuple[EmbeddedFile, ...]:
    """Return what goes into the PDF: its facts; and the data, but for readers who may not see all that is in them."""
    own = EmbeddedFile(publishing.FACTS, "application/json", "the numbers printed, with their bases", "Data", facts)
    if audience.confidence != "unconfirmed":
        return (own,)
    files: dict[tuple[str, bytes], list[str]] = {}  # two tables may stand on sheets of one workbook
    kinds = {dataset.file_name: dataset.media_type for dataset in datasets.values()}
    for name, dataset in datasets.items():
        files.setdefault((dataset.file_name, dataset.content), []).append(name)
    tables = (
        EmbeddedFile(file, kinds[file], f"the table {' and '.join(names)}", "Source", content)
        for (file, content), names in files.items()
    )
    return (own, *tables)


def _rendered(
    draft: Draft, settings: Settings, datasets: Mapping[str, Dataset], inputs: Inputs, report: Report
) -> tuple[bytes, dict[str, Rendered]]:
    """Return facts.json and each format.

    Pages are known once the PDF is set, which is therefore always made first: facts.json says on which page each number
    stands and is attached to it, and Word's contents take their page numbers from it.
    """
    from clusterreport.render import docx, pdf  # they load slow libraries; wrong data should fail before

    facts = b""

    def attachments(laid: Rendered) -> tuple[EmbeddedFile, ...]:
        nonlocal facts
        facts = facts_json(facts_file(draft.numbered, laid.printed_on, draft.histories))
        return _attachments(facts, draft.audience, datasets)

    report("pdf")
    set_as_pdf = pdf.render(
        draft.numbered,
        draft.look,
        attachments,
        conforming=settings.pdf_standard == "archive",
        own_faces=settings.root / "fonts",
        system_faces=system_folders(),
        inputs=inputs,
    )
    results = {"pdf": set_as_pdf}
    if "docx" in settings.formats:
        report("docx")
        results["docx"] = docx.render(draft.numbered, draft.look, set_as_pdf.page_of, draft.reference, facts)
    if "html" in settings.formats:
        from clusterreport.render.html.page import render as render_page

        report("html")
        results["html"] = render_page(draft.numbered, draft.look)
    if "xlsx" in settings.formats:
        from clusterreport.render.xlsx.document import render as render_workbook

        report("xlsx")
        results["xlsx"] = render_workbook(draft.numbered)
    return facts, results


def _made_from(
    settings: Settings, draft: Draft, datasets: Mapping[str, Dataset], inputs: Inputs
) -> publishing.MadeFrom:
    audience = draft.audience
    return publishing.MadeFrom(
        version=__version__,
        as_of=settings.as_of.isoformat(),
        number=settings.number,
        total=settings.total,
        kind=settings.kind,
        title=draft.numbered.document.about.title,
        subject=draft.letter.subject if draft.letter else "",
        marking=audience.letterhead.marking,
        confidence=audience.confidence,
        placeholders=_placeholders(draft),
        focus=settings.focus,
        theme=audience.theme,
        language=audience.language,
        data={
            dataset.place: publishing.DataFile(dataset.sha256, len(dataset.rows), dataset.encoding, **dataset.origin)
            for dataset in datasets.values()
        },
        templates=_template_hashes(settings.templates, draft, inputs),
    )


def _placeholders(draft: Draft) -> tuple[str, ...]:
    """Return the texts of a briefing and its letter that hold a placeholder."""
    letter = draft.letter
    lines = () if letter is None else (letter.subject, *letter.text.decode().splitlines())
    return (*draft.placeholders, *filter(holds_placeholder, lines))


def _template_hashes(templates: Path, draft: Draft, inputs: Inputs) -> dict[str, str]:
    """Return the hash of every template that the audience's text may have come from, and of its look."""
    audience = draft.audience
    places = [
        f"{folder}/{name}" for folder in draft.folders for name in inputs.names(templates / folder) if "." in name
    ]
    if reference := audience.reference and reference_place(audience, templates):
        places.append(reference)
    hashes = {}
    try:
        for place in (*places, f"themes/{audience.theme}.toml"):
            with contextlib.suppress(FileNotFoundError):  # what was used was read before: this one was an editor's own
                hashes[place] = inputs.sha256(templates / place)
    except OSError as error:
        place = f"templates/{Path(str(error.filename)).relative_to(templates).as_posix()}"
        remedy = message("Close it in other programs, ask for the right to read it, or take it away.")
        raise ProblemsError(
            [Problem(place, message("the file cannot be opened ({reason})", reason=os_reason(error)), remedy)]
        ) from None
    return hashes


def _awaited(settings: Settings, datasets: Mapping[str, Dataset]) -> tuple[str, ...]:
    """Say which values are those of an earlier year, as the newest do not stand for all yet."""
    return tuple(validation.dated_columns.awaited(datasets, settings.as_of))


def _totals(settings: Settings, datasets: Mapping[str, Dataset], inputs: Inputs) -> tuple[str, ...]:
    """Say which totals in the files are not the sums of their rows; a build of data that must agree has none."""
    return tuple(
        message("{what}: {words}. {remedy}", what=each.where, words=each.problem, remedy=each.remedy)
        for each in totals.differing(datasets, settings.root, inputs)
    )


def _remarks(datasets: Mapping[str, Dataset], editions: list[publishing.Edition]) -> tuple[str, ...]:
    odd = [
        message("{place} was read as {encoding}", place=dataset.place, encoding=dataset.encoding)
        for dataset in datasets.values()
        if dataset.encoding not in {"", "utf-8", "utf-8-sig"}
    ]
    odd += [remark for dataset in datasets.values() for remark in dataset.remarks]
    faces = sorted({face for edition in editions for face in edition.made_from.substituted_faces})
    letterheads = [edition.made_from.letterhead for edition in editions if edition.made_from.letterhead is not None]
    left_out = dict.fromkeys(
        message("not taken over from {file}: {what}", file=letterhead.file, what=what)
        for letterhead in letterheads
        for what in letterhead.left_out
    )
    return (
        *odd,
        *(message("a face was not found, and another stands in: {face}", face=face) for face in faces),
        *left_out,
    )


def _moved_pages(drafts: Iterable[Draft], settings: Settings) -> tuple[str, ...]:
    """Say where Word's pages are not the PDF's: the contents name those of the PDF until Word counts them anew."""
    return tuple(
        message(
            "the contents in Word name the pages of the PDF; in the letterhead of {name} they may fall "
            "elsewhere: update the contents in Word (F9)",
            name=draft.audience.name,
        )
        for draft in drafts
        if draft.reference and draft.audience.contents and "docx" in settings.formats
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
