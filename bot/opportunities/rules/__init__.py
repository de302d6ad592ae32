"""What an opportunity is and whom it fits, pure: no database, no chat."""
