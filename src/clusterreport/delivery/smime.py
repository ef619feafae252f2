"""Signs the body of a message: S/MIME, the signature beside what it signs, so that every mail program can read both.

RFC 8551 describes it (multipart/signed, SHA-256). A signature holds the time of signing. cryptography, which signs,
comes with the extra "sign".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.errors import UsageError
from clusterreport.messages import message, os_reason
from clusterreport.settings import FILE_NAME
from clusterreport.settings.secrets import Secret, revealed

if TYPE_CHECKING:
    from pathlib import Path


def signed(body: bytes, certificate: Path, passphrase: Secret) -> bytes:
    """Return ``body``, a MIME entity, within one that bears its signature; lines end with LF.

    Raises UsageError, which never quotes the passphrase, where the PKCS#12 file ``certificate`` cannot be used.
    """
    try:
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
        from cryptography.hazmat.primitives.serialization import Encoding, pkcs7, pkcs12
    except ImportError:
        remedy = message('Run: pip install "clusterreport[sign]"; or drop certificate under [mail].')
        raise UsageError(
            message("{place}, {where}", place=FILE_NAME, where="mail.certificate"),
            message("the package that signs, cryptography, is not installed"),
            remedy,
        ) from None
    try:
        key, own, others = pkcs12.load_key_and_certificates(certificate.read_bytes(), revealed(passphrase).encode())
    except OSError as error:
        raise _wrong(
            message("the file cannot be read: {reason}", reason=os_reason(error)), message("Make it readable to you.")
        ) from None
    except ValueError:
        problem = message("it cannot be opened: the passphrase is wrong, or the file is not PKCS#12")
        raise _wrong(problem, message("Try both in another program that reads .p12 files.")) from None
    if own is None or not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        problem = message("it does not hold both a certificate and an RSA or EC key")
        raise _wrong(problem, message("Export it again, with the private key."))
    builder = pkcs7.PKCS7SignatureBuilder().set_data(body).add_signer(own, key, hashes.SHA256())
    for other in others:
        builder = builder.add_certificate(other)
    return builder.sign(Encoding.SMIME, [pkcs7.PKCS7Options.DetachedSignature])


def _wrong(problem: str, remedy: str) -> UsageError:
    return UsageError(message("{place}, {where}", place=FILE_NAME, where="mail.certificate"), problem, remedy)
