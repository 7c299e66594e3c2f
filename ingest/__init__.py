"""From papers to statements; the only home of spaCy."""
