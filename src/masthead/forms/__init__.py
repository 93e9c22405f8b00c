"""Forms that publishers lay before or beside what is read, and what readers answer."""
