"""Pictures, re-encoded at upload so that nothing of the camera, the place or the editor survives."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import pictures
from articles.models.revision import Shown


class Picture(Shown):
    """A picture as readers get it; `renditions` lists its widths, widest first: [{"width", "height", "webp", "jpeg"}]."""

    file = models.FileField(upload_to=pictures.FOLDER, help_text=_("It is written anew: place, device and names inside the file are gone."))
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField(max_length=500, blank=True, help_text=_("What the picture shows, for those who do not see it."))
    caption = models.CharField(max_length=500, blank=True, help_text=_("Who or what, where, when: readers see it under the picture."))
    credit = models.CharField(max_length=200, blank=True, help_text=_("Whose picture it is; empty where the name would harm somebody."))
    renditions = models.JSONField(default=list, editable=False)
    original = models.CharField(max_length=1000, blank=True, editable=False, help_text="The address an imported picture had.")

    def __str__(self) -> str:
        return self.alt or self.file.name

    @property
    def url(self) -> str:
        return self.file.url

    def srcset(self, kind: str) -> str:
        """The widths of one format ("webp", "jpeg") as an <img> or <source> takes them."""
        return ", ".join(f"{settings.MEDIA_URL}{one[kind]} {one['width']}w" for one in self.renditions)

    @property
    def webp(self) -> str:
        return self.srcset("webp")

    @property
    def jpeg(self) -> str:
        return self.srcset("jpeg")

    def take_upload(self) -> None:
        """Re-encode a file just chosen; ValidationError says why one is refused."""
        if self.file and not self.file._committed:
            pictures.take(self)

    def clean(self) -> None:
        self.take_upload()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.take_upload()
        super().save(*args, **kwargs)
