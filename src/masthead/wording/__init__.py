"""The words people see, in their languages: message catalogues."""
