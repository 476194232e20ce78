"""Compiled templates kept as files, so that a repeated run parses nothing.

A kept file is used only while every file that it was made of holds the same bytes, none nearer has
appeared, and Python, Jinja and noticegen are the same. It holds code: the folder is the owner's.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2

from generator.library.template import Template

MAX_KEPT = 200
_OUR_NAME = re.compile(r"[0-9a-f]{32}|\.new-\w+")


@dataclass(frozen=True)
class Kept:
    """A template and what it was made of."""

    template: Template
    digests: Mapping[str, str]
    """The digest of each file that was looked at, by its absolute path; `""` for a missing one."""


def digest(path: Path) -> str:
    """The digest of a file's content; `""` where there is no such file."""
    try:
        return content_digest(path.read_bytes())
    except OSError:
        return ""


def content_digest(data: bytes) -> str:
    """The digest of *data*, in 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def fingerprint(digests: Mapping[str, str]) -> str:
    """One digest of the content of all files in *digests*, wherever they stand."""
    return content_digest(" ".join(filter(None, digests.values())).encode())


def default_folder() -> Path | None:
    """Where templates are kept: `NOTICEGEN_CACHE`, else the user's cache folder; None for off."""
    chosen = os.environ.get("NOTICEGEN_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return Path(base) / "noticegen" if base else None


def key(*facts: str) -> str:
    """The name of the file that keeps a template of these facts."""
    package = Path(__file__).parents[1]
    code = [
        f"{path} {status.st_size} {status.st_mtime_ns}"
        for path in (Path(jinja2.__file__), *sorted(package.rglob("*.py")))
        if (status := path.stat())
    ]
    text = "\0".join((*facts, sys.version, *code))
    return content_digest(text.encode())


def load(folder: Path, name: str) -> Template | None:
    """The template kept as *name*, if all that it was made of is unchanged."""
    path = folder / name
    try:
        if not _is_ours(folder):
            return None
        kept = pickle.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except Exception:  # a file that was cut short or made by another version is made anew
        return None
    if not isinstance(kept, Kept):
        return None
    if any(digest(Path(file)) != value for file, value in kept.digests.items()):
        return None
    return kept.template


def store(folder: Path, name: str, kept: Kept) -> None:
    """Keep a template, where the folder can be written; the oldest give way."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(folder):
            return
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            pickle.dump(kept, file)
        os.replace(temporary, folder / name)  # noqa: PTH105
        _forget_oldest(folder)
    except OSError:
        return


def _is_ours(folder: Path) -> bool:
    """Whether only the owner can write to *folder*."""
    if sys.platform == "win32":  # the user's own profile, by Windows' own rights
        return True
    status = folder.stat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _forget_oldest(folder: Path) -> None:
    """Delete what is beyond MAX_KEPT; whatever else lies in the folder is not ours."""
    ours = [path for path in folder.iterdir() if _OUR_NAME.fullmatch(path.name)]
    ours.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in ours[MAX_KEPT:]:
        path.unlink(missing_ok=True)
