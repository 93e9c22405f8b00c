"""What can be wrong with a form that staff make, each at its field, and with what readers answer."""

from __future__ import annotations

from collections.abc import Mapping

from masthead.document.errors import MastheadError


class FormInvalidError(MastheadError):
    """A form cannot be kept as it was described."""

    code = "form_invalid"
    sentence = "This form cannot be kept."
    hint = "Look at what is marked."
    exit_status = 230

    def __init__(self, detail: str = "", field: str = "") -> None:
        super().__init__(detail)
        self.field = field


class FormNameError(FormInvalidError):
    """Nobody on the staff could tell it from another."""

    code = "form_name"
    sentence = "The form has no name, or one of more than 120 characters."
    hint = "Say in a few words what it is for. Only staff see the name."
    exit_status = 231


class FormTextError(FormInvalidError):
    """Readers would see nothing there."""

    code = "form_text"
    sentence = "Something that readers see is missing in the form's main language, or is too long."
    hint = "Write it; other languages may stay empty."
    exit_status = 232


class FormOptionsError(FormInvalidError):
    """A choice without a choice."""

    code = "form_options"
    sentence = "A choice needs at least two different answers, and 60 at the most."
    hint = "Write one answer a line; in the other languages as many lines, in the same order."
    exit_status = 233


class FormPageError(FormInvalidError):
    """What was typed is no page."""

    code = "form_page"
    sentence = "This is not a page."
    hint = "Write its number, counted from the cover as 1."
    exit_status = 234


class FormDaysError(FormInvalidError):
    """What was typed is no number of days."""

    code = "form_days"
    sentence = "This is not a number of days that can be used here."
    hint = "Write it with digits, from 1 to 3650."
    exit_status = 235


class FormDomainError(FormInvalidError):
    """What was typed is no domain."""

    code = "form_domain"
    sentence = "One of these is not a domain."
    hint = "Write one a line, such as example.org."
    exit_status = 236


class FormNotifyError(FormInvalidError):
    """What was typed is no address to which mails can go."""

    code = "form_notify"
    sentence = "One of these is not an e-mail address, or there are more than five."
    hint = "Write one a line, such as forms@example.org."
    exit_status = 237


class FormChangedError(FormInvalidError):
    """It is not any more as the person saw it."""

    code = "form_changed"
    sentence = "Somebody else has changed this form meanwhile."
    hint = "Look at it as it is now, and change it again if it must be."
    exit_status = 238


class FormEmptyError(FormInvalidError):
    """A form that asks nothing, or asks for digits by mail without an address."""

    code = "form_empty"
    sentence = "The form asks for nothing yet, or for a code by mail without asking for an e-mail address."
    hint = "Add a field first; for a code by mail an e-mail address that must be given."
    exit_status = 239


class FormFullError(FormInvalidError):
    """Nobody would fill it in."""

    code = "form_full"
    sentence = "A form has 40 fields at the most."
    hint = "Remove one, or make a second form."
    exit_status = 240


class AnswerRefusedError(MastheadError):
    """Fields of what was sent are wrong; `mistakes` has an English sentence and its values for each field's id."""

    code = "answer_refused"
    sentence = "Something is missing or wrong."
    hint = "Look at the fields that are marked."
    exit_status = 241

    def __init__(self, mistakes: Mapping[str, tuple[str, Mapping[str, object]]] | None = None) -> None:
        self.mistakes = mistakes or {}
        super().__init__(", ".join(self.mistakes))


class AnswerKeyError(MastheadError):
    """The same sending came before with other answers."""

    code = "answer_key"
    sentence = "You have sent this form already, with other answers."
    hint = "Send it once more if these count as well."
    exit_status = 242
