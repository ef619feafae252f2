"""Says where a secret is kept, and fetches it when it is needed: it is never held, and no message ever quotes it."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import AfterValidator, ValidationInfo

from clusterreport.messages import message, os_reason
from clusterreport.settings import wrong
from clusterreport.settings.fields import Text, refused
from clusterreport.settings.validation import Fault, SettingsTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CREDENTIALS: Final = "CREDENTIALS_DIRECTORY"  # systemd.exec(5), LoadCredential=


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret is: in an environment variable, a file that only its owner can read, or a systemd credential.

    ``name`` is what the settings call it, such as "signing.passphrase"; one of the three others is set.
    """

    name: str
    variable: str = ""
    file: Path | None = None
    credential: str = ""

    @property
    def place(self) -> str:
        """Return the setting that says where it is."""
        kind = "file" if self.file else "credential" if self.credential else "env"
        return f"{self.name}_{kind}"


def kept_in_one_way(said: Mapping[str, object], place: str, key: str) -> Iterator[Fault]:
    """Yield the fault of a table that does not say in one way, and in one only, where its secret ``key`` is kept.

    Where the secret itself stands there, that it may not is enough to say.
    """
    names = (f"{key}_env", f"{key}_file", f"{key}_credential")
    chosen = [name for name in names if name in said]
    if len(chosen) != 1 and key not in said:
        problem = (
            message("{names} are set", names=message(" and ").join(chosen))
            if chosen
            else message("none of {names} is set", names=message(", ").join(names))
        )
        yield Fault((), problem, message("Write one of them under [{place}].", place=place))


def secret_of(table: SettingsTable, place: str, key: str) -> Secret:
    """Return where the secret ``key`` of the table ``place`` is kept."""
    return Secret(f"{place}.{key}", *(getattr(table, f"{key}_{kind}") for kind in ("env", "file", "credential")))


def password_of(table: SettingsTable, place: str, root: Path) -> Secret | None:
    """Return where the password of a database that the table ``place`` asks is kept, None where nothing is said of one.

    The path of a file is from ``root`` on.
    """
    variable, file, credential = (getattr(table, f"password_{kind}") for kind in ("env", "file", "credential"))
    if not (variable or file or credential):
        return None
    return Secret(f"{place}.password", variable, root / file if file else None, credential)


def revealed(secret: Secret) -> str:
    """Return the secret; UsageError, which never quotes it, says why it cannot be had."""
    if secret.file is not None:
        return _text_of(secret.file, secret.place, own=True)
    if secret.credential:
        return _credential(secret)
    value = os.environ.get(secret.variable, "")
    if not value:
        raise wrong(
            secret.place,
            message("the environment variable that it names is not set"),
            message(
                "Set the variable for this run, or keep the secret in a file and write {name}_file.",
                name=secret.name.split(".")[-1],
            ),
        )
    return value


def _variable(text: str, info: ValidationInfo) -> str:
    key = str(info.field_name).removesuffix("_env")
    if not (text.isascii() and text.isidentifier()):
        remedy = message(
            'Write {key}_env = "CLUSTERREPORT_{variable}", and keep the secret in the variable so named.',
            key=key,
            variable=key.upper(),
        )
        raise refused(message("it is not the name of an environment variable"), remedy)
    return text


def _credential_name(text: str, info: ValidationInfo) -> str:
    key = str(info.field_name).removesuffix("_credential")
    if not text or "/" in text:
        remedy = message(
            'Write {key}_credential = "{key}", with LoadCredential={key}:… in the unit that starts the program.',
            key=key,
        )
        raise refused(message("it is not the name of a credential"), remedy)
    return text


Variable = Annotated[str, AfterValidator(_variable)]
Credential = Annotated[Text, AfterValidator(_credential_name)]


def _credential(secret: Secret) -> str:
    folder = os.environ.get(_CREDENTIALS, "")
    if not folder:
        raise wrong(
            secret.place,
            message("systemd has handed over no credentials"),
            message("Start the program from a unit with LoadCredential=, or keep the secret in a file or a variable."),
        )
    # systemd keeps others from the folder itself, and gives its files modes of its own choice.
    return _text_of(Path(folder) / secret.credential, secret.place, own=False)


def _text_of(path: Path, place: str, *, own: bool) -> str:
    """Return what the file says, but for the end of its line; an ``own`` file only its owner may read."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if own and os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
                remedy = message("Run: chmod 600 {path}", path=path)
                raise wrong(
                    place, message("others may use the file: its mode is {mode:04o}, not 0600", mode=mode), remedy
                )
            text = file.read().rstrip("\r\n")
    except OSError as error:
        problem = message("the file cannot be read: {reason}", reason=os_reason(error))
        raise wrong(place, problem, message("Make it yours, and readable to you.")) from None
    except UnicodeDecodeError:
        raise wrong(place, message("the file is not UTF-8 text"), message("Save it as UTF-8.")) from None
    if not text:
        raise wrong(place, message("the file is empty"), message("Write the secret into it, on one line."))
    return text
