"""What the HTTP client raises, in the words of our own tree."""

import httpx

from ...core.errors import (
    ModelServerError,
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
            return ModelServerUnreachableError(said, server=server)
    return None
