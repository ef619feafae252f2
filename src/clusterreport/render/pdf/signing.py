"""Signs a finished PDF: PAdES B-B, invisible, added behind the file, which itself stays as it was.

ETSI EN 319 142-1 describes PAdES; B-B is its first level, without the time stamp of an authority. A signature holds the
time of signing and random bytes, so no two signed files are alike. pyHanko, which signs, is optional.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.errors import UsageError
from clusterreport.messages import message, os_reason
from clusterreport.settings import FILE_NAME
from clusterreport.settings.secrets import revealed

if TYPE_CHECKING:
    import datetime as dt

    from cryptography.x509 import Certificate
    from pyhanko.sign.signers import SimpleSigner

    from clusterreport.settings.signing import Signing

_FIELD: Final = "Signature"


@dataclass(frozen=True, slots=True)
class Credentials:
    """An opened certificate with its key, and the words that its signatures bear."""

    signer: SimpleSigner = field(repr=False)
    reason: str
    location: str


def credentials_of(signing: Signing, now: dt.datetime) -> Credentials:
    """Return the opened certificate, which is to be valid ``now``.

    UsageError, which never quotes the passphrase, says why it cannot be used.
    """
    try:
        from pyhanko.sign.signers import SimpleSigner
    except ImportError:
        raise UsageError(
            message("{place}, {where}", place=FILE_NAME, where="signing"),
            message("the package that signs, pyHanko, is not installed"),
            message(
                'Run: pip install "clusterreport[sign]" (a checkout: .venv/bin/pip install pyHanko); or drop [signing].'
            ),
        ) from None
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        passphrase = revealed(signing.passphrase).encode()
        content = signing.certificate.read_bytes()
        key, certificate, _ = pkcs12.load_key_and_certificates(content, passphrase)
        if key is None or certificate is None:
            raise _wrong(
                message("it does not hold both a certificate and its key"),
                message("Export it again, with the private key."),
            )
        _check_days(certificate, now)
        signer = SimpleSigner.load_pkcs12_data(content, other_certs=(), passphrase=passphrase)
    except OSError as error:
        raise _wrong(
            message("the file cannot be read: {reason}", reason=os_reason(error)), message("Make it readable to you.")
        ) from None
    except (ValueError, UnsupportedAlgorithm):  # also a passphrase that is no text, which the environment may hold
        raise _wrong(
            message("it cannot be opened: the passphrase is wrong, or the file is not PKCS#12"),
            message("Try both in another program that reads .p12 files, then mend what [signing] names."),
        ) from None
    return Credentials(signer, signing.reason, signing.location)


def signed(content: bytes, credentials: Credentials) -> bytes:
    """Return the PDF ``content``, to the byte, with a signature added behind it that covers the whole file."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter

    words = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        subfilter=SigSeedSubFilter.PADES,
        reason=credentials.reason or None,
        location=credentials.location or None,
    )
    # PDF/UA wants every field on a page to have a place in the reading order; this one has no size and is on no page.
    place = SigFieldSpec(_FIELD, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    finished: io.BytesIO = signers.sign_pdf(writer, words, credentials.signer, new_field_spec=place)
    return finished.getvalue()


def _check_days(certificate: Certificate, now: dt.datetime) -> None:
    """Refuse a certificate whose time has not come or is over: readers would call the signature invalid."""
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not first <= now <= last:
        raise _wrong(
            message("it is valid from {first:%Y-%m-%d} to {last:%Y-%m-%d}, not today", first=first, last=last),
            message("Ask for a new certificate."),
        )


def _wrong(problem: str, remedy: str) -> UsageError:
    return UsageError(message("{place}, {where}", place=FILE_NAME, where="signing.certificate"), problem, remedy)
