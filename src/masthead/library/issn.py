"""The International Standard Serial Number: eight digits, of which the last checks the others (ISO 3297)."""

from __future__ import annotations

import re

from masthead.library.errors import IssnInvalidError


def checked(typed: str) -> str:
    """The ISSN as it is printed, such as 0317-8471; "" for nothing. Raises IssnInvalidError."""
    plain = re.sub(r"[\s\u2010-\u2015-]", "", typed).upper().removeprefix("ISSN")
    if not plain:
        return ""
    if not re.fullmatch(r"\d{7}[\dX]", plain, re.ASCII) or check_digit(plain[:7]) != plain[7]:
        raise IssnInvalidError(typed)
    return f"{plain[:4]}-{plain[4:]}"


def check_digit(digits: str) -> str:
    """The eighth digit for the first seven: modulo 11 with weights from 8 to 2, ten is written X."""
    rest = -sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True)) % 11
    return "X" if rest == 10 else str(rest)
