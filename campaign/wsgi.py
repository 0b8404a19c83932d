"""The application gunicorn serves: Django behind its page cache, and a last resort before both."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402  settings are there once Django is

from campaign.lastresort import LastResort  # noqa: E402
from campaign.pagecache import PageCache  # noqa: E402

if settings.PAGE_CACHE_BYTES:
    application = PageCache(application)
application = LastResort(application)
