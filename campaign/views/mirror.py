from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.public import public


@public()
def mirror(request: HttpRequest) -> HttpResponse:
    """Where copies of this site are, and how to check one; in a copy, when it was made."""
    return render(request, "campaign/mirror.html")
