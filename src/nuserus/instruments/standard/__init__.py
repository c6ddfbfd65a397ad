"""The two standards that questionnaires are written in (XLSForm) and computed from (ODK XForms): pure functions."""
