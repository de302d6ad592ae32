"""The history of the database's tables, run by `bot.infra.store.migrate` when a store is opened."""
