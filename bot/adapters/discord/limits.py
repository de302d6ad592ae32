"""Every number that Discord sets, in one place.

Each constant names the schema of Discord's OpenAPI description it comes from, or "docs" and the
section of the developer documentation where that description has no number. Lengths are in
characters, the names that end in `_SECONDS` and `_BYTES` say so.
"""

from typing import Final

# Messages
MESSAGE_CONTENT: Final = 2000  # IncomingWebhookInteractionRequest.content.maxLength
MESSAGE_EMBEDS: Final = 10  # MessageCreateRequest.embeds.maxItems
MESSAGE_ATTACHMENTS: Final = 10  # MessageCreateRequest.attachments.maxItems
ATTACHMENT_BYTES: Final = 10 * 1024 * 1024  # docs: uploads, default limit of 10 MiB a file
ATTACHMENT_FILENAME: Final = 1024  # MessageAttachmentRequest.filename.maxLength
ATTACHMENT_DESCRIPTION: Final = 1024  # MessageAttachmentRequest.description.maxLength
NONCE: Final = 25  # MessageCreateRequest.nonce.oneOf[1].maxLength
NONCE_SECONDS: Final = 5 * 60  # docs: enforce_nonce, "the past few minutes"
ALLOWED_MENTIONS_IDS: Final = 100  # MessageAllowedMentionsRequest.users.maxItems
HISTORY_PAGE: Final = 100  # GET /channels/{channel_id}/messages?limit.maximum

# Embeds
EMBED_TITLE: Final = 256  # RichEmbed.title.maxLength
EMBED_DESCRIPTION: Final = 4096  # RichEmbed.description.maxLength
EMBED_FIELDS: Final = 25  # RichEmbed.fields.maxItems
EMBED_FIELD_NAME: Final = 256  # RichEmbedField.name.maxLength
EMBED_FIELD_VALUE: Final = 1024  # RichEmbedField.value.maxLength
EMBED_FOOTER: Final = 2048  # RichEmbedFooter.text.maxLength
EMBED_AUTHOR: Final = 256  # RichEmbedAuthor.name.maxLength
EMBED_URL: Final = 2048  # RichEmbed.url.maxLength
EMBED_TOTAL: Final = 6000  # docs: Embed Limits, over all embeds of a message
COLOR: Final = 0xFFFFFF  # RichEmbed.color.maximum

# Components
ACTION_ROWS: Final = 5  # docs: Components, without the Components V2 flag
ACTION_ROW_BUTTONS: Final = 5  # ActionRowComponentForMessageRequest.components.maxItems
ACTION_ROW_SELECTS: Final = 1  # docs: Action Row, one select menu alone
BUTTON_LABEL: Final = 80  # ButtonComponentForMessageRequest.label.maxLength
BUTTON_URL: Final = 512  # ButtonComponentForMessageRequest.url.maxLength
CUSTOM_ID: Final = 100  # ButtonComponentForMessageRequest.custom_id.maxLength
CUSTOM_ID_MIN: Final = 1  # ButtonComponentForMessageRequest.custom_id.minLength
SELECT_OPTIONS: Final = 25  # StringSelectComponentForMessageRequest.options.maxItems
SELECT_OPTIONS_MIN: Final = 1  # StringSelectComponentForMessageRequest.options.minItems
SELECT_VALUES: Final = 25  # StringSelectComponentForMessageRequest.max_values.maximum
SELECT_PLACEHOLDER: Final = 150  # StringSelectComponentForMessageRequest.placeholder.maxLength
SELECT_OPTION_LABEL: Final = 100  # StringSelectOptionForRequest.label.maxLength
SELECT_OPTION_VALUE: Final = 100  # StringSelectOptionForRequest.value.maxLength
SELECT_OPTION_DESCRIPTION: Final = 100  # StringSelectOptionForRequest.description.maxLength

# Components V2
COMPONENTS_V2_TOTAL: Final = 40  # MessageCreateRequest.components.maxItems
COMPONENTS_V2_TEXT: Final = 4000  # docs: Components V2, text over a whole message
TEXT_DISPLAY: Final = 4000  # TextDisplayComponentForMessageRequest.content.maxLength
SECTION_TEXTS: Final = 3  # SectionComponentForMessageRequest.components.maxItems
GALLERY_ITEMS: Final = 10  # MediaGalleryComponentForMessageRequest.items.maxItems
MEDIA_DESCRIPTION: Final = 1024  # ThumbnailComponentForMessageRequest.description.maxLength

# Forms
MODAL_TITLE: Final = 45  # ModalInteractionCallbackRequestData.title.maxLength
MODAL_COMPONENTS: Final = 5  # docs: Modal, 1 to 5 components
TEXT_INPUT_LABEL: Final = 45  # TextInputComponentForModalRequest.label.maxLength
TEXT_INPUT_PLACEHOLDER: Final = 100  # TextInputComponentForModalRequest.placeholder.maxLength
TEXT_INPUT_VALUE: Final = 4000  # TextInputComponentForModalRequest.value.maxLength
LABEL: Final = 45  # LabelComponentForModalRequest.label.maxLength
LABEL_DESCRIPTION: Final = 100  # LabelComponentForModalRequest.description.maxLength
FILE_UPLOAD_VALUES: Final = 10  # FileUploadComponentForModalRequest.max_values.maximum
RADIO_OPTIONS: Final = 10  # RadioGroupComponentForModalRequest.options.maxItems
RADIO_OPTIONS_MIN: Final = 2  # RadioGroupComponentForModalRequest.options.minItems
CHECKBOX_OPTIONS: Final = 10  # CheckboxGroupComponentForModalRequest.options.maxItems

# Commands
COMMANDS: Final = 100  # docs: Registering a Command, global slash commands
COMMAND_NAME: Final = 32  # ApplicationCommandUpdateRequest.name.maxLength
COMMAND_DESCRIPTION: Final = 100  # ApplicationCommandUpdateRequest.description.maxLength
COMMAND_OPTION_DESCRIPTION: Final = 100  # ApplicationCommandStringOption.description.maxLength
COMMAND_OPTIONS: Final = 25  # ApplicationCommandUpdateRequest.options.maxItems
COMMAND_CHOICES: Final = 25  # ApplicationCommandStringOption.choices.maxItems
COMMAND_OPTION_LENGTH: Final = 6000  # ApplicationCommandStringOption.max_length.maximum
COMMAND_TOTAL: Final = 8000  # docs: names, descriptions and values of one command
CHOICES: Final = 25  # InteractionApplicationCommandAutocompleteCallbackStringData.choices.maxItems
CHOICE_NAME: Final = 100  # ApplicationCommandOptionStringChoice.name.maxLength
CHOICE_VALUE: Final = 100  # docs: Application Command Option Choice, for strings

# Threads and members
THREAD_NAME: Final = 100  # CreateTextThreadWithMessageRequest.name.maxLength
THREAD_NAME_MIN: Final = 1  # CreateTextThreadWithMessageRequest.name.minLength
THREAD_SLOWMODE: Final = 21_600  # CreateTextThreadWithMessageRequest.rate_limit_per_user.maximum
MEMBERS_PAGE: Final = 1000  # GET /guilds/{guild_id}/members?limit.maximum

# Interactions
INTERACTION_ACK_SECONDS: Final = 3  # docs: Responding to an Interaction, the first answer
INTERACTION_TOKEN_SECONDS: Final = 15 * 60  # docs: Responding to an Interaction, the token
TYPING_SECONDS: Final = 10  # docs: Trigger Typing Indicator, how long it is shown

# Codes of errors
TOO_MANY_REQUESTS: Final = 429  # docs: HTTP Response Codes
UNKNOWN_CHANNEL: Final = 10003  # docs: JSON Error Codes
UNKNOWN_MESSAGE: Final = 10008  # docs: JSON Error Codes
UNKNOWN_INTERACTION: Final = 10062  # docs: JSON Error Codes
ALREADY_ACKNOWLEDGED: Final = 40060  # docs: JSON Error Codes
MISSING_ACCESS: Final = 50001  # docs: JSON Error Codes
NO_DIRECT_MESSAGES: Final = 50007  # docs: JSON Error Codes
MISSING_PERMISSIONS: Final = 50013  # docs: JSON Error Codes
ARCHIVED_THREAD: Final = 50083  # docs: JSON Error Codes
THREAD_EXISTS: Final = 160004  # docs: JSON Error Codes, the message has a thread already
