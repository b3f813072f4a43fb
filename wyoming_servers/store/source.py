"""Where models come from: what can be asked of a hub, and what it answers."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

DEFAULT_ENDPOINT = "https://huggingface.co"


class DownloadError(Exception):
    """A file cannot be had from the hub; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the download of one model is."""

    name: str
    done: int
    """Bytes."""
    total: int
    """Bytes, 0 when the hub does not say."""

    @property
    def percent(self) -> int:
        """Whole percent, 0 when the size is unknown."""
        return self.done * 100 // self.total if self.total else 0


@dataclass(frozen=True, kw_only=True)
class RemoteFile:
    """A file of a hub repository."""

    path: str
    size: int
    """Bytes."""
    sha256: str | None
    """Given for large files only."""
    git_sha1: str | None
    """Git's blob hash, for the small ones."""


class Source(Protocol):
    """A hub. Blocking: use it in a thread."""

    endpoint: str
    """Its address, without a slash at the end."""

    def files(self, repository: str, folder: str = "") -> list[RemoteFile]:
        """Return the files in one folder of a repository; raise DownloadError."""

    def download(
        self, name: str, repository: str, files: list[RemoteFile], folder: Path
    ) -> None:
        """Fetch the files into the folder, each under its own last name.

        Files that are there with the right size are kept; a broken download goes on
        where it stopped. Raises DownloadError, OSError when the disk is full.
        """


def chosen_endpoint(endpoint: str | None) -> str:
    """Return the hub's address: the given one, the environment's or the public hub."""
    chosen = endpoint or os.environ.get("HF_ENDPOINT") or DEFAULT_ENDPOINT
    return chosen.rstrip("/")


def require(good: bool, why: str) -> None:
    """Raise DownloadError unless all is well."""
    if not good:
        raise DownloadError(why)
