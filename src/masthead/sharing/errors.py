"""What can go wrong with a mail by which somebody shares something."""

from __future__ import annotations

from masthead.document.errors import MastheadError


class RecipientsRefusedError(MastheadError):
    """No addresses, wrong ones, or too many."""

    code = "recipients_refused"
    sentence = "These are not one to five e-mail addresses."
    hint = "Write each in full, with commas between them."
    exit_status = 190


class CommentRefusedError(MastheadError):
    """A comment that is too long, or names web pages."""

    code = "comment_refused"
    sentence = "The comment is too long or names a web page."
    hint = "Keep to 500 characters without addresses; the link to what you share is in the mail anyway."
    exit_status = 191


class SharedTooOftenError(MastheadError):
    """More mails than one person, one network or one house sends in a day."""

    code = "shared_too_often"
    sentence = "No more mails can be sent from here today."
    hint = "Copy the link and send it yourself, or come back tomorrow."
    exit_status = 192


class LetterOverError(MastheadError):
    """A link to confirm a mail that was sent already, or is older than a day."""

    code = "letter_over"
    sentence = "This mail was sent already, or waited for longer than a day."
    hint = "Open what you want to share and write the mail again."
    exit_status = 193


class NoMailLinkError(MastheadError):
    """Not one of the links by which people ask for no more mail."""

    code = "no_mail_link_wrong"
    sentence = "This link is not whole."
    hint = "Open it from the mail itself, or copy all of it."
    exit_status = 194
