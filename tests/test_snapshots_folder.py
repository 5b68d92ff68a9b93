"""snapshots/ holds only pictures that a test still draws, each as SVG and as text."""

from pathlib import Path

TESTS = Path(__file__).parent
FOLDERS = sorted((TESTS.parent / "snapshots").glob("*"))


def test_each_folder_is_named_after_one_test_module() -> None:
    for folder in FOLDERS:
        assert len(list(TESTS.rglob(f"{folder.name}.py"))) == 1, folder


def test_each_picture_is_kept_as_svg_and_as_text() -> None:
    for folder in FOLDERS:
        drawn = {picture.stem for picture in folder.glob("*.svg")}
        assert drawn == {picture.stem for picture in folder.glob("*.txt")}, folder
