"""What the terminal alone says; the texts stand in `prompts/terminal.yaml`.

Those about opportunities: see `opportunities.terminal_phrases`.
"""

from __future__ import annotations

from bot.core.phrases import Spoken


class TerminalPhrase(Spoken):
    """Every template of the terminal's own; `VARIABLES` has what they are given."""

    TERMINAL_WELCOME = "terminal_welcome"
    TERMINAL_HELP = "terminal_help"
    TERMINAL_CHECKLIST_HELP = "terminal_checklist_help"
    TERMINAL_PROMPT = "terminal_prompt"
    COMMAND_UNKNOWN = "command_unknown"
    QUESTION_MISSING = "question_missing"
    WHY_AT_NO_STEP = "why_at_no_step"
    PASSAGE_FURTHER = "passage_further"
    PASSAGE_WHICH = "passage_which"
    HISTORY_FORGOTTEN = "history_forgotten"
    CHECKLIST_WORTH = "checklist_worth"
    FACT_WHERE = "fact_where"
    FACT_SECTOR = "fact_sector"
    FACT_OUTCOME = "fact_outcome"
    FACT_SHOWS = "fact_shows"
    FACT_SOURCE = "fact_source"
    FACT_FILE = "fact_file"
    SOURCE_LINE = "source_line"
    DOCUMENT_LINE = "document_line"
    CHECKLIST_HEAD = "checklist_head"
    CHECKLIST_WHICH = "checklist_which"
    RUN_UNDER_WAY = "run_under_way"
    RUN_PAUSED_SINCE = "run_paused_since"
    RUN_EARLIER = "run_earlier"
    RUN_NOT_HERE = "run_not_here"
    RUN_FINISHED = "run_finished"
    RUN_PUT_ASIDE = "run_put_aside"
    RUN_PAUSED_MEANWHILE = "run_paused_meanwhile"
    RUN_GONE = "run_gone"
    NOTHING_CHANGED = "nothing_changed"
    NOT_WALKING = "not_walking"
    RUN_FILE_KIND = "run_file_kind"
    RUN_FILE_THERE = "run_file_there"
    RUN_FILE_FAILED = "run_file_failed"
    RUN_FILE_WRITTEN = "run_file_written"
    STEP_AT = "step_at"
    STEP_OPTIONAL = "step_optional"
    STEP_PASSAGE = "step_passage"
    STEP_CASE_TITLE = "step_case_title"
    STEP_KEEPS = "step_keeps"
    STEP_KEYS = "step_keys"
    STEP_NOT_ANSWERED = "step_not_answered"
    STEP_SKIP_HOW = "step_skip_how"
    STEPS_DONE = "steps_done"
    ASK_WHAT = "ask_what"
    ASK_WHO = "ask_who"
    ASK_BY_WHEN = "ask_by_when"
    COMMITMENT_BEGUN = "commitment_begun"
    COMMITMENT_TEXT = "commitment_text"
    COMMITMENT_GIVEN = "commitment_given"
    COMMITMENT_DAY = "commitment_day"
    COMMITMENT_DUE = "commitment_due"


VARIABLES: dict[Spoken, frozenset[str]] = {
    TerminalPhrase.TERMINAL_PROMPT: frozenset({"at_step", "field"}),
    TerminalPhrase.COMMAND_UNKNOWN: frozenset({"name", "near", "known"}),
    TerminalPhrase.PASSAGE_FURTHER: frozenset({"id"}),
    TerminalPhrase.CHECKLIST_WORTH: frozenset({"title", "id", "command"}),
    TerminalPhrase.SOURCE_LINE: frozenset({"document", "authors", "section"}),
    TerminalPhrase.DOCUMENT_LINE: frozenset(
        {"title", "authors", "publisher", "year", "passages", "note"}
    ),
    TerminalPhrase.CHECKLIST_HEAD: frozenset({"title", "steps", "minutes", "purpose"}),
    TerminalPhrase.RUN_UNDER_WAY: frozenset({"title", "id"}),
    TerminalPhrase.RUN_PAUSED_SINCE: frozenset({"title", "id", "since"}),
    TerminalPhrase.RUN_EARLIER: frozenset({"id", "status"}),
    TerminalPhrase.RUN_NOT_HERE: frozenset({"run"}),
    TerminalPhrase.RUN_FINISHED: frozenset({"id"}),
    TerminalPhrase.RUN_PUT_ASIDE: frozenset({"id"}),
    TerminalPhrase.RUN_PAUSED_MEANWHILE: frozenset({"id"}),
    TerminalPhrase.RUN_FILE_KIND: frozenset({"file"}),
    TerminalPhrase.RUN_FILE_THERE: frozenset({"file"}),
    TerminalPhrase.RUN_FILE_FAILED: frozenset({"file", "error"}),
    TerminalPhrase.RUN_FILE_WRITTEN: frozenset({"file"}),
    TerminalPhrase.STEP_AT: frozenset(
        {"title", "id", "number", "total", "answered", "skipped", "bar"}
    ),
    TerminalPhrase.STEP_PASSAGE: frozenset({"title"}),
    TerminalPhrase.STEP_CASE_TITLE: frozenset({"title"}),
    TerminalPhrase.COMMITMENT_BEGUN: frozenset({"text"}),
    TerminalPhrase.COMMITMENT_TEXT: frozenset({"what", "who"}),
    TerminalPhrase.COMMITMENT_GIVEN: frozenset({"promise", "day"}),
    TerminalPhrase.COMMITMENT_DAY: frozenset({"day", "overdue"}),
    TerminalPhrase.COMMITMENT_DUE: frozenset({"id", "promise", "late"}),
}
"""The variables of each template that has any."""
