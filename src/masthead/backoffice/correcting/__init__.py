"""The screens on which staff correct an edition: articles, pages, contents, accessibility, and the ledger of it all."""
