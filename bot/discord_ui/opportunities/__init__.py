"""Opportunities on Discord: from an intermediary's form to the answers of partners.

- `group`: the commands /opportunity.
- `posting`, `forms`, `preview`: typed into a form, looked at, posted; `reach`: whom it fits;
  `choosing`: which one is meant, who may do what.
- `card`: what a post looks like, pure; `items`: its buttons; `answering`, `asking`: what they do;
  `telling`: what an answer did.
- `listing`: what there is, who is interested, what came of it.
- `partners`, `interests`, `notifying`, `profiles`: the commands /partner.
- `letters`, `asked`, `digest_letters`, `outcomes`, `upkeep`: what notices say and do; `digests`: their page.
- `digest_now`, `reporting`: what is open, and what came of all of it; `mentioning`: in one line.
"""
