"""Analysis of French professional writing and of what is measured from it.

A plain Python library: it knows neither Django nor the rest of nuserus, so that
it can be read, tested and reused alone.
"""
