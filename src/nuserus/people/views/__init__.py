"""Pages of people that are not allauth's."""
