"""The format of `question-kinds.yaml`: examples of what questions want."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=400)]
_LEAST = 20


class KindEntry(BaseModel):
    """Questions that want one kind of thing, and some that only look as if they did."""

    model_config = ConfigDict(extra="forbid")

    wants: Annotated[list[Line], Field(min_length=_LEAST)]
    unlike: Annotated[list[Line], Field(min_length=_LEAST)]


class KindsFile(BaseModel):
    """`question-kinds.yaml`: what a question can want, by examples."""

    model_config = ConfigDict(extra="forbid")

    kinds: dict[Annotated[str, StringConstraints(pattern=r"^[a-z]+$", max_length=20)], KindEntry]

    @model_validator(mode="after")
    def _nothing_twice(self) -> KindsFile:
        for name, kind in self.kinds.items():
            said = Counter(text.casefold() for text in [*kind.wants, *kind.unlike])
            twice = [text for text, count in said.items() if count > 1]
            if twice:
                raise ValueError(f"{name}: {twice[0]!r} stands here twice")
        return self
