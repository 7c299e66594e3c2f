"""This package holds the web pages: one file a page, each with `render(store)`, over the tested core."""
