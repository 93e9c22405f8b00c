"""What can go wrong with people and their rights."""

from __future__ import annotations

from masthead.document.errors import MastheadError


class NotAllowedError(MastheadError):
    """Somebody's roles do not cover what they asked for."""

    code = "not_allowed"
    sentence = "Your role does not allow this."
    hint = "Ask an owner of the publishing house to do it or to give you the role."
    exit_status = 50


class EmailTakenError(MastheadError):
    """Two people cannot sign in with one address."""

    code = "email_taken"
    sentence = "Somebody already signs in with this e-mail address."
    hint = "Sign in with it, or choose another one."
    exit_status = 51


class AlreadySetUpError(MastheadError):
    """The first owner was made before."""

    code = "already_set_up"
    sentence = "The publishing house has been set up already."
    hint = "Sign in with the owner's e-mail address."
    exit_status = 52


class InvitationOverError(MastheadError):
    """An invitation that was taken up or back, or is too old."""

    code = "invitation_over"
    sentence = "This invitation cannot be taken up any more."
    hint = "Ask whoever invited you for a new one; if you took it up already, sign in."
    exit_status = 53


class LastOwnerError(MastheadError):
    """A house would be left without an owner."""

    code = "last_owner"
    sentence = "A publishing house needs an owner, and this is the last one."
    hint = "Make somebody else an owner first."
    exit_status = 54


class ScopeTooWideError(MastheadError):
    """A token that could do more than whoever makes it."""

    code = "scope_too_wide"
    sentence = "A token cannot be given more than its maker may do."
    hint = "Choose fewer scopes or publications, or ask an owner to make the token."
    exit_status = 55


class TokenInvalidError(MastheadError):
    """A token that never was one, or is none any more."""

    code = "token_invalid"
    sentence = "The token is missing, unknown, revoked or over."
    hint = "Send it as Authorization: Bearer, or make a new one in the back office."
    exit_status = 56


class ScopeMissingError(MastheadError):
    """A token that was not made for this."""

    code = "scope_missing"
    sentence = "The token does not have the scope that this needs."
    hint = "Make a token with this scope; a token cannot be changed."
    exit_status = 57


class SecondStepMissingError(MastheadError):
    """Whoever would ask staff for a second step has none and would shut themselves out."""

    code = "second_step_missing"
    sentence = "You have no second step yourself, so this would shut you out."
    hint = "Add a passkey or an app for codes to your account first; then ask it of the others."
    exit_status = 177


class SigningInBusyError(MastheadError):
    """More people sign in at this moment than the house can check the passwords of."""

    code = "signing_in_busy"
    sentence = "One moment: many people are signing in right now."
    hint = "Your password was not checked yet. Enter it again in a few seconds."
    exit_status = 137
