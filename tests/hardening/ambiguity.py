"""Judges a regular expression by its structure: in how many ways can it read the same text before it gives up?

Python's engine tries them all. An automaton is made of what its own parser reads, and two questions are asked of it
(Weber and Seidl, "On the degree of ambiguity of finite automata", 1991): is there a loop that reads a word in two ways
(then the ways double with each repetition), and are there two loops in a row that read the same word (then their number
grows with a power of the length)? No text is matched and nothing is timed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

SAMPLES = "aZ5_ \n-é٣中\u200b!\x00"
_FEW = 4  # a repetition up to so many is written out
_INSIDE = {ops.ASSERT, ops.ASSERT_NOT}


@dataclass
class Automaton:
    """States are numbers; `steps` read a character, `silent` none. The last state is the end."""

    steps: dict[int, list[tuple[frozenset[str], int]]] = field(default_factory=lambda: defaultdict(list))
    silent: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    size: int = 0
    has_empty_turns: bool = False

    def state(self) -> int:
        self.size += 1
        return self.size - 1

    @cached_property
    def edges(self) -> dict[int, list[tuple[str, int, int]]]:
        """From each state that stands before a step: character, next such state, in how many silent ways (2: more)."""
        found: dict[int, list[tuple[str, int, int]]] = {}
        for state in list(self.steps):
            counted: dict[tuple[str, int], int] = defaultdict(int)
            for signs, target in self.steps[state]:
                ways = self._ways(target)
                for sign in signs:
                    for after, number in ways.items():
                        counted[sign, after] += number
            found[state] = [(sign, after, number) for (sign, after), number in counted.items()]
        return found

    def _ways(self, start: int) -> dict[int, int]:
        """States before a step that are reached without reading, and by how many ways."""
        found: dict[int, int] = defaultdict(int)
        waiting = [(start, frozenset([start]))]
        tried = 0
        while waiting and tried < 5000:
            tried += 1
            state, seen = waiting.pop()
            if self.steps.get(state):
                found[state] += 1
            waiting += [(after, seen | {after}) for after in self.silent.get(state, ()) if after not in seen]
        return found

    @cached_property
    def following(self) -> dict[int, set[int]]:
        return {state: {after for _, after, _ in edges} for state, edges in self.edges.items()}

    @cached_property
    def loops(self) -> list[set[int]]:
        """Sets of states each of which leads to each other and back."""
        return [part for part in components(self.following) if len(part) > 1 or next(iter(part)) in self._own(part)]

    def _own(self, part: set[int]) -> set[int]:
        return self.following.get(next(iter(part)), set())

    def doubles(self) -> bool:
        """Whether the ways to read a text double with each repetition."""
        if self.has_empty_turns:
            return True
        for loop in self.loops:
            inside = {s: [edge for edge in self.edges[s] if edge[1] in loop] for s in loop}
            if any(number > 1 for edges in inside.values() for _, _, number in edges):
                return True
            graph: dict[tuple[int, int], set[tuple[int, int]]] = {}
            waiting = [(state, state) for state in loop]
            while waiting:
                pair = waiting.pop()
                if pair not in graph:
                    graph[pair] = {
                        (one, other)
                        for sign, one, _ in inside[pair[0]]
                        for read, other, _ in inside[pair[1]]
                        if sign == read
                    }
                    waiting += graph[pair]
            for part in components(graph):
                if any(one == other for one, other in part) and any(one != other for one, other in part):
                    return True
        return False

    def grows(self) -> bool:
        """Whether two loops in a row read the same word."""
        before: dict[int, set[int]] = defaultdict(set)
        for state, afters in self.following.items():
            for after in afters:
                before[after].add(state)
        for first in self.loops:
            beyond = reachable(self.following, first)
            for second in self.loops:
                if second is first or not second <= beyond:
                    continue
                between = beyond & reachable(before, second)
                if any(self._shared(p, q, first, second, between) for p in first for q in second):
                    return True
        return False

    @cached_property
    def by_sign(self) -> dict[int, dict[str, set[int]]]:
        """From each state that stands before a step: by character the next such states."""
        found: dict[int, dict[str, set[int]]] = {}
        for state, edges in self.edges.items():
            read = found[state] = defaultdict(set)
            for sign, after, _ in edges:
                read[sign].add(after)
        return found

    def _shared(self, p: int, q: int, first: set[int], second: set[int], between: set[int]) -> bool:
        """Whether a word leads from p to p, from p to q and from q to q."""
        seen, waiting = set(), [(p, p, q)]
        nothing: set[int] = set()
        while waiting:
            one, two, three = (self.by_sign[state] for state in waiting.pop())
            for sign, afters in one.items():
                for triple in product(
                    afters & first, two.get(sign, nothing) & between, three.get(sign, nothing) & second
                ):
                    if triple == (p, q, q):
                        return True
                    if triple not in seen:
                        seen.add(triple)
                        waiting.append(triple)
        return False


def reachable(graph: dict[int, set[int]], start: Iterable[int]) -> set[int]:
    seen, waiting = set(start), list(start)
    while waiting:
        more = graph.get(waiting.pop(), set()) - seen
        seen |= more
        waiting += more
    return seen


def components(graph: dict[Any, set[Any]]) -> Iterator[set[Any]]:
    """Strongly connected parts of a graph (Kosaraju), without recursion."""
    order, seen = [], set()
    for root, children_of_root in graph.items():
        stack = [(root, iter(children_of_root))] if root not in seen else []
        seen.add(root)
        while stack:
            node, children = stack[-1]
            child = next((one for one in children if one in graph and one not in seen), None)
            if child is None:
                order.append(stack.pop()[0])
            else:
                seen.add(child)
                stack.append((child, iter(graph[child])))
    back: dict[Any, set[Any]] = defaultdict(set)
    for node, children in graph.items():
        for child in children:
            back[child].add(node)
    done: set[Any] = set()
    for root in reversed(order):
        if root in done:
            continue
        part, waiting = {root}, [root]
        done.add(root)
        while waiting:
            more = {one for one in back[waiting.pop()] if one in graph} - done
            done |= more
            part |= more
            waiting += more
        yield part


def automata(pattern: str | bytes, flags: int, *, wide: bool, anywhere: bool) -> list[Automaton]:
    """The automaton of an expression, and one for each thing that it looks at ahead or behind.

    `wide`: repetitions with an end are taken for ones without; else for none. `anywhere`: it may begin anywhere.
    """
    tree = parser.parse(pattern, flags)
    flags |= tree.state.flags
    made, waiting = [], [(tree, anywhere)]
    alphabet = _told_apart(tree, flags, set(SAMPLES) | set(_named(tree)))
    while waiting:
        part, begins_anywhere = waiting.pop()
        building = _Building(Automaton(), flags, frozenset(alphabet), wide)
        start = building.made.state()
        if begins_anywhere:
            building.made.steps[start].append((frozenset(alphabet), start))
        building.sequence(part, start)
        made.append(building.made)
        waiting += [(inner, False) for inner in building.inner]
    return made


def _told_apart(tree: Any, flags: int, signs: set[str]) -> set[str]:
    """One character for all that no part of the expression tells apart."""
    trying = _Building(Automaton(), flags, frozenset(), wide=False)
    readers = [(op, value) for op, value in _readers(tree)]
    found: dict[tuple[bool, ...], str] = {}
    for sign in sorted(signs):
        found.setdefault(tuple(trying.reads(op, value, sign) for op, value in readers), sign)
    return set(found.values())


def _readers(tree: Any) -> Iterator[tuple[Any, Any]]:
    """The parts that read one character."""
    for op, value in tree:
        if op in (ops.LITERAL, ops.NOT_LITERAL, ops.ANY, ops.IN):
            yield op, value
        for part in value if isinstance(value, tuple | list) and op is not ops.IN else ():
            for one in part if isinstance(part, list) else [part]:
                if isinstance(one, parser.SubPattern):
                    yield from _readers(one)
        if isinstance(value, parser.SubPattern):
            yield from _readers(value)


def _named(tree: Any) -> Iterator[str]:
    """Characters that stand in an expression, with those beside the ends of its ranges."""
    for op, value in tree:
        if op in (ops.LITERAL, ops.NOT_LITERAL):
            yield from {chr(value), chr(value).lower()[:1], chr(value).upper()[:1]}
        elif op is ops.RANGE:
            yield from {chr(min(max(code, 0), 0x10FFFF)) for end in value for code in (end - 1, end, end + 1)}
        elif isinstance(value, list | parser.SubPattern):
            yield from _named(value)
        elif isinstance(value, tuple):
            for part in value:
                if isinstance(part, parser.SubPattern):
                    yield from _named(part)
                elif isinstance(part, list):
                    for one in part:
                        yield from _named(one if isinstance(one, parser.SubPattern) else [one])


@dataclass
class _Building:
    made: Automaton
    flags: int
    alphabet: frozenset[str]
    wide: bool
    inner: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ignores_case = bool(self.flags & re.IGNORECASE)

    def sequence(self, tree: Any, at: int) -> int:
        for op, value in tree:
            at = self._one(op, value, at)
        return at

    def _one(self, op: Any, value: Any, at: int) -> int:
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            return self._repeat(*value, at)
        if op is ops.SUBPATTERN:
            return self.sequence(value[-1], at)
        if op is ops.ATOMIC_GROUP:
            return self.sequence(value, at)
        if op is ops.BRANCH:
            return self._join([self.sequence(branch, self._apart(at)) for branch in value[1]])
        if op is ops.GROUPREF_EXISTS:
            return self._join([self.sequence(part or [], self._apart(at)) for part in value[1:]])
        if op in _INSIDE:
            self.inner.append(value[1])
            return at
        if op is ops.AT:
            return at
        if op is ops.GROUPREF:
            self.made.steps[at].append((self.alphabet, at))
            return self._apart(at)
        after = self.made.state()
        self.made.steps[at].append((self._signs(op, value), after))
        return after

    def _repeat(self, least: int, most: Any, tree: Any, at: int) -> int:
        if most is not ops.MAXREPEAT and most > _FEW and tree.getwidth()[0] == 0 < tree.getwidth()[1]:
            self.made.has_empty_turns = True  # which of the turns are the empty ones can be chosen
        for _ in range(min(least, _FEW if self.wide else 2)):
            at = self.sequence(tree, at)
        if most is not ops.MAXREPEAT and (most <= _FEW or not self.wide):
            ends = [at]
            for _ in range(min(most - least, _FEW if self.wide else 1)):
                at = self.sequence(tree, self._apart(at))
                ends.append(at)
            return self._join(ends)
        if most == least:
            return at
        body, again, end = self._apart(at), self.made.state(), self.made.state()
        self.made.silent[at].append(end)
        self.made.silent[self.sequence(tree, body)].append(again)
        self.made.silent[again] += [body, end]
        return end

    def _apart(self, at: int) -> int:
        fresh = self.made.state()
        self.made.silent[at].append(fresh)
        return fresh

    def _join(self, ends: list[int]) -> int:
        end = self.made.state()
        for one in ends:
            self.made.silent[one].append(end)
        return end

    def _signs(self, op: Any, value: Any) -> frozenset[str]:
        return frozenset(sign for sign in self.alphabet if self.reads(op, value, sign))

    def reads(self, op: Any, value: Any, sign: str) -> bool:
        cases = {sign, sign.lower(), sign.upper()} if self.ignores_case else {sign}
        if op is ops.LITERAL:
            return chr(value) in cases
        if op is ops.NOT_LITERAL:
            return chr(value) not in cases
        if op is ops.ANY:
            return bool(self.flags & re.DOTALL) or sign != "\n"
        if op is ops.RANGE:
            return any(value[0] <= ord(case[:1]) <= value[1] for case in cases)
        if op is ops.CATEGORY:
            return _category(str(value), sign)
        assert op is ops.IN, op
        negated = value[0][0] is ops.NEGATE
        return negated != any(self.reads(kind, what, sign) for kind, what in value[1 if negated else 0 :])


def _category(name: str, sign: str) -> bool:
    kind = name.removeprefix("CATEGORY_").removeprefix("UNI_").removeprefix("NOT_")
    reads = {"DIGIT": sign.isdecimal(), "SPACE": sign.isspace(), "WORD": sign.isalnum() or sign == "_"}[kind]
    return reads != ("NOT_" in name)


def doubles(pattern: str | bytes, flags: int = 0) -> bool:
    """Whether the work may double with each further character."""
    return any(one.doubles() for one in automata(pattern, flags, wide=True, anywhere=False))


def grows(pattern: str | bytes, flags: int = 0, *, anywhere: bool = False) -> bool:
    """Whether the work may grow faster than the text."""
    return any(one.grows() for one in automata(pattern, flags, wide=False, anywhere=anywhere))
