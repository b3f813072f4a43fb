"""What the HTTP client raises, in the words of our own tree."""

import ssl

import httpx

from ...core.errors import (
    ModelServerCertificateError,
    ModelServerError,
    ModelServerPlainError,
    ModelServerSilentError,
    ModelServerUnreachableError,
)


def of_transport(err: BaseException, said: str, server: str) -> ModelServerError | None:
    """Return our error for one of the connection; None for one of another kind.

    `said` is what it says, without secrets.
    """
    match err:
        case ModelServerError():
            return type(err)(said, server=server)
        case TimeoutError():
            return ModelServerSilentError(server=server)
        case httpx.ConnectTimeout() | httpx.PoolTimeout():
            return ModelServerUnreachableError(said, server=server)
        case httpx.TimeoutException():
            return ModelServerSilentError(said, server=server)
        case httpx.TransportError() | OSError():
            if found := _of_tls(err, said, server):
                return found
            return ModelServerUnreachableError(said, server=server)
    return None


def _of_tls(
    err: BaseException | None, said: str, server: str
) -> ModelServerError | None:
    """Look for what encryption failed with under what the HTTP client raised."""
    while err is not None:
        match err:
            case ssl.SSLCertVerificationError():
                return ModelServerCertificateError(said, server=server)
            case ssl.SSLError(reason="WRONG_VERSION_NUMBER" | "HTTP_REQUEST"):
                return ModelServerPlainError(said, server=server)
        err = err.__cause__ or err.__context__
    return None
