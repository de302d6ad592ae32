"""What the bot says about checklists; the texts: `prompts/checklists.yaml`, `prompts/runs.yaml`.

Those of the brief: see `brief_phrases`.
"""

from __future__ import annotations

from bot.core.phrases import Spoken


class ChecklistPhrase(Spoken):
    """Every template about checklists; `VARIABLES` has what they are given."""

    CHECKLIST_COMMAND = "checklist_command"

    # walking through a run
    CHECKLIST_START_COMMAND = "checklist_start_command"
    CHECKLIST_NAME_OPTION = "checklist_name_option"
    CHECKLIST_TEAM_OPTION = "checklist_team_option"
    CHECKLIST_RESUME_COMMAND = "checklist_resume_command"
    CHECKLIST_RESUME_OPTION = "checklist_resume_option"
    LABEL_STEP_ANSWER = "label_step_answer"
    LABEL_SKIP = "label_skip"
    LABEL_BACK = "label_back"
    LABEL_PAUSE = "label_pause"
    LABEL_FINISH = "label_finish"
    LABEL_NEXT = "label_next"
    LABEL_OTHERS = "label_others"
    LABEL_ASK_STEP = "label_ask_step"
    LABEL_EDIT = "label_edit"
    LABEL_RESUME = "label_resume"
    LABEL_START_ANEW = "label_start_anew"
    LABEL_START_CHECKLIST = "label_start_checklist"
    LABEL_CHOOSE_ANSWER = "label_choose_answer"
    LABEL_GO_TO = "label_go_to"
    OPTION_YES = "option_yes"
    OPTION_NO = "option_no"
    FIELD_YOUR_ANSWER = "field_your_answer"
    FIELD_WHAT = "field_what"
    FIELD_WHO = "field_who"
    FIELD_BY_WHEN = "field_by_when"
    FIELD_QUESTION = "field_question"
    HINT_RATING = "hint_rating"
    HINT_YES_NO = "hint_yes_no"
    HINT_CHOICE = "hint_choice"
    HINT_DAY = "hint_day"
    STEP_FORM_TITLE = "step_form_title"
    SKIP_FORM_TITLE = "skip_form_title"
    ASK_FORM_TITLE = "ask_form_title"
    RUN_PROGRESS = "run_progress"
    RUN_REVIEW_PROGRESS = "run_review_progress"
    STEP_QUESTION = "step_question"
    STEP_WHY = "step_why"
    STEP_CASE = "step_case"
    STEP_COMMITMENT = "step_commitment"
    STEP_YOURS = "step_yours"
    STEP_ANSWER_OF = "step_answer_of"
    STEP_MORE_ANSWERS = "step_more_answers"
    STEP_UNANSWERED = "step_unanswered"
    STEP_PROMISE = "step_promise"
    STEP_SKIPPED = "step_skipped"
    STEP_NOT_TAKEN = "step_not_taken"
    ANSWER_TROUBLE = "answer_trouble"
    RUN_REVIEW = "run_review"
    RUN_PAUSED = "run_paused"
    RUN_OVER = "run_over"
    RUN_NOT_YOURS = "run_not_yours"
    ONLY_OWNER_MOVES = "only_owner_moves"
    STEP_LEFT = "step_left"
    STEP_NO_LONGER_ASKED = "step_no_longer_asked"
    ANSWERED_MEANWHILE = "answered_meanwhile"
    ANSWERED_TWICE = "answered_twice"
    ANSWER_NEEDED = "answer_needed"
    REASON_NEEDED = "reason_needed"
    AT_FIRST_STEP = "at_first_step"
    RUN_IS_PAUSED = "run_is_paused"
    RUN_IS_OVER = "run_is_over"
    RUN_UNKNOWN = "run_unknown"
    RUN_NONE_OPEN = "run_none_open"
    MISSING_STEPS = "missing_steps"
    CHECKLIST_UNKNOWN = "checklist_unknown"
    CHECKLIST_GONE = "checklist_gone"
    RUN_OPEN_ALREADY = "run_open_already"
    NEWER_VERSION = "newer_version"
    TEAM_BEGUN = "team_begun"
    TEAM_STARTED = "team_started"
    TEAM_RESUMED = "team_resumed"
    TEAM_NEEDS_CHANNEL = "team_needs_channel"
    TEAM_FORBIDDEN = "team_forbidden"
    TEAM_REFUSED = "team_refused"
    ANSWER_KEPT = "answer_kept"
    DAY_NOTED = "day_noted"
    TYPED_FOLLOWS = "typed_follows"
    OTHERS_LEAD = "others_lead"
    OTHERS_NONE = "others_none"
    ASKED_ABOUT_STEP = "asked_about_step"

    # around a run
    CHECKLIST_LIST_COMMAND = "checklist_list_command"
    CHECKLIST_HISTORY_COMMAND = "checklist_history_command"
    CHECKLIST_HISTORY_OPTION = "checklist_history_option"
    CHECKLIST_SHOW_COMMAND = "checklist_show_command"
    CHECKLIST_EXPORT_COMMAND = "checklist_export_command"
    CHECKLIST_CANCEL_COMMAND = "checklist_cancel_command"
    CHECKLIST_REOPEN_COMMAND = "checklist_reopen_command"
    CHECKLIST_HAND_OVER_COMMAND = "checklist_hand_over_command"
    CHECKLIST_RUN_OPTION = "checklist_run_option"
    CHECKLIST_THIS_RUN_OPTION = "checklist_this_run_option"
    CHECKLIST_TO_OPTION = "checklist_to_option"
    CHECKLISTS_LEAD = "checklists_lead"
    CHECKLIST_LINE = "checklist_line"
    LABEL_START_ONE = "label_start_one"
    LABEL_EARLIER_PAGE = "label_earlier_page"
    LABEL_LATER_PAGE = "label_later_page"
    HISTORY_LEAD = "history_lead"
    HISTORY_LINE = "history_line"
    HISTORY_NONE = "history_none"
    RUN_CHOICE = "run_choice"
    RUNS_NONE = "runs_none"
    RUN_SHOWN = "run_shown"
    RUN_EXPORTED = "run_exported"
    RUN_TOO_LARGE = "run_too_large"
    RUN_SHARED_BY = "run_shared_by"
    RUN_SHARED = "run_shared"
    RUN_SHARED_TWICE = "run_shared_twice"
    RUN_SHARE_REFUSED = "run_share_refused"
    RUN_SHARE_FORBIDDEN = "run_share_forbidden"
    LABEL_CANCEL = "label_cancel"
    LABEL_CANCEL_RUN = "label_cancel_run"
    CANCEL_ASKED = "cancel_asked"
    RUN_CANCELLED = "run_cancelled"
    RUN_REOPENED = "run_reopened"
    RUN_NOT_OVER = "run_not_over"
    HAND_OVER_OWNERS = "hand_over_owners"
    HAND_OVER_SAME = "hand_over_same"
    HAND_OVER_TO_BOT = "hand_over_to_bot"
    HAND_OVER_IN_SERVER = "hand_over_in_server"
    HAND_OVER_TO_ONESELF = "hand_over_to_oneself"
    HANDED_FROM_YOU = "handed_from_you"
    HAND_OVER_TO_STRANGER = "hand_over_to_stranger"
    HANDED_OVER = "handed_over"
    HANDED_TO_YOU = "handed_to_you"
    RUN_OFFER = "run_offer"
    COMMITMENTS_COMMAND = "commitments_command"
    COMMITMENTS_LIST_COMMAND = "commitments_list_command"
    COMMITMENTS_DONE_COMMAND = "commitments_done_command"
    COMMITMENTS_MOVE_COMMAND = "commitments_move_command"
    COMMITMENTS_SETTINGS_COMMAND = "commitments_settings_command"
    COMMITMENT_OPTION = "commitment_option"
    COMMITMENT_DATE_OPTION = "commitment_date_option"
    TIMEZONE_OPTION = "timezone_option"
    QUIET_OPTION = "quiet_option"
    AT_OPTION = "at_option"
    COMMITMENTS_LEAD = "commitments_lead"
    COMMITMENTS_NONE = "commitments_none"
    COMMITMENT_LINE = "commitment_line"
    COMMITMENTS_MORE = "commitments_more"
    COMMITMENT_CHOICE = "commitment_choice"
    COMMITMENT_REMINDER = "commitment_reminder"
    LABEL_DONE = "label_done"
    LABEL_MOVE = "label_move"
    MOVE_FORM_TITLE = "move_form_title"
    COMMITMENT_DONE = "commitment_done"
    COMMITMENT_MOVED = "commitment_moved"
    COMMITMENT_SETTLED = "commitment_settled"
    COMMITMENT_UNKNOWN = "commitment_unknown"
    COMMITMENT_GONE = "commitment_gone"
    COMMITMENT_OF_ANOTHER = "commitment_of_another"
    DATE_NOT_TAKEN = "date_not_taken"
    REMINDERS_ARE = "reminders_are"
    ZONE_UNKNOWN = "zone_unknown"
    QUIET_UNCLEAR = "quiet_unclear"
    CLOCK_UNCLEAR = "clock_unclear"
    SHOWN_MORE = "shown_more"
    SHOWN_FILES = "shown_files"
    RUN_FILES_FORBIDDEN = "run_files_forbidden"


VARIABLES: dict[Spoken, frozenset[str]] = {
    # walking through a run
    ChecklistPhrase.STEP_FORM_TITLE: frozenset({"number"}),
    ChecklistPhrase.RUN_PROGRESS: frozenset({"title", "number", "total", "bar"}),
    ChecklistPhrase.RUN_REVIEW_PROGRESS: frozenset(
        {"title", "total", "answered", "skipped", "bar"}
    ),
    ChecklistPhrase.STEP_QUESTION: frozenset({"question", "required"}),
    ChecklistPhrase.STEP_WHY: frozenset({"why", "passage"}),
    ChecklistPhrase.STEP_CASE: frozenset({"title", "place", "sentence"}),
    ChecklistPhrase.STEP_YOURS: frozenset({"quote"}),
    ChecklistPhrase.STEP_ANSWER_OF: frozenset({"name", "organization", "quote"}),
    ChecklistPhrase.STEP_MORE_ANSWERS: frozenset({"count"}),
    ChecklistPhrase.STEP_UNANSWERED: frozenset({"closed"}),
    ChecklistPhrase.STEP_PROMISE: frozenset({"what", "who", "day"}),
    ChecklistPhrase.STEP_SKIPPED: frozenset({"reason"}),
    ChecklistPhrase.STEP_NOT_TAKEN: frozenset({"why", "quote"}),
    ChecklistPhrase.ANSWER_TROUBLE: frozenset({"trouble", "near", "options"}),
    ChecklistPhrase.RUN_REVIEW: frozenset({"missing"}),
    ChecklistPhrase.RUN_PAUSED: frozenset({"title", "number", "total", "id"}),
    ChecklistPhrase.RUN_OVER: frozenset({"title", "status", "id"}),
    ChecklistPhrase.ONLY_OWNER_MOVES: frozenset({"name"}),
    ChecklistPhrase.STEP_LEFT: frozenset({"number", "total", "same", "team"}),
    ChecklistPhrase.RUN_IS_OVER: frozenset({"status", "id"}),
    ChecklistPhrase.RUN_UNKNOWN: frozenset({"run"}),
    ChecklistPhrase.MISSING_STEPS: frozenset({"count"}),
    ChecklistPhrase.CHECKLIST_UNKNOWN: frozenset({"name", "near"}),
    ChecklistPhrase.RUN_OPEN_ALREADY: frozenset({"title", "id", "number", "total", "paused"}),
    ChecklistPhrase.NEWER_VERSION: frozenset({"version", "newer"}),
    ChecklistPhrase.TEAM_BEGUN: frozenset({"name", "title", "purpose"}),
    ChecklistPhrase.TEAM_STARTED: frozenset({"thread"}),
    ChecklistPhrase.TEAM_RESUMED: frozenset({"thread"}),
    ChecklistPhrase.TEAM_FORBIDDEN: frozenset({"permissions"}),
    ChecklistPhrase.DAY_NOTED: frozenset({"day"}),
    ChecklistPhrase.TYPED_FOLLOWS: frozenset({"why"}),
    ChecklistPhrase.OTHERS_LEAD: frozenset({"question", "near"}),
    ChecklistPhrase.ASKED_ABOUT_STEP: frozenset({"step", "question"}),
    # around a run
    ChecklistPhrase.CHECKLISTS_LEAD: frozenset({"count", "page", "pages"}),
    ChecklistPhrase.CHECKLIST_LINE: frozenset({"title", "purpose", "minutes", "steps"}),
    ChecklistPhrase.HISTORY_LEAD: frozenset({"title", "count"}),
    ChecklistPhrase.HISTORY_LINE: frozenset(
        {"id", "title", "status", "team", "started", "changed"}
    ),
    ChecklistPhrase.HISTORY_NONE: frozenset({"title"}),
    ChecklistPhrase.RUN_CHOICE: frozenset({"id", "title", "status", "owner", "changed"}),
    ChecklistPhrase.RUN_EXPORTED: frozenset({"title", "finished"}),
    ChecklistPhrase.RUN_SHARED_BY: frozenset({"name"}),
    ChecklistPhrase.RUN_SHARE_FORBIDDEN: frozenset({"permissions", "channel"}),
    ChecklistPhrase.CANCEL_ASKED: frozenset({"title", "id", "answered", "commitments"}),
    ChecklistPhrase.RUN_CANCELLED: frozenset({"title", "id"}),
    ChecklistPhrase.RUN_REOPENED: frozenset({"title", "id"}),
    ChecklistPhrase.RUN_NOT_OVER: frozenset({"title", "id"}),
    ChecklistPhrase.HAND_OVER_SAME: frozenset({"name"}),
    ChecklistPhrase.HAND_OVER_TO_BOT: frozenset({"name"}),
    ChecklistPhrase.HAND_OVER_TO_ONESELF: frozenset({"owner"}),
    ChecklistPhrase.HANDED_FROM_YOU: frozenset({"title", "id", "name", "to", "alliance"}),
    ChecklistPhrase.HAND_OVER_TO_STRANGER: frozenset({"name"}),
    ChecklistPhrase.HANDED_OVER: frozenset({"title", "id", "name", "told"}),
    ChecklistPhrase.HANDED_TO_YOU: frozenset({"title", "id", "name", "alliance", "over"}),
    ChecklistPhrase.RUN_OFFER: frozenset(
        {"title", "number", "total", "changed", "alliance", "last"}
    ),
    ChecklistPhrase.COMMITMENTS_LEAD: frozenset({"count"}),
    ChecklistPhrase.COMMITMENT_LINE: frozenset(
        {"id", "what", "who", "day", "overdue", "title", "name"}
    ),
    ChecklistPhrase.COMMITMENTS_MORE: frozenset({"count"}),
    ChecklistPhrase.COMMITMENT_CHOICE: frozenset({"id", "what", "day"}),
    ChecklistPhrase.COMMITMENT_REMINDER: frozenset(
        {"what", "who", "day", "title", "name", "alliance", "late"}
    ),
    ChecklistPhrase.COMMITMENT_DONE: frozenset({"what", "again"}),
    ChecklistPhrase.COMMITMENT_MOVED: frozenset({"what", "day"}),
    ChecklistPhrase.COMMITMENT_SETTLED: frozenset({"what", "status"}),
    ChecklistPhrase.COMMITMENT_UNKNOWN: frozenset({"commitment"}),
    ChecklistPhrase.DATE_NOT_TAKEN: frozenset({"why", "text"}),
    ChecklistPhrase.REMINDERS_ARE: frozenset({"zone", "at", "start", "end", "changed"}),
    ChecklistPhrase.ZONE_UNKNOWN: frozenset({"zone", "near"}),
    ChecklistPhrase.QUIET_UNCLEAR: frozenset({"quiet"}),
    ChecklistPhrase.CLOCK_UNCLEAR: frozenset({"at"}),
    ChecklistPhrase.SHOWN_MORE: frozenset({"count"}),
}
