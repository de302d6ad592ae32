"""What the bot says to partners and in the report; the texts stand in `prompts/partners.yaml`."""

from __future__ import annotations

from bot.core.phrases import Spoken


class PartnerPhrase(Spoken):
    """Every template about partners, notices and digests; `VARIABLES` has what they are given."""

    PARTNER_COMMAND = "partner_command"
    PARTNER_JOIN_COMMAND = "partner_join_command"
    PARTNER_NAME_OPTION = "partner_name_option"
    PARTNER_LIST_COMMAND = "partner_list_command"
    PARTNER_NEAR = "partner_near"
    PARTNER_JOINED = "partner_joined"
    PARTNER_NAME_BAD = "partner_name_bad"
    LABEL_PARTNER_MEANT = "label_partner_meant"
    LABEL_PARTNER_NEW = "label_partner_new"
    PARTNERS_LEAD = "partners_lead"
    PARTNER_LINE = "partner_line"
    PARTNERS_NONE = "partners_none"
    PARTNERS_MORE = "partners_more"
    PARTNER_LEAVE_COMMAND = "partner_leave_command"
    PARTNER_LEAVE_OPTION = "partner_leave_option"
    PARTNER_LEFT = "partner_left"
    PARTNER_NOT_YOURS = "partner_not_yours"
    PARTNER_OF_NONE = "partner_of_none"
    PARTNER_INTERESTS_COMMAND = "partner_interests_command"
    PARTNER_TOPICS_OPTION = "partner_topics_option"
    PARTNER_REGION_OPTION = "partner_region_option"
    PARTNER_ORGANIZATION_OPTION = "partner_organization_option"
    INTERESTS_ARE = "interests_are"
    INTERESTS_EMPTY = "interests_empty"
    INTERESTS_SOME_EMPTY = "interests_some_empty"
    INTERESTS_FOREIGN = "interests_foreign"
    INTERESTS_TOO_LONG = "interests_too_long"
    REGION_TOO_LONG = "region_too_long"
    PARTNER_NOTIFICATIONS_COMMAND = "partner_notifications_command"
    PARTNER_MODE_OPTION = "partner_mode_option"
    PARTNER_HOUR_OPTION = "partner_hour_option"
    NOTIFICATIONS_ARE = "notifications_are"
    PARTNER_PROFILE_COMMAND = "partner_profile_command"
    PARTNER_PROFILE_OPTION = "partner_profile_option"
    PROFILE_ORGANIZATION = "profile_organization"
    PROFILE_PERSON = "profile_person"
    PROFILE_UNKNOWN = "profile_unknown"
    PROFILE_NONE = "profile_none"
    LABEL_SHOW_ME = "label_show_me"
    LABEL_HIDE_ME = "label_hide_me"
    LABEL_PROFILE_CONTACT = "label_profile_contact"
    CONTACT_FORM_TITLE = "contact_form_title"
    FIELD_PROFILE_CONTACT = "field_profile_contact"
    HINT_PROFILE_CONTACT = "hint_profile_contact"
    LETTER_NEW = "letter_new"
    LETTER_REMINDER = "letter_reminder"
    LETTER_CHANGED = "letter_changed"
    LETTER_MOVED_UP = "letter_moved_up"
    LETTER_OUTCOME = "letter_outcome"
    LABEL_LETTER_OUTCOME = "label_letter_outcome"
    LETTER_OUTCOME_OPTION = "letter_outcome_option"
    LETTER_OUTCOME_NOTED = "letter_outcome_noted"
    LETTER_OUTCOME_GONE = "letter_outcome_gone"
    LETTER_GAVE_UP = "letter_gave_up"
    DIGEST_LEAD = "digest_lead"
    DIGEST_KIND = "digest_kind"
    DIGEST_CLOSING = "digest_closing"
    DIGEST_LINE = "digest_line"
    DIGEST_MORE = "digest_more"
    DIGEST_NOTHING = "digest_nothing"
    LABEL_DIGEST_INTERESTED = "label_digest_interested"
    LABEL_DIGEST_NOT_FOR_US = "label_digest_not_for_us"
    OPPORTUNITY_DIGEST_COMMAND = "opportunity_digest_command"
    OPPORTUNITY_DIGEST_NOW_COMMAND = "opportunity_digest_now_command"
    DIGEST_FORMAT_OPTION = "digest_format_option"
    DIGEST_FILE = "digest_file"
    DIGEST_PAPER_TITLE = "digest_paper_title"
    DIGEST_PAPER_FACTS = "digest_paper_facts"
    DIGEST_PAPER_KIND = "digest_paper_kind"
    DIGEST_PAPER_FACT = "digest_paper_fact"
    DIGEST_ANSWERED = "digest_answered"
    OPPORTUNITY_REPORT_COMMAND = "opportunity_report_command"
    REPORT_DAYS_OPTION = "report_days_option"
    REPORT_NONE = "report_none"
    REPORT_LEAD = "report_lead"
    REPORT_LINE = "report_line"
    REPORT_LABEL = "report_label"
    REPORT_FOOT = "report_foot"
    OPPORTUNITIES_FIT = "opportunities_fit"


VARIABLES: dict[Spoken, frozenset[str]] = {
    PartnerPhrase.PARTNER_NEAR: frozenset({"name", "near"}),
    PartnerPhrase.PARTNER_JOINED: frozenset({"name", "others", "again"}),
    PartnerPhrase.PARTNER_NAME_BAD: frozenset({"most"}),
    PartnerPhrase.LABEL_PARTNER_MEANT: frozenset({"name"}),
    PartnerPhrase.PARTNERS_LEAD: frozenset({"count"}),
    PartnerPhrase.PARTNER_LINE: frozenset({"name", "people", "hidden", "interests", "region"}),
    PartnerPhrase.PARTNERS_MORE: frozenset({"count"}),
    PartnerPhrase.PARTNER_LEFT: frozenset({"name", "others", "people"}),
    PartnerPhrase.PARTNER_NOT_YOURS: frozenset({"name", "own"}),
    PartnerPhrase.INTERESTS_ARE: frozenset({"organization", "interests", "region", "changed"}),
    PartnerPhrase.INTERESTS_FOREIGN: frozenset({"interests"}),
    PartnerPhrase.INTERESTS_TOO_LONG: frozenset({"most", "length"}),
    PartnerPhrase.REGION_TOO_LONG: frozenset({"most"}),
    PartnerPhrase.NOTIFICATIONS_ARE: frozenset(
        {"mode", "hour", "zone", "start", "end", "next", "speaks"}
    ),
    PartnerPhrase.PROFILE_ORGANIZATION: frozenset(
        {"name", "people", "hidden", "interests", "region"}
    ),
    PartnerPhrase.PROFILE_PERSON: frozenset(
        {"mode", "hour", "zone", "start", "end", "shown", "name", "contact"}
    ),
    PartnerPhrase.PROFILE_UNKNOWN: frozenset({"name", "near"}),
    PartnerPhrase.LETTER_NEW: frozenset({"alliance", "reasons", "link"}),
    PartnerPhrase.LETTER_REMINDER: frozenset(
        {"alliance", "title", "id", "deadline", "contact", "link"}
    ),
    PartnerPhrase.LETTER_CHANGED: frozenset(
        {"alliance", "title", "id", "fields", "deadline", "closes", "region", "capacity", "link"}
    ),
    PartnerPhrase.LETTER_MOVED_UP: frozenset({"alliance", "title", "id", "contact", "link"}),
    PartnerPhrase.LETTER_OUTCOME: frozenset({"alliance", "title", "id", "interested"}),
    PartnerPhrase.LETTER_OUTCOME_OPTION: frozenset({"outcome"}),
    PartnerPhrase.LETTER_OUTCOME_NOTED: frozenset({"title", "id", "outcome", "again"}),
    PartnerPhrase.LETTER_GAVE_UP: frozenset({"day", "kinds"}),
    PartnerPhrase.DIGEST_LEAD: frozenset({"alliance", "count", "mode"}),
    PartnerPhrase.DIGEST_KIND: frozenset({"kind"}),
    PartnerPhrase.DIGEST_LINE: frozenset(
        {"id", "title", "organization", "region", "deadline", "soon", "link"}
    ),
    PartnerPhrase.DIGEST_MORE: frozenset({"count"}),
    PartnerPhrase.DIGEST_NOTHING: frozenset({"interests"}),
    PartnerPhrase.DIGEST_FILE: frozenset({"count"}),
    PartnerPhrase.DIGEST_PAPER_TITLE: frozenset({"alliance"}),
    PartnerPhrase.DIGEST_PAPER_FACTS: frozenset({"day", "count"}),
    PartnerPhrase.DIGEST_PAPER_KIND: frozenset({"kind"}),
    PartnerPhrase.DIGEST_PAPER_FACT: frozenset({"what", "value"}),
    PartnerPhrase.DIGEST_ANSWERED: frozenset(
        {"organization", "interested", "waiting", "not_for_us", "closed"}
    ),
    PartnerPhrase.REPORT_NONE: frozenset({"days"}),
    PartnerPhrase.REPORT_LEAD: frozenset({"days", "posted"}),
    PartnerPhrase.REPORT_LINE: frozenset(
        {"name", "posted", "reached", "interested", "waiting", "not_for_us", "outcomes"}
    ),
    PartnerPhrase.REPORT_LABEL: frozenset({"what"}),
    PartnerPhrase.OPPORTUNITIES_FIT: frozenset({"count", "kind"}),
}
