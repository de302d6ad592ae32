"""What the bot says about opportunities; the texts stand in `prompts/opportunities.yaml`.

Those about partners and notices: see `partner_phrases`.
"""

from __future__ import annotations

from bot.core.phrases import Spoken


class OpportunityPhrase(Spoken):
    """Every template about opportunities; `VARIABLES` has what they are given."""

    # commands and their options
    OPPORTUNITY_COMMAND = "opportunity_command"
    OPPORTUNITY_POST_COMMAND = "opportunity_post_command"
    OPPORTUNITY_EDIT_COMMAND = "opportunity_edit_command"
    OPPORTUNITY_LIST_COMMAND = "opportunity_list_command"
    OPPORTUNITY_SHOW_COMMAND = "opportunity_show_command"
    OPPORTUNITY_CLOSE_COMMAND = "opportunity_close_command"
    KIND_OPTION = "kind_option"
    CAPACITY_OPTION = "capacity_option"
    REGION_OPTION = "region_option"
    CONTACT_OPTION = "contact_option"
    TOPIC_OPTION = "topic_option"
    OPPORTUNITY_ID_OPTION = "opportunity_id_option"
    OUTCOME_OPTION = "outcome_option"
    CLOSE_NOTE_OPTION = "close_note_option"

    # the form and the preview
    OFFER_FORM_TITLE = "offer_form_title"
    FIELD_TITLE = "field_title"
    FIELD_DESCRIPTION = "field_description"
    FIELD_AUDIENCE = "field_audience"
    FIELD_DEADLINE = "field_deadline"
    FIELD_LINK = "field_link"
    HINT_AUDIENCE = "hint_audience"
    HINT_DEADLINE = "hint_deadline"
    HINT_LINK = "hint_link"
    OFFER_FAULT = "offer_fault"
    OFFER_REFUSED = "offer_refused"
    POST_IN_SERVER = "post_in_server"
    POST_NOT_ALLOWED = "post_not_allowed"
    NO_OPPORTUNITY_CHANNEL = "no_opportunity_channel"
    OPPORTUNITY_CHANNEL_LACKING = "opportunity_channel_lacking"
    PREVIEW_LEAD = "preview_lead"
    PREVIEW_ALIKE = "preview_alike"
    PREVIEW_NOBODY = "preview_nobody"
    PREVIEW_REACH = "preview_reach"
    PREVIEW_MODE = "preview_mode"
    PREVIEW_PARTNER = "preview_partner"
    PREVIEW_MORE = "preview_more"
    MATCH_REASON = "match_reason"
    LABEL_POST = "label_post"
    LABEL_EDIT_OFFER = "label_edit_offer"
    LABEL_DISCARD = "label_discard"
    DRAFT_GONE = "draft_gone"
    DRAFT_DISCARDED = "draft_discarded"
    POST_ALREADY = "post_already"
    POST_CAP = "post_cap"
    POST_PAST = "post_past"
    OPPORTUNITY_POSTED = "opportunity_posted"
    OPPORTUNITY_EDITED = "opportunity_edited"

    # the post
    POST_HEAD = "post_head"
    POST_FACTS = "post_facts"
    POST_FOOT = "post_foot"
    LABEL_INTERESTED = "label_interested"
    LABEL_NOT_FOR_US = "label_not_for_us"
    LABEL_ASK = "label_ask"

    # answers to it
    ORGANIZATION_FORM_TITLE = "organization_form_title"
    FIELD_ORGANIZATION = "field_organization"
    ORGANIZATION_NEEDED = "organization_needed"
    ORGANIZATION_NEAR = "organization_near"
    ANSWER_TAKEN = "answer_taken"
    ANSWERED_CARD = "answered_card"
    LABEL_ADD_NOTE = "label_add_note"
    NOTE_FORM_TITLE = "note_form_title"
    FIELD_NOTE = "field_note"
    FIELD_REASON = "field_reason"
    NOTE_KEPT = "note_kept"
    ANSWER_CHANGED = "answer_changed"
    QUESTION_FORM_TITLE = "question_form_title"
    FIELD_OFFER_QUESTION = "field_offer_question"
    QUESTION_POSTED = "question_posted"
    QUESTION_SENT = "question_sent"
    QUESTION_NOWHERE = "question_nowhere"
    QUESTION_TOLD = "question_told"

    # finding, listing, closing
    OPPORTUNITY_UNKNOWN = "opportunity_unknown"
    OPPORTUNITY_NOT_YOURS = "opportunity_not_yours"
    OPPORTUNITY_CLOSED = "opportunity_closed"
    OPPORTUNITY_CHOICE = "opportunity_choice"
    LIST_LEAD = "list_lead"
    LIST_LINE = "list_line"
    LIST_MORE = "list_more"
    LIST_DRAFTS = "list_drafts"
    SHOW_COUNTS = "show_counts"
    SHOW_HEAD = "show_head"
    SHOW_LINE = "show_line"
    CLOSE_DRAFT = "close_draft"
    CLOSED_ALREADY = "closed_already"
    OPPORTUNITY_CLOSED_NOW = "opportunity_closed_now"


VARIABLES: dict[Spoken, frozenset[str]] = {
    OpportunityPhrase.OFFER_FORM_TITLE: frozenset({"id"}),
    OpportunityPhrase.OFFER_FAULT: frozenset(
        {"fault", "most", "count", "deadline", "link", "capacity"}
    ),
    OpportunityPhrase.OFFER_REFUSED: frozenset({"lines"}),
    OpportunityPhrase.POST_NOT_ALLOWED: frozenset({"role"}),
    OpportunityPhrase.OPPORTUNITY_CHANNEL_LACKING: frozenset({"channel", "permissions"}),
    OpportunityPhrase.PREVIEW_LEAD: frozenset({"id", "deadline"}),
    OpportunityPhrase.PREVIEW_ALIKE: frozenset({"id", "title", "link"}),
    OpportunityPhrase.PREVIEW_REACH: frozenset({"count"}),
    OpportunityPhrase.PREVIEW_MODE: frozenset({"mode", "count"}),
    OpportunityPhrase.PREVIEW_PARTNER: frozenset({"name", "reason"}),
    OpportunityPhrase.PREVIEW_MORE: frozenset({"count"}),
    OpportunityPhrase.MATCH_REASON: frozenset({"ground", "interest", "kind"}),
    OpportunityPhrase.POST_ALREADY: frozenset({"id", "link", "closed"}),
    OpportunityPhrase.POST_CAP: frozenset({"cap", "organization"}),
    OpportunityPhrase.OPPORTUNITY_POSTED: frozenset(
        {"id", "title", "channel", "link", "reached", "closes", "deadline"}
    ),
    OpportunityPhrase.OPPORTUNITY_EDITED: frozenset({"id", "title", "fields"}),
    OpportunityPhrase.POST_HEAD: frozenset({"kind", "title", "id", "edited", "closed"}),
    OpportunityPhrase.POST_FACTS: frozenset(
        {
            "audience",
            "deadline",
            "closes",
            "open",
            "region",
            "capacity",
            "contact",
            "link",
            "host",
            "hosts",
        }
    ),
    OpportunityPhrase.POST_FOOT: frozenset(
        {"name", "organization", "interested", "waiting", "left", "closed", "outcome", "note"}
    ),
    OpportunityPhrase.ORGANIZATION_NEAR: frozenset({"name", "near"}),
    OpportunityPhrase.ANSWER_TAKEN: frozenset(
        {"reply", "before", "other", "organization", "title", "place"}
    ),
    OpportunityPhrase.ANSWERED_CARD: frozenset({"words", "alliance", "link"}),
    OpportunityPhrase.NOTE_FORM_TITLE: frozenset({"agreed"}),
    OpportunityPhrase.NOTE_KEPT: frozenset({"agreed", "given"}),
    OpportunityPhrase.QUESTION_POSTED: frozenset({"name", "organization", "quote"}),
    OpportunityPhrase.QUESTION_SENT: frozenset({"thread", "link"}),
    OpportunityPhrase.QUESTION_TOLD: frozenset(
        {"name", "organization", "quote", "id", "title", "thread"}
    ),
    OpportunityPhrase.OPPORTUNITY_UNKNOWN: frozenset({"wanted", "near"}),
    OpportunityPhrase.OPPORTUNITY_NOT_YOURS: frozenset({"id"}),
    OpportunityPhrase.OPPORTUNITY_CLOSED: frozenset({"id"}),
    OpportunityPhrase.OPPORTUNITY_CHOICE: frozenset({"id", "title", "state"}),
    OpportunityPhrase.LIST_LEAD: frozenset({"count", "total", "topic"}),
    OpportunityPhrase.LIST_LINE: frozenset(
        {"id", "title", "kind", "closes", "deadline", "interested", "left", "organization", "link"}
    ),
    OpportunityPhrase.LIST_MORE: frozenset({"count"}),
    OpportunityPhrase.LIST_DRAFTS: frozenset({"drafts"}),
    OpportunityPhrase.SHOW_COUNTS: frozenset(
        {"interested", "waiting", "declined", "link", "draft"}
    ),
    OpportunityPhrase.SHOW_HEAD: frozenset({"reply", "count"}),
    OpportunityPhrase.SHOW_LINE: frozenset(
        {"organization", "name", "person", "contact", "note", "at", "declined"}
    ),
    OpportunityPhrase.CLOSE_DRAFT: frozenset({"id"}),
    OpportunityPhrase.CLOSED_ALREADY: frozenset({"id", "title", "outcome"}),
    OpportunityPhrase.OPPORTUNITY_CLOSED_NOW: frozenset(
        {"id", "title", "outcome", "was_open", "note"}
    ),
}
"""The variables of each template that has any."""
