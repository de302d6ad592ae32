"""Where the bot is used: each adapter draws screens and turns what people do into flows."""
