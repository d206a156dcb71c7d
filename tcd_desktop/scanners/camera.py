"""A camera's pictures, one at a time. The library (omni_camera, 0.5 MB) is an extra: without it there is a sentence."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from typing import Any, Final, Protocol

from tcd_desktop.scanners.pictures import Picture

LIBRARY, NONE, BUSY = "camera_library", "camera_none", "camera_busy"
"""Why there is no picture: the library is not installed; no camera; another program has it or it gives nothing."""
WIDEST: Final = 1920
"""Pixels: more is slower and shows the code no better."""


class CameraUnavailable(Exception):
    """`code` is one of the three above."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Camera(Protocol):
    """An opened camera."""

    def picture(self) -> Picture | None:
        """The newest picture in colours (red first), None while there is no new one. Never waits."""

    def close(self) -> None:
        """Lets go of the camera."""


class Cameras(Protocol):
    """The cameras of this PC."""

    def names(self) -> list[str]:
        """What they are called. Raises CameraUnavailable(LIBRARY | NONE). Slow: not on the window's thread."""

    def open(self, number: int) -> Camera:
        """Opens one. Raises CameraUnavailable(NONE | BUSY). Slow: not on the window's thread."""


@dataclass(slots=True)
class _OmniCamera:
    """A camera of omni_camera; it is let go of when the last reference to it goes."""

    camera: Any

    def picture(self) -> Picture | None:
        if self.camera is None:
            return None
        try:
            found = self.camera.poll_frame_raw()
        except Exception as error:
            raise CameraUnavailable(BUSY) from error
        return Picture(found[0], found[1], bytes(found[2]), 3) if found else None

    def close(self) -> None:
        self.camera = None


class OmniCameras:
    """The cameras as omni_camera finds them (Media Foundation on Windows, Video4Linux on Linux)."""

    def names(self) -> list[str]:
        """What they are called."""
        found = [info.name for info in self._found()]
        if not found:
            raise CameraUnavailable(NONE)
        return found

    def open(self, number: int) -> Camera:
        """Opens one in its largest format up to full HD."""
        found = self._found()
        if number >= len(found):
            raise CameraUnavailable(NONE)
        try:
            camera = _library().Camera(found[number])
            formats = camera.get_format_options().prefer_width_range(640, WIDEST).prefer_fps_range(10, 60)
            camera.open(formats.resolve())
        except Exception as error:
            raise CameraUnavailable(BUSY) from error
        return _OmniCamera(camera)

    def _found(self) -> list[Any]:
        try:
            return list(_library().query())
        except CameraUnavailable:
            raise
        except Exception as error:
            raise CameraUnavailable(NONE) from error


def _library() -> Any:
    """omni_camera; it complains on the terminal about libraries that are not needed here."""
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            import omni_camera
    except ImportError as error:
        raise CameraUnavailable(LIBRARY) from error
    return omni_camera
