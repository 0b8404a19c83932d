"""Pictures, where no nginx stands in front to serve them itself (`deploy/nginx.conf` does)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.pictures import FOLDER

TYPES = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}


@require_safe
def picture(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Named by their content, so kept for ever; of the type they are, and nothing in them is ever run."""
    try:
        content = (settings.MEDIA_ROOT / FOLDER / f"{name}.{form}").read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    policies = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return HttpResponse(content, content_type=TYPES[form], headers=policies)
