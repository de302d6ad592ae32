"""Every number that Discord sets, in one place.

Each constant names the schema of Discord's OpenAPI description it comes from, or "docs" and the
section of the developer documentation where that description has no number. Lengths are in
characters, the names that end in `_SECONDS` and `_BYTES` say so.
"""

from typing import Final

# Messages
ATTACHMENT_BYTES: Final = 10 * 1024 * 1024  # docs: uploads, default limit of 10 MiB a file
NONCE: Final = 25  # MessageCreateRequest.nonce.oneOf[1].maxLength
HISTORY_PAGE: Final = 100  # GET /channels/{channel_id}/messages?limit.maximum

# Components
SELECT_PLACEHOLDER: Final = 150  # StringSelectComponentForMessageRequest.placeholder.maxLength
ACTION_ROW_BUTTONS: Final = 5  # ActionRowComponentForMessageRequest.components.maxItems
BUTTON_LABEL: Final = 80  # ButtonComponentForMessageRequest.label.maxLength
SELECT_OPTIONS: Final = 25  # StringSelectComponentForMessageRequest.options.maxItems
SELECT_VALUES: Final = 25  # StringSelectComponentForMessageRequest.max_values.maximum
SELECT_OPTION_LABEL: Final = 100  # StringSelectOptionForRequest.label.maxLength
SELECT_OPTION_VALUE: Final = 100  # StringSelectOptionForRequest.value.maxLength
SELECT_OPTION_DESCRIPTION: Final = 100  # StringSelectOptionForRequest.description.maxLength

# Components V2
COMPONENTS_V2_TOTAL: Final = 40  # MessageCreateRequest.components.maxItems
COMPONENTS_V2_TEXT: Final = 4000  # docs: Components V2, text over a whole message

# Forms
LABEL_DESCRIPTION: Final = 100  # LabelComponentForModalRequest.description.maxLength
LABEL: Final = 45  # LabelComponentForModalRequest.label.maxLength
MODAL_TITLE: Final = 45  # ModalInteractionCallbackRequestData.title.maxLength
TEXT_INPUT_PLACEHOLDER: Final = 100  # TextInputComponentForModalRequest.placeholder.maxLength
TEXT_INPUT_VALUE: Final = 4000  # TextInputComponentForModalRequest.value.maxLength

# Commands
COMMAND_OPTION_LENGTH: Final = 6000  # ApplicationCommandStringOption.max_length.maximum
CHOICES: Final = 25  # InteractionApplicationCommandAutocompleteCallbackStringData.choices.maxItems
CHOICE_NAME: Final = 100  # ApplicationCommandOptionStringChoice.name.maxLength
CHOICE_VALUE: Final = 100  # docs: Application Command Option Choice, for strings

# Threads and members
THREAD_NAME: Final = 100  # CreateTextThreadWithMessageRequest.name.maxLength

# Interactions
INTERACTION_ACK_SECONDS: Final = 3  # docs: Responding to an Interaction, the first answer
TYPING_SECONDS: Final = 10  # docs: Trigger Typing Indicator, how long it is shown

# Codes of errors
TOO_MANY_REQUESTS: Final = 429  # docs: HTTP Response Codes
UNKNOWN_CHANNEL: Final = 10003  # docs: JSON Error Codes
UNKNOWN_MEMBER: Final = 10007  # docs: JSON Error Codes
UNKNOWN_MESSAGE: Final = 10008  # docs: JSON Error Codes
UNKNOWN_INTERACTION: Final = 10062  # docs: JSON Error Codes
ALREADY_ACKNOWLEDGED: Final = 40060  # docs: JSON Error Codes
MISSING_ACCESS: Final = 50001  # docs: JSON Error Codes
NO_DIRECT_MESSAGES: Final = 50007  # docs: JSON Error Codes
MISSING_PERMISSIONS: Final = 50013  # docs: JSON Error Codes
ARCHIVED_THREAD: Final = 50083  # docs: JSON Error Codes
THREAD_EXISTS: Final = 160004  # docs: JSON Error Codes, the message has a thread already
