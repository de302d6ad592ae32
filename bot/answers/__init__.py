"""Questions and what comes of them: answers, feedback, gaps, practice notes."""
