"""The look of nuserus: base pages, form templates, components."""
