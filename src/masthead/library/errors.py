"""What can go wrong with publications and editions."""

from __future__ import annotations

from masthead.document.errors import MastheadError


class NotFoundError(MastheadError):
    """There is no such thing, or not for this person: the answer is the same."""

    code = "not_found"
    sentence = "There is nothing here under this address."
    hint = "Check the address; what was there may be gone."
    exit_status = 60


class StateError(MastheadError):
    """An edition cannot go from its state to the one asked for."""

    code = "state_wrong"
    sentence = "The edition is not in a state in which this can be done."
    hint = "Look at its state; somebody else may have changed it meanwhile."
    exit_status = 61


class SlugTakenError(MastheadError):
    """Two things would have one address."""

    code = "address_taken"
    sentence = "This address is taken already."
    hint = "Choose another one."
    exit_status = 62


class SlugInvalidError(MastheadError):
    """An address that cannot be one, or that the house needs itself."""

    code = "address_invalid"
    sentence = "This cannot be an address."
    hint = "Use small letters, digits and hyphens; some words are kept for the house itself."
    exit_status = 63


class TimeInvalidError(MastheadError):
    """A time to publish or withdraw that makes no sense."""

    code = "time_invalid"
    sentence = "This time cannot be used."
    hint = "Choose a time to come, and withdraw after publishing."
    exit_status = 64


class TimeMissingError(MastheadError):
    """A time that clocks jump over when they are put forward."""

    code = "time_missing"
    sentence = "This time does not exist there: clocks are put forward over it."
    hint = "Choose a time an hour earlier or later."
    exit_status = 90


class TimeTwiceError(MastheadError):
    """A time that comes twice when clocks are put back."""

    code = "time_twice"
    sentence = "This time comes twice that night: clocks are put back."
    hint = "Say below which of the two is meant."
    exit_status = 91


class SettingInvalidError(MastheadError):
    """A setting that does not exist, or a value it cannot have."""

    code = "setting_invalid"
    sentence = "This setting cannot have this value."
    hint = "Choose one of the values offered."
    exit_status = 92


class IssnInvalidError(MastheadError):
    """Digits that are no ISSN."""

    code = "issn_invalid"
    sentence = "This is not an ISSN: its last digit does not fit the others."
    hint = "Compare it with the imprint; it has eight digits such as 0317-8471."
    exit_status = 93


class ShelfInsideItselfError(MastheadError):
    """A shelf that would stand in itself."""

    code = "shelf_inside_itself"
    sentence = "A shelf cannot stand in itself or in a shelf that stands in it."
    hint = "Choose another place for it."
    exit_status = 94


class ColourFaintError(MastheadError):
    """A colour on which, or in which, text could not be read."""

    code = "colour_faint"
    sentence = "Text could not be read in this colour."
    hint = "Choose a darker colour for what is written, or a lighter one for what is behind it."
    exit_status = 95


class StyleInvalidError(MastheadError):
    """Own CSS that holds what it may not."""

    code = "style_invalid"
    sentence = "This CSS cannot be used."
    hint = "Leave out @import, @font-face, url() and what is not CSS."
    exit_status = 96


class DomainInvalidError(MastheadError):
    """A domain that cannot be a publication's."""

    code = "domain_invalid"
    sentence = "This cannot be the domain of a publication."
    hint = "Give a name such as reader.example.org that is not the house's own."
    exit_status = 97


class LogoInvalidError(MastheadError):
    """A picture that cannot be a logo."""

    code = "logo_invalid"
    sentence = "This picture cannot be used."
    hint = "Choose a PNG, JPEG or WebP of at most 2 MB and 4000 pixels a side."
    exit_status = 98


class FontInvalidError(MastheadError):
    """A file that cannot be a typeface."""

    code = "font_invalid"
    sentence = "This file cannot be used as a typeface."
    hint = "Choose a WOFF2 file of one font, of at most 2 MB; eight files at the most for headings, and eight for text."
    exit_status = 183


class StorageAwayError(MastheadError):
    """The storage of the house's files does not answer, or refuses the house."""

    code = "storage_away"
    sentence = "The storage of the publishing house does not answer just now."
    hint = "Wait a moment and try again; if it goes on, tell the operator."
    exit_status = 65


class ListTooLargeError(MastheadError):
    """A list or a spreadsheet of more bytes than one has that is meant for people."""

    code = "list_too_large"
    sentence = "The list is too large."
    hint = "Divide it into lists of at most 32 MB each."
    exit_status = 134


class DatabaseAwayError(MastheadError):
    """The database does not answer, or is held by somebody else for too long."""

    code = "database_away"
    sentence = "The publishing house cannot be reached just now."
    hint = "Nothing was changed. Try again in a moment; if it goes on, tell the operator."
    exit_status = 135


class DiskFullError(MastheadError):
    """There is no room for what has to be written."""

    code = "disk_full"
    sentence = "There is no room left on the disk of the publishing house."
    hint = "Nothing was lost. Tell the operator, and try again when there is room."
    exit_status = 136
