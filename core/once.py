"""What is worked out when it is first looked at, and then kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

Value = TypeVar("Value")


class once(Generic[Value]):  # noqa: N801 - it is written like ``property``
    """``functools.cached_property`` without the lock that it takes until Python 3.12.

    A ledger in many worlds has a thousand such figures, and the lock took longer than most of their formulas. Two
    threads that look at the same moment both work it out, with the same result.
    """

    def __init__(self, work_out: Callable[[Any], Value]) -> None:
        self.work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...

    def __get__(self, instance: object | None, owner: type) -> Self | Value:
        if instance is None:
            return self
        found = instance.__dict__[self.name] = self.work_out(instance)
        return found
