"""The history of the database's tables, run by `bot.database.migrate` when a store is opened."""
