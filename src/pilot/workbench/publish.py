"""Publishing: written aside, then swapped in when whole; the last good one stays."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pilot.errors import RunError

ASIDE, OLD = ".aside-", ".old-"


@contextmanager
def alone(target: Path, what: str) -> Iterator[None]:
    """Hold a target for one run, and mend what a killed run left beside it.

    Parameters
    ----------
    target : Path
        What will be swapped in; the folder it lies in is made when it is not there.
    what : str
        What the run makes, for the error.

    Raises
    ------
    RunError
        When another run holds it, or the folder cannot be written in.
    """
    with told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(target.with_name(f".{target.name}.lock"))
    with told(target):
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise RunError(
                str(target),
                f"another run is making {what} at this moment",
                "wait until it has finished, then run again if it is still needed",
            ) from None
    try:
        _mend(target)
        yield
    finally:
        lock.release()


@contextmanager
def aside(target: Path) -> Iterator[Path]:
    """Give a folder beside the target; swap it in when the block ends without an error.

    Whoever opens the target sees the old one whole or the new one whole. When the block
    fails, or the swap does, the old one is as it was, byte for byte.

    Examples
    --------
    >>> import tempfile
    >>> target = Path(tempfile.mkdtemp()) / "latest"
    >>> with aside(target) as staging:
    ...     _ = (staging / "nl.html").write_text("klaar")
    >>> (target / "nl.html").read_text()
    'klaar'
    """
    with told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f"{ASIDE}{target.name}.", dir=target.parent))
        staging.chmod(0o777 & ~_umask(target.parent))
    try:
        yield staging
        with told(target):
            swap(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def swap(new: Path, target: Path) -> None:
    """Put a folder in the place of another; put the other back when that fails.

    Two renames, since a folder cannot be replaced by one on every system.
    """
    if not target.exists():
        new.rename(target)
        return
    old = target.with_name(f"{OLD}{target.name}")
    shutil.rmtree(old, ignore_errors=True)
    target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def told(place: Path) -> Iterator[None]:
    """Turn what the system says of a file or folder into place, cause and mend."""
    try:
        yield
    except PermissionError as fault:
        raise RunError(
            str(fault.filename or place),
            "the system does not let this be written: it is open in another program, "
            "or this user may not write there",
            "close it (a browser tab, Excel) and try again, or move the reports "
            "with PILOT_REPORTS and the data with PILOT_DATA",
        ) from fault
    except OSError as fault:
        raise RunError(
            str(fault.filename or place),
            f"{fault.strerror or fault}",
            "mend that and try again",
        ) from fault


def _mend(target: Path) -> None:
    old = target.with_name(f"{OLD}{target.name}")
    if old.exists() and not target.exists():
        old.rename(target)
    for left in [old, *target.parent.glob(f"{ASIDE}{target.name}.*")]:
        shutil.rmtree(left, ignore_errors=True)


def _umask(folder: Path) -> int:
    """Return what the umask takes away, read from a folder that was made the usual way."""
    return 0o777 & ~folder.stat().st_mode
