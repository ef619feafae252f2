"""A signed PDF is whole, covered by its signature and still archival; the passphrase is never shown."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from clusterreport.cli import main
from clusterreport.errors import UsageError
from clusterreport.render import EmbeddedFile, Rendered
from clusterreport.render.pdf import render
from clusterreport.render.pdf.signing import credentials_of, signed
from clusterreport.settings.secrets import Secret
from clusterreport.settings.signing import Signing
from clusterreport.theme import Theme
from tests.conftest import require_program
from tests.render.pdf.conformance import broken_rules
from tests.samples import sample

ROOT = Path(__file__).resolve().parents[3]
PASSPHRASE = "翠微 5-horses"  # noqa: S105 -- of keys that are thrown away with the test
VARIABLE = "CLUSTERREPORT_TEST_PASSPHRASE"
DAY = dt.timedelta(days=1)
NOW = dt.datetime.now(dt.UTC)
posix_only = pytest.mark.skipif(os.name != "posix", reason="files have modes on POSIX only")


def certificate(
    path: Path, *, now: dt.datetime = NOW, ends_in: dt.timedelta = DAY, passphrase: str = PASSPHRASE
) -> Path:
    """Write a certificate that signs itself, and its key, to ``path``; it is thrown away with the test's folder."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "某某统计办公室（测试）")])
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
         "decipher_only"), False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 9 * DAY)
        .not_valid_after(now + ends_in)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    lock = BestAvailableEncryption(passphrase.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"test", key, made, None, lock))
    return path


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("keys") / "signer.p12")


def signing_with(
    certificate: Path, *, passphrase_file: Path | None = None, reason: str = "正式发布", location: str = "广州"
) -> Signing:
    secret = Secret("signing.passphrase", "" if passphrase_file else VARIABLE, passphrase_file)
    return Signing(certificate, secret, reason, location)


@pytest.fixture
def signing(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> Signing:
    """Return what signs the tests' files; its passphrase is in the environment."""
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    return signing_with(key_file)


@pytest.fixture
def sealed(rendered: Rendered, signing: Signing) -> bytes:
    """Return the sample, signed."""
    return signed(rendered.content, credentials_of(signing, NOW))


def verdict(content: bytes, key_file: Path) -> tuple[bool, bool, bool, bool]:
    """Return whether pyHanko finds the one signature intact, valid, by the signer, and over the whole file."""
    from asn1crypto.x509 import Certificate
    from cryptography.hazmat.primitives.serialization import Encoding
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    _, own, _ = pkcs12.load_key_and_certificates(key_file.read_bytes(), PASSPHRASE.encode())
    assert own is not None
    trusted = ValidationContext(trust_roots=[Certificate.load(own.public_bytes(Encoding.DER))], allow_fetching=False)
    (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    status = validate_pdf_signature(signature, trusted)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return status.intact, status.valid, status.trusted, whole


def refusal(signing: Signing) -> UsageError:
    with pytest.raises(UsageError) as raised:
        credentials_of(signing, NOW)
    return raised.value


def test_the_signature_is_intact_and_covers_the_whole_file(sealed: bytes, key_file: Path) -> None:
    assert verdict(sealed, key_file) == (True, True, True, True)


def test_a_changed_byte_breaks_the_signature(rendered: Rendered, sealed: bytes, key_file: Path) -> None:
    place = rendered.content.index(b"stream") + 40
    spoiled = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
    assert not verdict(spoiled, key_file)[0]


def test_the_unsigned_file_stands_at_the_head_of_the_signed_one(rendered: Rendered, sealed: bytes) -> None:
    assert sealed.startswith(rendered.content)


def test_the_signature_is_of_the_pades_kind_and_bears_reason_and_place(sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        (field,) = list(pdf.Root.AcroForm.Fields)
        assert field.V.SubFilter == "/ETSI.CAdES.detached"
        assert (str(field.V.Reason), str(field.V.Location)) == ("正式发布", "广州")


def test_words_that_are_not_wanted_are_left_out(rendered: Rendered, signing: Signing) -> None:
    wordless = signing_with(signing.certificate, reason="", location="")
    with pikepdf.open(io.BytesIO(signed(rendered.content, credentials_of(wordless, NOW)))) as pdf:
        (field,) = list(pdf.Root.AcroForm.Fields)
        assert "/Reason" not in field.V
        assert "/Location" not in field.V


def test_the_signature_is_not_to_be_seen(sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        (field,) = list(pdf.Root.AcroForm.Fields)
        left, bottom, right, top = (float(edge) for edge in field.Rect)
        assert (left, bottom) == (right, top)


def test_title_and_attachments_stay(rendered: Rendered, sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(rendered.content)) as before, pikepdf.open(io.BytesIO(sealed)) as after:
        assert str(after.docinfo.Title) == str(before.docinfo.Title)
        assert list(after.attachments) == list(before.attachments)
        assert len(after.pages) == len(before.pages)


@pytest.mark.slow
def test_the_signed_file_keeps_to_the_archive_and_to_screen_readers(
    theme: Theme, signing: Signing, tmp_path: Path
) -> None:
    data = EmbeddedFile("data.csv", "text/csv", "a table", "Source", "甲,1\n".encode())
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed(render(sample(), theme, (data,)).content, credentials_of(signing, NOW)))
    assert broken_rules(path) == {"signed.pdf": {}}


@pytest.mark.slow
def test_qpdf_finds_the_signed_file_in_order(sealed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(sealed)
    done = subprocess.run([require_program("qpdf"), "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("days", [-9, 0, 1])
def test_a_certificate_is_good_from_its_first_moment_to_its_last(signing: Signing, days: int) -> None:
    assert credentials_of(signing, NOW.replace(microsecond=0) + days * DAY).reason == "正式发布"


@pytest.mark.parametrize("days", [-10, 2])
def test_a_certificate_is_held_against_the_time_that_is_handed_in(signing: Signing, days: int) -> None:
    with pytest.raises(UsageError, match="not today"):
        credentials_of(signing, NOW.replace(microsecond=0) + days * DAY)


@posix_only
@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_the_passphrase_may_be_in_a_file(key_file: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / "passphrase"
    path.write_bytes((PASSPHRASE + ending).encode())
    path.chmod(0o600)
    assert credentials_of(signing_with(key_file, passphrase_file=path), NOW).reason == "正式发布"


@posix_only
def test_a_passphrase_that_others_may_read_is_refused(key_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE, encoding="utf-8")
    path.chmod(0o644)
    error = refusal(signing_with(key_file, passphrase_file=path))
    assert error.problem.where == "clusterreport.toml, signing.passphrase_file"
    assert error.problem.problem == "others may use the file: its mode is 0644, not 0600"
    assert error.problem.remedy == f"Run: chmod 600 {path}"


@pytest.mark.parametrize(
    ("content", "problem"), [(b"\n", "the file is empty"), ("翠微".encode("gb18030"), "the file is not UTF-8 text")]
)
def test_a_passphrase_file_without_a_passphrase_is_named(
    key_file: Path, tmp_path: Path, content: bytes, problem: str
) -> None:
    path = tmp_path / "passphrase"
    path.write_bytes(content)
    path.chmod(0o600)
    assert refusal(signing_with(key_file, passphrase_file=path)).problem.problem == problem


def test_a_passphrase_file_that_went_away_is_named(key_file: Path, tmp_path: Path) -> None:
    error = refusal(signing_with(key_file, passphrase_file=tmp_path / "gone"))
    assert error.problem.problem.startswith("the file cannot be read: ")


@pytest.mark.parametrize("value", [None, ""])
def test_a_variable_that_is_not_set_is_named(
    key_file: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(VARIABLE, value)
    error = refusal(signing_with(key_file))
    assert error.problem.where == "clusterreport.toml, signing.passphrase_env"
    assert error.problem.problem == "the environment variable that it names is not set"


@pytest.mark.parametrize("wrong", ["sesame-4711", "sesame-\udcff"], ids=["another", "bytes that are no text"])
def test_a_wrong_passphrase_is_said_and_not_shown(
    signing: Signing, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, wrong: str
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv(VARIABLE, wrong)
    error = refusal(signing)
    assert error.problem.where == "clusterreport.toml, signing.certificate"
    assert "the passphrase is wrong" in error.problem.problem
    assert "sesame" not in f"{error}{error.__context__}{caplog.text}"


@pytest.mark.usefixtures("signing")
def test_a_file_that_is_no_certificate_is_said(tmp_path: Path) -> None:
    path = tmp_path / "signer.p12"
    path.write_bytes(b"words")
    assert "the file is not PKCS#12" in refusal(signing_with(path)).problem.problem


def test_a_certificate_without_its_key_is_said(signing: Signing, tmp_path: Path) -> None:
    _, own, _ = pkcs12.load_key_and_certificates(signing.certificate.read_bytes(), PASSPHRASE.encode())
    path = tmp_path / "signer.p12"
    lock = BestAvailableEncryption(PASSPHRASE.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(None, None, own, None, lock))
    assert refusal(signing_with(path)).problem.problem == "it does not hold both a certificate and its key"


@pytest.mark.usefixtures("signing")
def test_a_certificate_that_went_away_is_said(tmp_path: Path) -> None:
    assert refusal(signing_with(tmp_path / "gone.p12")).problem.problem.startswith("the file cannot be read: ")


@pytest.mark.usefixtures("signing")
def test_a_certificate_whose_time_is_over_is_refused(tmp_path: Path) -> None:
    path = certificate(tmp_path / "old.p12", ends_in=-DAY)
    assert refusal(signing_with(path)).problem.problem.endswith(", not today")


def test_without_pyhanko_the_remedy_is_told(signing: Signing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.sign.signers", None)
    error = refusal(signing)
    assert error.problem.problem == "the package that signs, pyHanko, is not installed"
    assert 'pip install "clusterreport[sign]"' in error.problem.remedy


@pytest.fixture
def project(key_file: Path, tmp_path: Path) -> Path:
    """Return a project that signs for one audience; data and templates are those that are shipped."""
    folder = tmp_path / "project"
    folder.mkdir()
    text = (ROOT / "clusterreport.toml").read_text(encoding="utf-8")
    for part in ("data", "templates"):
        text = text.replace(f'"{part}', f'"{(ROOT / part).as_posix()}')
    (folder / "signer.p12").write_bytes(key_file.read_bytes())
    table = f'\n[signing]\ncertificate = "signer.p12"\npassphrase_env = "{VARIABLE}"\n'
    (folder / "clusterreport.toml").write_text(text + table, encoding="utf-8")
    return folder


def built(project: Path, output: Path, *more: str) -> dict[str, dict[str, str]]:
    """Build the public briefing and return the files of its manifest."""
    assert main(["build", str(project), "--audience", "public", "--output", str(output), *more]) == 0
    manifest = next(output.rglob("manifest.json")).read_text(encoding="utf-8")
    files: dict[str, dict[str, str]] = json.loads(manifest)["files"]
    return files


@pytest.mark.slow
def test_a_build_signs_its_pdf_and_its_manifest_keeps_the_hash_from_before(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    name = "2025-09-public.pdf"
    first, second = (built(project, tmp_path / folder, "--format", "pdf") for folder in ("first", "second"))
    path = next((tmp_path / "first").rglob("*.pdf"))
    content = path.read_bytes()
    assert first[name]["sha256"] == hashlib.sha256(content).hexdigest()
    assert first[name]["unsigned_sha256"] == hashlib.sha256(before_signing(content)).hexdigest()
    assert verdict(content, project / "signer.p12") == (True, True, True, True)
    assert first[name]["unsigned_sha256"] == second[name]["unsigned_sha256"]
    assert first[name]["sha256"] != second[name]["sha256"]
    assert "unsigned_sha256" not in first["facts.json"]
    written = b"".join(file.read_bytes() for file in tmp_path.rglob("*.json"))
    assert PASSPHRASE.encode() not in written
    assert PASSPHRASE not in "".join(capfd.readouterr())


@pytest.mark.slow
def test_a_signed_pdf_is_read_back_as_any_other(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    assert "unsigned_sha256" in built(project, tmp_path / "out", "--verify-pair")["2025-09-public.pdf"]


def before_signing(content: bytes) -> bytes:
    """Return the file as it was before something was added behind its first end."""
    mark = b"%%EOF\n"
    return content[: content.index(mark) + len(mark)]


def test_a_wrong_passphrase_stops_the_build_before_anything_is_written(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, "sesame-4711")
    assert main(["build", str(project), "--audience", "public", "--output", str(tmp_path / "output")]) == 2
    said = "".join(capfd.readouterr())
    assert "the passphrase is wrong" in said
    assert "sesame" not in said
    assert not (tmp_path / "output").exists()


@pytest.mark.slow
def test_a_build_of_the_word_file_alone_needs_no_passphrase(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    files = built(project, tmp_path / "output", "--format", "docx")
    assert [name for name, entry in files.items() if "unsigned_sha256" in entry] == []
