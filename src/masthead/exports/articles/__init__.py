"""An issue's articles as files for other programs and other people: plain text, Markdown, HTML, JSON."""
