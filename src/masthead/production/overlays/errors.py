"""What can be wrong with an overlay; each says at which field of the form it belongs."""

from __future__ import annotations

from masthead.document.errors import MastheadError


class OverlayError(MastheadError):
    """An overlay cannot be kept as it was described."""

    code = "overlay_invalid"
    sentence = "This cannot be laid on the page."
    hint = "Look at what is marked."
    exit_status = 140

    def __init__(self, detail: str = "", field: str = "") -> None:
        super().__init__(detail)
        self.field = field


class OverlayTitleError(OverlayError):
    """Nobody could say what it is."""

    code = "overlay_title"
    sentence = "The overlay has no name."
    hint = "Say in a few words what it is: screen readers read it out."
    exit_status = 141


class OverlayAreaError(OverlayError):
    """The area is not on the page."""

    code = "overlay_area"
    sentence = "The area does not lie on the page."
    hint = "Draw it on the page, or correct the four numbers."
    exit_status = 142


class OverlayAddressError(OverlayError):
    """The address is none, or one that readers must not be led to."""

    code = "overlay_address"
    sentence = "Readers cannot follow this address."
    hint = "Use a web address that begins with https://, an e-mail address or a telephone number."
    exit_status = 143


class OverlayPageError(OverlayError):
    """There is no such page."""

    code = "overlay_page"
    sentence = "The edition has no page with this number."
    hint = "Count from the cover, which is page 1."
    exit_status = 144


class OverlayVideoError(OverlayError):
    """The address is not a video's at a service that is known."""

    code = "overlay_video"
    sentence = "This is not the address of a video at YouTube or Vimeo."
    hint = "Copy the address of the video's own page, or choose a file."
    exit_status = 145


class OverlayEmptyError(OverlayError):
    """What it is about is missing."""

    code = "overlay_empty"
    sentence = "Something is missing here."
    hint = "Fill it in, or choose a file."
    exit_status = 146


class OverlayFileError(OverlayError):
    """The file is of no kind that can be used there, whatever its name says."""

    code = "overlay_file"
    sentence = "A file of this kind cannot be used here."
    hint = (
        "Use JPEG, PNG or WebP for pictures, MP4 or WebM for films, MP3 or M4A for sound, WebVTT or SRT for captions."
    )
    exit_status = 147


class OverlayFileTooLargeError(OverlayError):
    """More bytes or pixels than are allowed."""

    code = "overlay_file_large"
    sentence = "The file is too large."
    hint = "Make it smaller, or ask the operator to raise the limit."
    exit_status = 148


class OverlayAlternativeError(OverlayError):
    """A picture that nobody who does not see it would know of."""

    code = "overlay_alternative"
    sentence = "A picture has no description."
    hint = "Say what can be seen: screen readers read it out."
    exit_status = 149


class OverlayPriceError(OverlayError):
    """What was typed is not a price."""

    code = "overlay_price"
    sentence = "This is not a price."
    hint = "Write it with digits and a point, such as 24.50, and choose the currency."
    exit_status = 150


class OverlayChangedError(OverlayError):
    """It is not any more as the person saw it."""

    code = "overlay_changed"
    sentence = "Somebody else has changed this meanwhile."
    hint = "Look at it as it is now, and change it again if it must be."
    exit_status = 151


class OverlayAdvertiserError(OverlayError):
    """Nobody could say whose advertisement it is."""

    code = "overlay_advertiser"
    sentence = "The advertisement has no advertiser."
    hint = "Say whose advertisement it is: the register and the reports go by this name."
    exit_status = 155
