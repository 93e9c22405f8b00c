"""What can go wrong with rights to read."""

from __future__ import annotations

from masthead.document.errors import MastheadError


class ProofLinkOverError(MastheadError):
    """A link for people outside that was taken back, is too old, or never was one."""

    code = "proof_link_over"
    sentence = "This link does not open anything any more."
    hint = "Ask whoever sent it for a new one."
    exit_status = 99


class TooManyTriesError(MastheadError):
    """Somebody tries one password or code after the other."""

    code = "too_many_tries"
    sentence = "That was tried too often."
    hint = "Wait a few minutes and try again."
    exit_status = 160


class WrongPasswordError(MastheadError):
    """Not the password of the edition."""

    code = "edition_password_wrong"
    sentence = "This is not the password of this edition."
    hint = "Check capital letters, and ask whoever gave it to you."
    exit_status = 161


class EmailRefusedError(MastheadError):
    """An e-mail address to which the edition sends no code."""

    code = "email_refused"
    sentence = "This edition is not open to this e-mail address."
    hint = "Use the address of your organisation."
    exit_status = 162


class EmailCodeWrongError(MastheadError):
    """Not the code of the mail, or one that is too old."""

    code = "email_code_wrong"
    sentence = "This code is wrong or too old."
    hint = "Compare it with the latest mail, or ask for a new one."
    exit_status = 163


class TermsInvalidError(MastheadError):
    """Terms of reading that make no sense."""

    code = "terms_invalid"
    sentence = "These terms cannot be used."
    hint = "Correct what is marked."
    exit_status = 164


class PeriodInvalidError(MastheadError):
    """Days that make no period, or a subscription that takes no new ones."""

    code = "period_invalid"
    sentence = "This subscription cannot have this period."
    hint = "Let it end on or after its first day, and choose a subscription that is not closed."
    exit_status = 165


class SubscriptionNameTakenError(MastheadError):
    """Two subscriptions of a publisher with one name."""

    code = "subscription_taken"
    sentence = "There is a subscription with this name already."
    hint = "Choose another name."
    exit_status = 166


class CodeUnknownError(MastheadError):
    """Not an access code."""

    code = "code_unknown"
    sentence = "There is no such access code."
    hint = "Compare it letter by letter; hyphens and small letters do not matter."
    exit_status = 167


class CodeOverError(MastheadError):
    """An access code that is used up, too old or taken back."""

    code = "code_over"
    sentence = "This access code cannot be used any more."
    hint = "Ask whoever gave it to you for another one."
    exit_status = 168


class CodeUsedError(MastheadError):
    """Somebody types in a code for the second time."""

    code = "code_used"
    sentence = "You have used this access code already."
    hint = "What it gave stands among your subscriptions."
    exit_status = 169


class ReaderNumberTakenError(MastheadError):
    """Two readers of a publisher with one number."""

    code = "reader_number_taken"
    sentence = "Another reader has this number already."
    hint = "Look the number up, or leave it empty."
    exit_status = 170


class StaffStaysError(MastheadError):
    """Somebody who works in the house wants to erase their account."""

    code = "staff_stays"
    sentence = "Your account belongs to the staff of a publishing house."
    hint = "Ask an owner to take your roles away first."
    exit_status = 171


class ImportUnreadableError(MastheadError):
    """A file that is no list of subscribers."""

    code = "list_unreadable"
    sentence = "This file cannot be read as a list of readers."
    hint = "Save it as CSV with a column for the e-mail address, and at most 100,000 rows."
    exit_status = 172


class JoiningOverError(MastheadError):
    """An invitation of a reader that was used, or is too old."""

    code = "joining_over"
    sentence = "This link cannot be used any more."
    hint = "Sign in, or have a new password sent to you."
    exit_status = 173


class MetadataUnreadableError(MastheadError):
    """A file or an address that gives no description of an identity provider."""

    code = "metadata_unreadable"
    sentence = "This is no SAML metadata of an identity provider."
    hint = "Give the XML with its entity ID, a certificate, and an address for sign-in by redirect (https)."
    exit_status = 220


class SiteAddressInvalidError(MastheadError):
    """An address of a publisher's own site to which nobody is sent."""

    code = "site_address_invalid"
    sentence = "Readers cannot be sent to this address."
    hint = "Use a web address that begins with https://."
    exit_status = 175


class SignInLinkInvalidError(MastheadError):
    """A sign-in link that would not be taken."""

    code = "sign_in_link_invalid"
    sentence = "Such a link would let nobody in."
    hint = "Say what it opens, with the addresses of a live publication or edition, or which reader it is for."
    exit_status = 176


class DiscoveryUnreadableError(MastheadError):
    """An address at which no OpenID provider describes itself."""

    code = "discovery_unreadable"
    sentence = "No OpenID provider describes itself at this address."
    hint = "Type the issuer exactly as the organisation names it (https), without a path that is not part of it."
    exit_status = 174
