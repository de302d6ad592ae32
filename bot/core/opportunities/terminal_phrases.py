"""What the terminal alone says about opportunities; the texts stand in `prompts/board.yaml`."""

from __future__ import annotations

from bot.core.phrases import Spoken


class BoardPhrase(Spoken):
    """Every template of opportunities in a terminal; `VARIABLES` has what they are given."""

    BOARD_HELP = "board_help"
    BOARD_KIND = "board_kind"
    BOARD_REGION = "board_region"
    BOARD_PLACES = "board_places"
    BOARD_CONTACT = "board_contact"
    ASK_KIND = "ask_kind"
    ASK_TITLE = "ask_title"
    ASK_DESCRIPTION = "ask_description"
    ASK_AUDIENCE = "ask_audience"
    ASK_DEADLINE = "ask_deadline"
    ASK_LINK = "ask_link"
    ASK_REGION = "ask_region"
    ASK_PLACES = "ask_places"
    ASK_CONTACT = "ask_contact"
    BOARD_PROMPT = "board_prompt"
    BOARD_TOO_LONG = "board_too_long"
    KINDS_ARE = "kinds_are"
    KIND_UNKNOWN = "kind_unknown"
    FORM_WAITING = "form_waiting"
    FORM_BEGUN = "form_begun"
    FORM_UNFINISHED = "form_unfinished"
    FORM_KEPT = "form_kept"
    EDIT_DISCARDED = "edit_discarded"
    BOARD_PREVIEW = "board_preview"
    BOARD_PREVIEW_KEYS = "board_preview_keys"
    BOARD_PREVIEW_UNCLEAR = "board_preview_unclear"
    BOARD_FITS = "board_fits"
    BOARD_FIT = "board_fit"
    BOARD_REACH = "board_reach"
    BOARD_HEAD = "board_head"
    BOARD_EMPTY_FIELD = "board_empty_field"
    BOARD_CLOSES = "board_closes"
    BOARD_STATE = "board_state"
    BOARD_LINK = "board_link"
    BOARD_MASKED_LINKS = "board_masked_links"
    BOARD_STATE_LABEL = "board_state_label"
    BOARD_OUTCOME_LABEL = "board_outcome_label"
    BOARD_POSTER_LABEL = "board_poster_label"
    BOARD_ANSWERS_LABEL = "board_answers_label"
    BOARD_POSTER = "board_poster"
    BOARD_ANSWERS = "board_answers"
    BOARD_ANSWER = "board_answer"
    BOARD_POSTED = "board_posted"
    BOARD_POSTED_ELSEWHERE = "board_posted_elsewhere"
    BOARD_POSTED_UNTIL = "board_posted_until"
    BOARD_CAP = "board_cap"
    BOARD_NOT_POSTED = "board_not_posted"
    BOARD_CHANGED = "board_changed"
    BOARD_CLOSED_ELSEWHERE = "board_closed_elsewhere"
    BOARD_CLOSED_BY_DEADLINE = "board_closed_by_deadline"
    BOARD_WHICH = "board_which"
    OUTCOME_ASKED = "outcome_asked"
    BOARD_OF_NONE = "board_of_none"
    BOARD_NAME_NEAR = "board_name_near"
    BOARD_JOINED = "board_joined"
    BOARD_LEFT = "board_left"
    BOARD_SPEAKS_FOR_MORE = "board_speaks_for_more"
    BOARD_LOOKS_FOR_LABEL = "board_looks_for_label"
    BOARD_WHERE_LABEL = "board_where_label"
    BOARD_LOOKS_FOR = "board_looks_for"
    BOARD_ANYWHERE = "board_anywhere"
    MODE_UNKNOWN = "mode_unknown"
    BOARD_TIME_UNCLEAR = "board_time_unclear"
    BOARD_NOTICES = "board_notices"
    BOARD_NOTICES_ELSEWHERE = "board_notices_elsewhere"


VARIABLES: dict[Spoken, frozenset[str]] = {
    BoardPhrase.BOARD_PROMPT: frozenset({"field", "verb"}),
    BoardPhrase.BOARD_TOO_LONG: frozenset({"long", "most"}),
    BoardPhrase.KINDS_ARE: frozenset({"count"}),
    BoardPhrase.KIND_UNKNOWN: frozenset({"name", "kinds"}),
    BoardPhrase.FORM_WAITING: frozenset({"title"}),
    BoardPhrase.FORM_BEGUN: frozenset({"id"}),
    BoardPhrase.FORM_KEPT: frozenset({"id"}),
    BoardPhrase.EDIT_DISCARDED: frozenset({"id"}),
    BoardPhrase.BOARD_PREVIEW: frozenset({"id"}),
    BoardPhrase.BOARD_PREVIEW_KEYS: frozenset({"verb"}),
    BoardPhrase.BOARD_PREVIEW_UNCLEAR: frozenset({"verb", "count"}),
    BoardPhrase.BOARD_FIT: frozenset({"name", "mode"}),
    BoardPhrase.BOARD_REACH: frozenset({"fits"}),
    BoardPhrase.BOARD_HEAD: frozenset({"id", "title", "kind", "edited"}),
    BoardPhrase.BOARD_EMPTY_FIELD: frozenset({"field", "closes"}),
    BoardPhrase.BOARD_CLOSES: frozenset({"at", "deadline"}),
    BoardPhrase.BOARD_STATE: frozenset({"open", "closes", "outcome"}),
    BoardPhrase.BOARD_LINK: frozenset({"link", "host"}),
    BoardPhrase.BOARD_MASKED_LINKS: frozenset({"hosts"}),
    BoardPhrase.BOARD_POSTER: frozenset({"name", "organization"}),
    BoardPhrase.BOARD_ANSWERS: frozenset({"interested", "waiting", "not_for_us"}),
    BoardPhrase.BOARD_ANSWER: frozenset({"name", "reply", "note"}),
    BoardPhrase.BOARD_POSTED: frozenset({"id", "title"}),
    BoardPhrase.BOARD_POSTED_UNTIL: frozenset({"id", "closes"}),
    BoardPhrase.BOARD_CAP: frozenset({"cap"}),
    BoardPhrase.BOARD_CHANGED: frozenset({"id", "fields"}),
    BoardPhrase.BOARD_CLOSED_BY_DEADLINE: frozenset({"id", "title"}),
    BoardPhrase.OUTCOME_ASKED: frozenset({"id", "outcomes", "near"}),
    BoardPhrase.BOARD_NAME_NEAR: frozenset({"name", "near"}),
    BoardPhrase.BOARD_JOINED: frozenset({"name", "looks"}),
    BoardPhrase.BOARD_LEFT: frozenset({"name"}),
    BoardPhrase.BOARD_SPEAKS_FOR_MORE: frozenset({"names"}),
    BoardPhrase.BOARD_LOOKS_FOR: frozenset({"interests", "hint"}),
    BoardPhrase.MODE_UNKNOWN: frozenset({"mode", "modes"}),
    BoardPhrase.BOARD_TIME_UNCLEAR: frozenset({"typed", "near"}),
    BoardPhrase.BOARD_NOTICES: frozenset({"mode", "next"}),
}
"""The variables of each template that has any."""
