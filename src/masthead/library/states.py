"""The states of an edition and which follows which: the one table that every service obeys."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from masthead.library.errors import StateError


class State(StrEnum):
    """Where an edition stands on its way to readers."""

    DRAFT = "draft"  # no build yet
    CONVERTING = "converting"  # the first build is being made
    READY = "ready"  # can be looked at by staff
    SCHEDULED = "scheduled"  # goes live by itself
    LIVE = "live"  # readers may read it
    WITHDRAWN = "withdrawn"  # was live


class Step(StrEnum):
    """What moves an edition from state to state."""

    CONVERT = "convert"
    BUILT = "built"
    FAIL = "fail"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    WITHDRAW = "withdraw"


_FINISHED: Final = (State.READY, State.SCHEDULED, State.LIVE, State.WITHDRAWN)
# A finished edition keeps its state while another PDF of it is converted: readers keep what they have.
NEXT: Final[dict[Step, dict[State, State]]] = {
    Step.CONVERT: {State.DRAFT: State.CONVERTING, State.CONVERTING: State.CONVERTING}
    | {state: state for state in _FINISHED},
    Step.BUILT: {State.CONVERTING: State.READY, State.DRAFT: State.READY} | {state: state for state in _FINISHED},
    Step.FAIL: {State.CONVERTING: State.DRAFT, State.DRAFT: State.DRAFT} | {state: state for state in _FINISHED},
    Step.PUBLISH: {State.READY: State.LIVE, State.SCHEDULED: State.LIVE, State.WITHDRAWN: State.LIVE},
    Step.SCHEDULE: {
        State.READY: State.SCHEDULED,
        State.SCHEDULED: State.SCHEDULED,
        State.WITHDRAWN: State.SCHEDULED,
    },
    Step.UNSCHEDULE: {State.SCHEDULED: State.READY},
    Step.WITHDRAW: {State.LIVE: State.WITHDRAWN},
}


def after(state: str, step: Step) -> State:
    """The state that follows; raises StateError where the step is not possible."""
    found = NEXT[step].get(State(state))
    if found is None:
        raise StateError(f"{step} of an edition that is {state}")
    return found


def is_possible(state: str, step: Step) -> bool:
    """Whether the step can be taken."""
    return State(state) in NEXT[step]
