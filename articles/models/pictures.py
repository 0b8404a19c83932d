"""Pictures, re-encoded at upload so that nothing of the camera, the place or the editor survives."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.revision import Shown


class Picture(Shown):
    """A picture as readers get it; `renditions` lists its widths, widest first: [{"width", "height", "webp", "jpeg"}]."""

    file = models.ImageField(upload_to="pictures/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField(max_length=500, blank=True, help_text=_("What the picture shows, for those who do not see it."))
    caption = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    renditions = models.JSONField(default=list, editable=False)
    original = models.CharField(max_length=1000, blank=True, editable=False, help_text="The address an imported picture had.")

    def __str__(self) -> str:
        return self.alt or self.file.name

    def save(self, *args, **kwargs) -> None:
        from articles import pictures

        if self.file and not self.file._committed:
            pictures.reencode(self)
        super().save(*args, **kwargs)
