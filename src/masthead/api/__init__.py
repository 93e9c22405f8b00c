"""The face for programs: /api/v1. Parses, calls the services below, renders; no rules of its own."""
