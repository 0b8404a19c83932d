"""The words of articles.moments, for templates: {{ event|when }}, {{ update|at }}."""

from django import template

from articles import moments

register = template.Library()
register.filter("when", moments.when)
register.filter("at", moments.at)
