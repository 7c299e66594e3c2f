"""This package asks whether a paper agrees with itself, and papers with each other: one row of CHECKS a check."""
