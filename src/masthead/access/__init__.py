"""One question: may this person read this page of this edition, and if not, why."""
