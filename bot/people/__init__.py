"""People as partners: which organizations they speak for, what these look for, when to be told."""
