"""What the faces over HTTP share: request ids, headers, languages, failures, sent files, fields of forms, the look."""
