"""Every state a post has been in."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.posts import Post


class Version(models.Model):
    """A JSON of the whole post as an editor left it: labels, demands, letters and addresses too."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    data = models.JSONField()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.post}, {self.at:%d %B %Y %H.%M}"
