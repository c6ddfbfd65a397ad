"""Reading grids, questionnaires and fiches as the person who asks may."""
