"""Forms of grids and questionnaires."""
