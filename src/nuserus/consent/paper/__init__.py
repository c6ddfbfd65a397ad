"""Consents on paper."""
