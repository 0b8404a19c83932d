"""What lower floors may ask about the site as a whole. The profile lives on the roof, so a setting says where."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def profile() -> Any:
    """The site's profile: its name, tagline, about. No query while the frame is warm."""
    return import_string(settings.SITE_PROFILE)()
