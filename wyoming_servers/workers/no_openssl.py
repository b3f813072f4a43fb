"""Keeps OpenSSL out of a worker: 5 MB that it would load and never use.

A worker talks over a local socket and downloads in another process. The standard library
takes these modules for optional: asyncio goes without TLS, hashlib and hmac use their
built-in functions. Only a worker's `__main__` imports this, before all else, and so the
packages on the way to it import nothing.
"""

import sys

for _name in ("ssl", "_ssl", "_hashlib"):
    # What is loaded stays; None makes an import fail as if the module were not there.
    sys.modules.setdefault(_name, None)  # type: ignore[arg-type]
