"""The format of `as-people-type.yaml`; `bot.core.typed_words` has what the program works with."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

_Wording = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
_Wordings = list[_Wording]


class TypedFile(BaseModel):
    """`as-people-type.yaml`: what stands around questions, short forms, words that are no slips."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    greetings: _Wordings
    addressed: _Wordings
    thanks: _Wordings
    courtesies: _Wordings
    requests: _Wordings
    openers: _Wordings
    hesitations: _Wordings
    fillers: _Wordings
    anywhere: _Wordings
    meant_after: _Wordings
    said_signs: dict[_Wording, _Wording]
    short: dict[_Wording, _Wording]
    short_in_doubt: _Wordings
    beside: _Wordings
    known: _Wordings
    negations: _Wordings
    languages: dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], _Wordings]
