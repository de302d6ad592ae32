"""The database: connections, transactions, the alliance's scope."""
