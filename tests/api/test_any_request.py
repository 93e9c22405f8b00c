"""Requests that are made up by the document, right and wrong: no accident, and every answer is as the document says.

`pytest tests/api/test_any_request.py --api-examples 500` tries longer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.api.calling import program
from tests.api.test_sealed import TAGS, names  # noqa: F401 - a fixture
from tests.cast import Cast

from masthead.api.reference import document

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
NOT_JSON = ("/tus", "/files/", "/qr_code/")  # tus has answers of its own; a file is a file


_APPLICATION = WSGIHandler()


def served(environ: Any, start: Any) -> Iterable[bytes]:
    """The application as a real server has it: it closes each answer, and with it the files that came."""
    answer = _APPLICATION(environ, start)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


@pytest.mark.parametrize("tag", TAGS)
def test_whatever_is_sent_is_answered_as_the_document_says(
    cast: Cast,
    data: Path,
    names: dict[str, str],  # noqa: F811
    tag: str,
    request: pytest.FixtureRequest,
) -> None:
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document())))
    secret, tried = program(cast).secret, 0
    few = settings(
        max_examples=request.config.getoption("--api-examples"),
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.definition.raw["tags"][0] != tag or any(part in operation.path for part in NOT_JSON):
            continue
        operation.app = served
        tried += 1

        @few
        @given(case=operation.as_strategy(), is_there=st.booleans())
        def send(case: Case, is_there: bool) -> None:
            if is_there:
                case.path_parameters = {name: names.get(name, value) for name, value in case.path_parameters.items()}
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {secret}"}
            answer = case.call(app=served)
            case.validate_response(answer, checks=CHECKS)

        send()
    assert tried
