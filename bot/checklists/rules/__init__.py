"""What a run is and what happens to it, pure: no database, no chat."""
