"""The camera library is an extra: with it, without it, with a camera that gives nothing."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from tcd_desktop.scanners import camera
from tcd_desktop.scanners.camera import BUSY, LIBRARY, NONE, CameraUnavailable, OmniCameras


class Info:
    name = "Camera thử"


class Formats(list[str]):
    def prefer_width_range(self, least: int, most: int) -> Formats:
        assert (least, most) == (640, camera.WIDEST)
        return self

    def prefer_fps_range(self, least: int, most: int) -> Formats:
        return self

    def resolve(self) -> str:
        return max(self)


class FakeCamera:
    fails = False

    def __init__(self, info: Info) -> None:
        self.opened = ""
        self.frames: list[Any] = [None, (2, 1, b"abcdef")]

    def get_format_options(self) -> Formats:
        return Formats(["a", "b"])

    def open(self, chosen: str) -> None:
        if FakeCamera.fails:
            raise RuntimeError("busy")
        self.opened = chosen

    def poll_frame_raw(self) -> Any:
        if not self.frames:
            raise RuntimeError("unplugged")
        return self.frames.pop(0)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """omni_camera as its documentation describes it."""
    module = ModuleType("omni_camera")
    module.query = lambda: [Info()]  # type: ignore[attr-defined]
    module.Camera = FakeCamera  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "omni_camera", module)
    monkeypatch.setattr(FakeCamera, "fails", False)
    return module


def test_without_the_library_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "omni_camera", None)
    with pytest.raises(CameraUnavailable) as told:
        OmniCameras().names()
    assert told.value.code == LIBRARY


def test_a_camera_gives_pictures_until_it_is_pulled_out(library: ModuleType) -> None:
    assert OmniCameras().names() == ["Camera thử"]
    opened = OmniCameras().open(0)
    assert opened.picture() is None
    picture = opened.picture()
    assert picture is not None and (picture.width, picture.height, picture.channels) == (2, 1, 3)
    with pytest.raises(CameraUnavailable) as told:
        opened.picture()
    assert told.value.code == BUSY
    opened.close()
    assert opened.picture() is None


def test_no_camera_and_a_busy_one_are_told(library: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CameraUnavailable) as none:
        OmniCameras().open(1)
    assert none.value.code == NONE
    monkeypatch.setattr(FakeCamera, "fails", True)
    with pytest.raises(CameraUnavailable) as busy:
        OmniCameras().open(0)
    assert busy.value.code == BUSY
    library.query = lambda: []  # type: ignore[attr-defined]
    with pytest.raises(CameraUnavailable) as empty:
        OmniCameras().names()
    assert empty.value.code == NONE


def test_the_real_library_agrees_where_it_is_installed() -> None:
    real = pytest.importorskip("omni_camera")
    assert callable(real.query)
    for name in ("get_format_options", "open", "poll_frame_raw"):
        assert callable(getattr(real.Camera, name))
    for name in ("prefer_width_range", "prefer_fps_range", "resolve"):
        assert callable(getattr(real.CameraFormatOptions, name))
    with pytest.raises(CameraUnavailable) if not real.query() else pytest.raises(AssertionError):
        assert not OmniCameras().names()
