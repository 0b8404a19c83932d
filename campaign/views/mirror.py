from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.public import FRESH, public


@public()
def mirror(request: HttpRequest) -> HttpResponse:
    """Where copies of this site are, and how to check one; in a copy, when it was made."""
    return render(request, "campaign/mirror.html")


@require_safe
def whole(request: HttpRequest) -> FileResponse:
    """The newest mirror in one file, where no nginx stands in front to serve it (`deploy/nginx.conf` does)."""
    try:
        file = settings.MIRROR_ZIP.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, as_attachment=True, headers={"Cache-Control": f"public, max-age={FRESH}"})
