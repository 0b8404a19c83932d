"""What every public view is: GET and HEAD only, with the query parameters it declares and no others."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]


def public(*params: str) -> Callable[[View], View]:
    """Marks a view that is the same for every reader. What it does not declare never reaches it, nor a cache's key."""

    def decorate(view: View) -> View:
        @wraps(view)
        def only_declared(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            request.params = {name: request.GET[name] for name in params if name in request.GET}
            return view(request, *args, **kwargs)

        wrapped = require_safe(only_declared)
        wrapped.params = params
        return wrapped

    return decorate
