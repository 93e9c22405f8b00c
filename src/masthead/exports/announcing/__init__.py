"""What machines are told of publications and their editions: feeds, catalogues, sitemaps, IIIF, schema.org, oEmbed."""
