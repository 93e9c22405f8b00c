"""What can go wrong with what readers add."""

from __future__ import annotations

from masthead.document.errors import MastheadError


class AnnotationsUnreadableError(MastheadError):
    """What a device sent is not what a reader sends."""

    code = "annotations_unreadable"
    sentence = "The notes could not be understood."
    hint = "Reload the page; if it happens again, report it with this code."
    exit_status = 140


class NotebookFullError(MastheadError):
    """Somebody has more annotations in one edition than are kept."""

    code = "notebook_full"
    sentence = "There are more notes in this edition than can be kept with the account."
    hint = "Delete some; those on this device stay here."
    exit_status = 141


class TooOftenError(MastheadError):
    """A device asks more often than anybody writes."""

    code = "too_often"
    sentence = "This was asked for too often in a short time."
    hint = "Wait a minute; nothing is lost."
    exit_status = 142
