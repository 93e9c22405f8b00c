"""The words of the trade as frozen data: page, word, block, article, link, failure. Imports nothing of ours."""
