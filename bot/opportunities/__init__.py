"""Opportunities from intermediaries to partners: posting, matching, answering, digests, reports."""
