"""What stewards set up and look after: channels, roles, retention, the state of the guide."""
