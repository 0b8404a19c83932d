"""Answers that no view gives: an address of old, a method that a page does not take."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from campaign import oldaddresses
from campaign.middleware import on_desk
from campaign.views import errors

GetResponse = Callable[[HttpRequest], HttpResponse]


class OldAddresses:
    """301 for a query that an old address knows ("/?p=123"), though its path is a page of ours. Paths alone are looked up when
    nothing answers them (`errors.not_found`)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.GET and request.method in ("GET", "HEAD") and not on_desk(request):
            target = oldaddresses.by_query(request.path, request.GET)
            if target:
                return HttpResponsePermanentRedirect(target)
        return self.get_response(request)


ECHOES = ("TRACE", "TRACK", "CONNECT")
"""Methods that would hand a client's own headers back, which no view asks for and the admin would answer as if they were GET."""


class MethodNotAllowed:
    """Django refuses a method with an empty page; readers get one that says what to do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ECHOES:
            return errors.not_allowed(request, "GET, HEAD")
        response = self.get_response(request)
        if response.status_code == 405 and not on_desk(request):
            return errors.not_allowed(request, response.headers["Allow"])
        return response
