"""Make ready what page tests print with: LibreOffice, poppler and free stand-in fonts.

    python tests/fonts/setup.py FOLDER        (needs fonttools)

FOLDER gets the fonts and fonts.conf, which gives them the names that documents ask for. Debian
packages are installed where we may: as root, or with a sudo that asks no password. What cannot be
had is said aloud, and the exit code is 0 all the same: everything but the page tests can still run.
The fonts are GPL (with the font exception), so they are fetched, never kept in the repository.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

PROGRAMS = {
    "soffice": "libreoffice-writer-nogui",
    "pdftoppm": "poppler-utils",
    "fc-match": "fontconfig",
}
FAMILIES = {"Noto Serif CJK SC": "fonts-noto-cjk", "Liberation Serif": "fonts-liberation"}
FANDOL_PACKAGE = "texlive-lang-chinese"
FANDOL = ("FandolFang-Regular", "FandolKai-Regular", "FandolHei-Regular", "FandolSong-Regular")
BOLD = "FandolSong-Bold"
BOLD_FAMILY = "Stand-in Biaosong"
BOLD_FILE = "StandInBiaosong-Regular"
LICENCE = ("COPYING.gz", "README")
RESOLVES = {
    "仿宋_GB2312": "FandolFang-Regular.otf",
    "楷体_GB2312": "FandolKai-Regular.otf",
    "黑体": "FandolHei-Regular.otf",
    "宋体": "FandolSong-Regular.otf",
    "方正小标宋简体": f"{BOLD_FILE}.otf",
}


class NotToBeHadError(Exception):
    """Something is missing that this machine, or our rights on it, cannot give."""


def main(folder: Path) -> None:
    """Fill *folder*; quick where nothing is missing."""
    lacking = []
    for step in (install_packages, lambda: gather_fonts(folder), lambda: check_names(folder)):
        try:
            step()
        except (NotToBeHadError, OSError, tarfile.TarError) as error:
            lacking.append(str(error))
    if lacking:
        say("", "=" * 78, "PAGE TESTS WILL BE SKIPPED. What they need is missing:")
        say(*(f"  * {words}" for words in lacking), "=" * 78, "")
    else:
        say(f"stand-in fonts: {folder}")


def say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


# --- programs ------------------------------------------------------------------------------------


def install_packages() -> None:
    """Install the Debian packages whose programs or fonts this machine lacks."""
    packages = missing_packages()
    if not packages:
        return
    wish = "apt-get install --no-install-recommends " + " ".join(packages)
    if not shutil.which("apt-get"):
        raise NotToBeHadError(f"no apt-get here; install what Debian has as {' '.join(packages)}")
    if administrator() is None:
        raise NotToBeHadError(f"no right to install packages; run: sudo {wish}")
    say(f"installing {' '.join(packages)} …")
    update_lists()
    apt_get("install", "--yes", "--no-install-recommends", *packages)
    if packages := missing_packages():
        raise NotToBeHadError(f"apt-get could not install {' '.join(packages)}")


def missing_packages() -> list[str]:
    programs = [package for name, package in PROGRAMS.items() if not shutil.which(name)]
    families = said("fc-list", ":", "family") if shutil.which("fc-list") else ""
    return programs + [package for name, package in FAMILIES.items() if name not in families]


@functools.cache
def administrator() -> tuple[str, ...] | None:
    """What to put before a command so that it may install; None where nothing helps."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return ()
    if shutil.which("sudo") and not run(["sudo", "-n", "true"]).returncode:
        return ("sudo", "-n")
    return None


@functools.cache
def update_lists() -> None:
    """Fetch Debian's package lists, once; without the right to, those at hand must do."""
    if administrator() is not None:
        apt_get("update", "--quiet")


def apt_get(*arguments: str) -> None:
    """Run apt-get as administrator; what it says is shown only if it fails."""
    options = ["-o", "DPkg::Lock::Timeout=300"]
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *options, *arguments]
    done = run([*(administrator() or ()), *command])
    if done.returncode:
        say(f"apt-get {' '.join(arguments)}:", *done.stdout.splitlines()[-10:])


# --- fonts ---------------------------------------------------------------------------------------


def gather_fonts(folder: Path) -> None:
    """Put the stand-in fonts and fonts.conf into *folder*; fonts.conf last, as the sign of done."""
    template = Path(__file__).with_name("fonts.conf").read_text(encoding="utf-8")
    config = template.replace("@FONTS@", str(folder))
    written = folder / "fonts.conf"
    have_fonts = all((folder / name).is_file() for name in RESOLVES.values())
    if have_fonts and written.is_file() and written.read_text(encoding="utf-8") == config:
        return
    written.unlink(missing_ok=True)
    if not have_fonts:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as name:
            source = installed_fandol() or fetched_fandol(Path(name))
            stage = Path(name) / "stage"
            stage.mkdir()
            for font in FANDOL:
                shutil.copyfile(source / f"{font}.otf", stage / f"{font}.otf")
            rename_bold(source / f"{BOLD}.otf", stage / f"{BOLD_FILE}.otf")
            for text in filter(Path.is_file, (source / name for name in LICENCE)):
                shutil.copyfile(text, stage / text.name)
            shutil.rmtree(folder, ignore_errors=True)
            stage.rename(folder)  # whole or not at all, whenever someone presses Ctrl-C
    written.write_text(config, encoding="utf-8")


def installed_fandol() -> Path | None:
    """The folder of the Fandol fonts where TeX Live has them installed."""
    if not shutil.which("kpsewhich"):
        return None
    found = Path(said("kpsewhich", f"{BOLD}.otf").strip() or "nowhere")
    return found.parent if found.is_file() else None


def fetched_fandol(work: Path) -> Path:
    """The Fandol fonts out of Debian's TeX package, which is fetched but not installed."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise NotToBeHadError("no stand-in fonts: install the Fandol fonts, which TeX Live has")
    say(f"fetching {FANDOL_PACKAGE} (49 MB) for its fonts …")
    update_lists()
    done = run(["apt-get", "download", FANDOL_PACKAGE], folder=work)
    package = next(work.glob("*.deb"), None)
    if package is None:
        say(*done.stdout.splitlines()[-10:])
        raise NotToBeHadError(f"no stand-in fonts: apt-get could not fetch {FANDOL_PACKAGE}")
    wanted = {f"{font}.otf" for font in (*FANDOL, BOLD)}
    unpack = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE)
    with unpack, tarfile.open(fileobj=unpack.stdout, mode="r|") as archive:
        for member in archive:
            path = Path(member.name)
            if path.name in wanted or (path.parent.name == "fandol" and path.name in LICENCE):
                content = archive.extractfile(member)
                if content is not None:
                    (work / path.name).write_bytes(content.read())
    if lost := sorted(name for name in wanted if not (work / name).is_file()):
        raise NotToBeHadError(f"{FANDOL_PACKAGE} has no {', '.join(lost)}")
    return work


def rename_bold(source: Path, target: Path) -> None:
    """Copy FandolSong-Bold under a family of its own, as the stand-in for 小标宋.

    Its weight class is 400 like the regular one's: of two such faces in one family fontconfig
    takes either, and 宋体 would come out bold.
    """
    from fontTools.ttLib import TTFont

    with TTFont(source) as font:
        names = {1: BOLD_FAMILY, 2: "Regular", 3: BOLD_FILE, 4: BOLD_FAMILY, 6: BOLD_FILE}
        table = font["name"]
        table.names = [record for record in table.names if record.nameID not in (16, 17)]
        for record in table.names:
            if new := names.get(record.nameID):
                table.setName(
                    new, record.nameID, record.platformID, record.platEncID, record.langID
                )
        compact = font["CFF "].cff
        compact.fontNames[0] = BOLD_FILE
        compact.topDictIndex[0].FullName = compact.topDictIndex[0].FamilyName = BOLD_FAMILY
        font.save(target)


def check_names(folder: Path) -> None:
    """See that each name really leads to its stand-in: text is drawn without it too, only wrong."""
    config = folder / "fonts.conf"
    if not config.is_file() or not shutil.which("fc-match"):
        return
    for name, file in RESOLVES.items():
        found = said("fc-match", "--format=%{file}", name, FONTCONFIG_FILE=str(config))
        if Path(found) != folder / file:
            config.unlink()  # without it, page tests see that the fonts are missing
            raise NotToBeHadError(f"{name} leads to {found or 'nothing'}, not to {file}")


# --- commands ------------------------------------------------------------------------------------


def run(command: Sequence[str], folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    out, err = subprocess.PIPE, subprocess.STDOUT
    return subprocess.run(command, cwd=folder, stdout=out, stderr=err, text=True, check=False)


def said(*command: str, **environment: str) -> str:
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    return done.stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())  # fontconfig ignores a relative path
