"""What can go wrong with copies of the house, for operators."""

from __future__ import annotations

from masthead.document.errors import MastheadError


class BackupUnreadableError(MastheadError):
    """It is not a backup, damaged, of another kind of database, or newer than this program."""

    code = "backup_unreadable"
    sentence = "This backup cannot be used."
    hint = "Take another one, or install the version and the kind of database that it was made with."
    exit_status = 45


class HouseNotEmptyError(MastheadError):
    """A restore would overwrite something."""

    code = "house_not_empty"
    sentence = "There is a publishing house already: nothing is restored over it."
    hint = "Give the settings of an empty database and an empty data folder."
    exit_status = 46


class HouseFaultyError(MastheadError):
    """Something of the house is missing or damaged."""

    code = "house_faulty"
    sentence = "Something of the publishing house is missing or damaged."
    hint = "Convert the editions named above again, or take their files from a backup."
    exit_status = 47


class ProgramMissingError(MastheadError):
    """pg_dump or pg_restore is not installed, or fails."""

    code = "program_missing"
    sentence = "A program of the database could not do its work."
    hint = "Install PostgreSQL's client programs, of the server's version or newer."
    exit_status = 48


class BackupIncompleteError(MastheadError):
    """Files of the house could not be read while it was backed up."""

    code = "backup_incomplete"
    sentence = "The backup lacks files that the house lacks too, or that changed meanwhile."
    hint = "Run masthead check to see what is wrong with the house; all else is in the backup."
    exit_status = 49
