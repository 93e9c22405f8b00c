"""What is read, counted without knowing who reads: events, daily totals, the rules of counting, reports."""
