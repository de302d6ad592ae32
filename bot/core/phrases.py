"""The words the bot says, as the domain asks for them; the texts themselves stand in `prompts/`."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Spoken(StrEnum):
    """Names of templates: `Phrase` here, those of a whole field in a module of their own."""


class Phrase(Spoken):
    """Every template that answers and stewards' pages use; `VARIABLES` has what they are given."""

    EXAMPLE_LEAD = "example_lead"
    OTHER_SOURCE_LEAD = "other_source_lead"
    NOT_COVERED = "not_covered"
    NO_FIGURE = "no_figure"
    NO_DATE = "no_date"
    NO_PERSON = "no_person"
    NO_RULE = "no_rule"
    NO_CURRENT = "no_current"
    NO_SERVICE = "no_service"
    UNKNOWN_NAME = "unknown_name"
    OFF_TOPIC = "off_topic"
    OTHER_LANGUAGE = "other_language"
    DISTRESS = "distress"
    NEARBY = "nearby"
    ASK_COMMAND = "ask_command"
    ASK_QUESTION_OPTION = "ask_question_option"
    ASK_PRIVATE_OPTION = "ask_private_option"
    ASK_ALLIANCE_OPTION = "ask_alliance_option"
    CASES_COMMAND = "cases_command"
    CASES_QUERY_OPTION = "cases_query_option"
    PASSAGE_COMMAND = "passage_command"
    PASSAGE_TITLE_OPTION = "passage_title_option"
    HELP_COMMAND = "help_command"
    HELP_LEAD = "help_lead"
    HELP_PRIVACY = "help_privacy"
    LABEL_HELPFUL = "label_helpful"
    LABEL_NOT_HELPFUL = "label_not_helpful"
    LABEL_SHARE = "label_share"
    LABEL_READ = "label_read"
    LABEL_READ_ON = "label_read_on"
    LABEL_REASON = "label_reason"
    REASON_TITLE = "reason_title"
    REASON_HINT = "reason_hint"
    SOURCES_HEAD = "sources_head"
    NEARBY_HEAD = "nearby_head"
    CASE_IN_POINT = "case_in_point"
    CHECKLIST_HINT = "checklist_hint"
    ANSWER_CONTINUES = "answer_continues"
    ASKED = "asked"
    SHARED_BY = "shared_by"
    SHARE_DONE = "share_done"
    SHARE_TWICE = "share_twice"
    SHARE_REFUSED = "share_refused"
    SHARE_FORBIDDEN = "share_forbidden"
    FEEDBACK_HELPFUL = "feedback_helpful"
    FEEDBACK_NOT_HELPFUL = "feedback_not_helpful"
    ANSWER_GONE = "answer_gone"
    PASSAGE_GONE = "passage_gone"
    PASSAGE_UNKNOWN = "passage_unknown"
    PASSAGE_SOURCE = "passage_source"
    PASSAGE_FACTS = "passage_facts"
    CASES_FOUND = "cases_found"
    CASES_NONE = "cases_none"
    LOADING = "loading"
    BUSY = "busy"
    STOPPING = "stopping"
    MODEL_BROKEN = "model_broken"
    COOLDOWN = "cooldown"
    COURTESY = "courtesy"
    MISSING_PERMISSION = "missing_permission"
    UNEXPECTED = "unexpected"
    STALE_BUTTON = "stale_button"
    CHOOSE_ALLIANCE = "choose_alliance"
    ALLIANCE_CHOSEN = "alliance_chosen"
    LABEL_CHOOSE_ALLIANCE = "label_choose_alliance"
    ONLY_HERE_ALLIANCE = "only_here_alliance"
    IN_NO_ALLIANCE = "in_no_alliance"
    LEFT_ALLIANCE = "left_alliance"
    LOGIN_MISSING = "login_missing"
    LOGIN_REFUSED = "login_refused"
    INTENT_MISSING = "intent_missing"
    NOTE_TITLE = "note_title"
    NOTE_DOCUMENT = "note_document"
    NOTE_SECTION = "note_section"
    STEWARDS_ONLY = "stewards_only"
    GUIDE_COMMAND = "guide_command"
    GUIDE_SETUP_COMMAND = "guide_setup_command"
    GUIDE_CHANNEL_COMMAND = "guide_channel_command"
    GUIDE_CHANNEL_ADD_COMMAND = "guide_channel_add_command"
    GUIDE_CHANNEL_REMOVE_COMMAND = "guide_channel_remove_command"
    GUIDE_CHANNEL_OPTION = "guide_channel_option"
    GUIDE_PURPOSE_OPTION = "guide_purpose_option"
    GUIDE_PURPOSE_REMOVED_OPTION = "guide_purpose_removed_option"
    GUIDE_ROLES_COMMAND = "guide_roles_command"
    GUIDE_STEWARD_OPTION = "guide_steward_option"
    GUIDE_INTERMEDIARY_OPTION = "guide_intermediary_option"
    GUIDE_STATUS_COMMAND = "guide_status_command"
    GUIDE_GAPS_COMMAND = "guide_gaps_command"
    GUIDE_ANSWER_COMMAND = "guide_answer_command"
    GUIDE_GAP_OPTION = "guide_gap_option"
    GUIDE_ALIKE_OPTION = "guide_alike_option"
    GUIDE_EXPORT_COMMAND = "guide_export_command"
    GUIDE_RETENTION_COMMAND = "guide_retention_command"
    GUIDE_DAYS_OPTION = "guide_days_option"
    GUIDE_CLEAR_OPTION = "guide_clear_option"
    GUIDE_NOTE_COMMAND = "guide_note_command"
    GUIDE_NOTE_REMOVE_COMMAND = "guide_note_remove_command"
    GUIDE_NOTE_OPTION = "guide_note_option"
    RETENTION_IS = "retention_is"
    NOTE_REMOVED = "note_removed"
    NOTE_UNKNOWN = "note_unknown"
    SETUP_LEAD = "setup_lead"
    SETUP_CHANNELS = "setup_channels"
    SETUP_CHANNEL_READY = "setup_channel_ready"
    SETUP_CHANNEL_LACKING = "setup_channel_lacking"
    SETUP_CHANNEL_GONE = "setup_channel_gone"
    SETUP_MORE_CHANNELS = "setup_more_channels"
    SETUP_ROLES = "setup_roles"
    SETUP_SEEN = "setup_seen"
    LABEL_SETUP_CHANNELS = "label_setup_channels"
    LABEL_SETUP_STEWARD = "label_setup_steward"
    LABEL_SETUP_INTERMEDIARY = "label_setup_intermediary"
    LABEL_SETUP_CHECK = "label_setup_check"
    CHANNEL_ADDED = "channel_added"
    CHANNEL_REMOVED = "channel_removed"
    ROLE_OF_EVERYONE = "role_of_everyone"
    STATUS_PAGE = "status_page"
    GAPS_NONE = "gaps_none"
    GAPS_LEAD = "gaps_lead"
    GAP_GROUP = "gap_group"
    LABEL_NEWER = "label_newer"
    LABEL_OLDER = "label_older"
    LABEL_PICK_GAP = "label_pick_gap"
    GAP_UNKNOWN = "gap_unknown"
    ANSWER_TITLE = "answer_title"
    LABEL_ANSWER = "label_answer"
    ANSWER_EMPTY = "answer_empty"
    NOTE_WRITTEN = "note_written"
    GAP_CLOSED = "gap_closed"
    EXPORT_DONE = "export_done"
    PRIVACY_COMMAND = "privacy_command"
    PRIVACY_EXPORT_COMMAND = "privacy_export_command"
    PRIVACY_FORGET_COMMAND = "privacy_forget_command"
    PRIVACY_EXPORTED = "privacy_exported"
    PRIVACY_ASK = "privacy_ask"
    LABEL_FORGET = "label_forget"
    PRIVACY_FORGOTTEN = "privacy_forgotten"
    PRIVACY_NOTHING = "privacy_nothing"
    PRIVACY_TOO_LARGE = "privacy_too_large"


VARIABLES: dict[Spoken, frozenset[str]] = {
    Phrase.OTHER_SOURCE_LEAD: frozenset({"document"}),
    Phrase.UNKNOWN_NAME: frozenset({"name"}),
    Phrase.NEARBY: frozenset({"titles"}),
    Phrase.HELP_LEAD: frozenset({"name"}),
    Phrase.CASE_IN_POINT: frozenset({"title", "place", "sentence"}),
    Phrase.CHECKLIST_HINT: frozenset({"title", "purpose", "id"}),
    Phrase.ASKED: frozenset({"question"}),
    Phrase.SHARED_BY: frozenset({"name", "question"}),
    Phrase.FEEDBACK_HELPFUL: frozenset({"change"}),
    Phrase.FEEDBACK_NOT_HELPFUL: frozenset({"change", "reason"}),
    Phrase.SHARE_FORBIDDEN: frozenset({"permissions", "channel"}),
    Phrase.PASSAGE_UNKNOWN: frozenset({"title", "near"}),
    Phrase.PASSAGE_SOURCE: frozenset({"document", "authors", "section"}),
    Phrase.PASSAGE_FACTS: frozenset({"place", "sector", "outcome"}),
    Phrase.CASES_FOUND: frozenset({"query"}),
    Phrase.CASES_NONE: frozenset({"query"}),
    Phrase.COOLDOWN: frozenset({"seconds"}),
    Phrase.MISSING_PERMISSION: frozenset({"channel", "permissions"}),
    Phrase.UNEXPECTED: frozenset({"id"}),
    Phrase.ALLIANCE_CHOSEN: frozenset({"name"}),
    Phrase.NOTE_TITLE: frozenset({"number"}),
    Phrase.NOTE_SECTION: frozenset({"author", "date"}),
    Phrase.SETUP_LEAD: frozenset({"name", "alliance"}),
    Phrase.SETUP_CHANNELS: frozenset({"lines"}),
    Phrase.SETUP_CHANNEL_READY: frozenset({"channel", "purposes"}),
    Phrase.SETUP_CHANNEL_LACKING: frozenset({"channel", "purposes", "permissions"}),
    Phrase.SETUP_CHANNEL_GONE: frozenset({"channel", "purposes"}),
    Phrase.SETUP_MORE_CHANNELS: frozenset({"count"}),
    Phrase.SETUP_ROLES: frozenset({"steward", "intermediary"}),
    Phrase.SETUP_SEEN: frozenset({"name", "days"}),
    Phrase.CHANNEL_ADDED: frozenset({"channel", "purpose", "fresh"}),
    Phrase.CHANNEL_REMOVED: frozenset({"channel", "purpose", "there"}),
    Phrase.STATUS_PAGE: frozenset(
        {"version", "discord_py", "index", "ready", "waiting", "status", "median", "share", "notes"}
    ),
    Phrase.GAPS_LEAD: frozenset({"gaps", "groups", "page", "pages"}),
    Phrase.GAP_GROUP: frozenset(
        {"number", "question", "count", "others", "date", "unhelpful", "private", "remarks"}
    ),
    Phrase.GAP_UNKNOWN: frozenset({"gap"}),
    Phrase.NOTE_WRITTEN: frozenset({"question", "note", "others"}),
    Phrase.RETENTION_IS: frozenset({"days", "before"}),
    Phrase.NOTE_REMOVED: frozenset({"title", "note", "gaps"}),
    Phrase.NOTE_UNKNOWN: frozenset({"note"}),
    Phrase.EXPORT_DONE: frozenset({"notes", "gaps"}),
    Phrase.PRIVACY_EXPORTED: frozenset({"everywhere", "days"}),
    Phrase.PRIVACY_ASK: frozenset({"everywhere"}),
    Phrase.PRIVACY_FORGOTTEN: frozenset({"everywhere", "gone"}),
}


class Phrases(Protocol):
    """Fills in templates."""

    def say(self, phrase: Spoken, **variables: object) -> str:
        """The words of a phrase with its variables filled in."""
