"""clusterreport new: adds a table, a section or an audience to a project."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from clusterreport import settings
from clusterreport.cli.arguments import add_folder_option, add_table_options, program
from clusterreport.errors import UsageError
from clusterreport.locale import languages
from clusterreport.messages import message

if TYPE_CHECKING:
    import argparse


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``new`` with a command for each thing to the command line."""
    command = commands.add_parser("new", help=message("add a table, a section or an audience to a project"))
    things = command.add_subparsers(title="things", metavar="THING", required=True)
    table = things.add_parser("table", help=message("declare a table of one's own, for templates to use"))
    table.add_argument("name", metavar="NAME", help=message("what templates call it"))
    table.add_argument("--from", dest="file", type=Path, metavar="FILE", help=message("the file with its rows"))
    add_table_options(table)
    table.add_argument("--language", choices=languages(), default="zh", help=message("of the comments (default: zh)"))
    table.set_defaults(run=_table)
    section = things.add_parser("section", help=message("begin the template of a section"))
    section.add_argument("name", metavar="NAME", help=message("what audiences call it"))
    section.set_defaults(run=_section)
    audience = things.add_parser("audience", help=message("copy an audience under another name"))
    audience.add_argument("name", metavar="NAME", help=message("what the settings call it"))
    audience.add_argument("--like", required=True, metavar="AUDIENCE", help=message("the audience to copy"))
    audience.set_defaults(run=_audience)
    for each in (table, section, audience):
        add_folder_option(each)


def _table(options: argparse.Namespace) -> int:
    from clusterreport.app.extending import new_table
    from clusterreport.cli.init import show_table

    if options.file is None:
        problem = message("it is not said in which file the table {name} stands", name=options.name)
        remedy = message(
            "Write {command} new table {name} --from FILE.xlsx, or .csv.", command=program(), name=options.name
        )
        raise UsageError("--from", problem, remedy)
    project = settings.load(options.project.resolve())
    added = new_table(
        project, options.name, options.file, options.language, options.sheet, header_rows=options.header_rows
    )
    show_table(added)
    sys.stdout.write(
        message("{file} has it. Templates say tables.{name}.\n", file=settings.TABLES_FILE, name=options.name)
    )
    return 0


def _section(options: argparse.Namespace) -> int:
    from clusterreport.app.extending import new_section

    path = new_section(settings.load(options.project.resolve()), options.name)
    sys.stdout.write(
        message(
            '{path} is written. Add "{name}" to the sections of the audiences that want it.\n',
            path=path,
            name=options.name,
        )
    )
    return 0


def _audience(options: argparse.Namespace) -> int:
    from clusterreport.app.extending import new_audience

    project = settings.load(options.project.resolve())
    added = new_audience(project, options.name, options.like)
    sys.stdout.write(
        message(
            "{path} is written. In {audience} its title is now {name}, and all else is that of {like}; set for its "
            "readers: title, document_title, language, sections, [letterhead].\n",
            path=added.folder,
            audience=f"templates/audiences/{options.name}/audience.toml",
            name=options.name,
            like=options.like,
        )
    )
    if added.came:
        sys.stdout.write(message("It is built from now on; in {file}:\n", file=settings.FILE_NAME))
        sys.stdout.writelines(f"- {line}\n" for line in added.went)
        sys.stdout.writelines(f"+ {line}\n" for line in added.came)
        return 0
    sys.stdout.write(
        message(
            "To have it built every time, write into {file}, below [briefing], in place of the line of audiences:\n"
            "{line}\n",
            file=settings.FILE_NAME,
            line=f"audiences = {json.dumps([*project.audiences, options.name], ensure_ascii=False)}",
        )
    )
    return 0
