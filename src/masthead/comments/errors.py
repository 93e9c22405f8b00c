"""What can go wrong with comments."""

from __future__ import annotations

from masthead.document.errors import MastheadError


class CommentTextRefusedError(MastheadError):
    """An empty comment, or one that is too long."""

    code = "comment_text_refused"
    sentence = "A comment has between one and 3000 characters."
    hint = "Say it in fewer words, or in two comments."
    exit_status = 243


class CommentNameRefusedError(MastheadError):
    """A name that names nobody, an address, or the publisher's."""

    code = "comment_name_refused"
    sentence = "This name cannot stand over a comment."
    hint = "Take one of 2 to 50 characters without an address in it, and not the publisher's own."
    exit_status = 244


class CommentedTooOftenError(MastheadError):
    """More comments or reports than one person or one network writes in so short a time."""

    code = "commented_too_often"
    sentence = "There were too many comments or reports from here in a short time."
    hint = "Wait some minutes, then send it again."
    exit_status = 245


class CommentsClosedError(MastheadError):
    """The publisher takes no comments here, or not of those who have not signed in."""

    code = "comments_closed"
    sentence = "No comments can be written here now."
    hint = "Sign in if you have not, or read what others have written."
    exit_status = 246


class CommentOverError(MastheadError):
    """A comment that is gone, or can be changed no more."""

    code = "comment_over"
    sentence = "This comment is gone, or its time for changes is over."
    hint = "A comment can be changed for 15 minutes; it can be removed at any time."
    exit_status = 247


class CommenterBlockedError(MastheadError):
    """Somebody who may not comment at this publisher."""

    code = "commenter_blocked"
    sentence = "You cannot comment at this publisher any more."
    hint = "If you think that this is a mistake, write to the publisher."
    exit_status = 248


class CommentLinkError(MastheadError):
    """Not one of the links in mails about comments, or one whose time is over."""

    code = "comment_link_wrong"
    sentence = "This link is not whole, or was for a day only."
    hint = "Open it from the mail itself, or write the comment again."
    exit_status = 249
