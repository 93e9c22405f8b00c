"""The list of the project's files is the same with git and without."""

from __future__ import annotations

from tests.architecture.files import ROOT, names_from_folder, tracked


def test_without_git_the_same_files_are_found() -> None:
    with_git = {path.relative_to(ROOT).as_posix() for path in tracked()}
    assert with_git <= set(names_from_folder(ROOT))
    assert "src/masthead/document/errors.py" in with_git


def test_what_is_made_is_not_a_file_of_the_project() -> None:
    made = (".venv", "node_modules", "build", "artefacts", "__pycache__")
    assert not [name for name in names_from_folder(ROOT) if name.split("/")[0] in made or "node_modules" in name]
