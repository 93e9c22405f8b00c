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
    """A restore or a move would overwrite something."""

    code = "house_not_empty"
    sentence = "There is a publishing house already: nothing is written over it."
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


class NothingToMoveError(MastheadError):
    """There is no embedded database in the folder that is to be moved."""

    code = "nothing_to_move"
    sentence = "There is no publishing house in this folder that could be moved."
    hint = "Name the data folder of a house with SQLite, the one with masthead.sqlite3 in it."
    exit_status = 152


class OtherVersionError(MastheadError):
    """The tables of the house that is to be moved are older or newer than this program."""

    code = "other_version"
    sentence = "The house that is to be moved is of another version."
    hint = "Start it once with the version that moves it, so that its tables are brought up to date; then stop it."
    exit_status = 138


class MoveFailedError(MastheadError):
    """A row does not fit into the new database, or is missing there."""

    code = "move_failed"
    sentence = "The house could not be moved: its rows did not come over whole. Nothing was changed in the old house."
    hint = "The table is named here. Mend the row in the old house, or report it, and run the command again."
    exit_status = 139
