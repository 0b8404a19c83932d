"""The site profile, which says in one row who runs the campaign, and the second factors of the desk's accounts."""

import secrets

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.links import may_lead
from articles.models.revision import Shown


class SiteProfile(Shown):
    """One row, made by the first migration. Language and time zone are settings: addresses hang on them."""

    name = models.CharField(max_length=40, default="Campaign", help_text=_("8 to 40 letters; stands in capitals at the head of every page."))
    tagline = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True, help_text=_("One or two sentences for the foot of every page and for search engines."))
    postal_address = models.CharField(max_length=300, blank=True)
    contact_email = models.EmailField(blank=True)
    fund_title = models.CharField(max_length=100, blank=True)
    fund_text = models.TextField(blank=True, help_text=_("One sentence on what money does. Empty: no donation box anywhere."))
    fund_link = models.CharField(max_length=300, blank=True, help_text=_("Where giving happens: a page of this site (/donate/) or an address."))
    fund_button = models.CharField(max_length=60, blank=True)
    links = models.JSONField(default=list, blank=True, help_text=_('Links for the foot of every page: [{"name": "…", "url": "…"}].'))
    mirrors = models.JSONField(default=list, blank=True, help_text=_("Addresses of mirrors of this site."))

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """What every page prints must not spoil every page."""
        if not may_lead(self.fund_link):
            raise ValidationError({"fund_link": _("This is no address that a page may link. Write one that begins with https:// or /.")})
        if not isinstance(self.mirrors, list) or not all(isinstance(one, str) and may_lead(one) for one in self.mirrors):
            raise ValidationError({"mirrors": _('Write addresses in quotes, in square brackets: ["https://mirror.example.org/"].')})
        if not isinstance(self.links, list) or not all(map(is_link, self.links)):
            raise ValidationError({"links": _('Write each link as a name and an address: [{"name": "…", "url": "https://…"}].')})


def is_link(one: object) -> bool:
    return isinstance(one, dict) and one.keys() == {"name", "url"} and all(isinstance(words, str) for words in one.values()) and may_lead(one["url"])


def new_stamp() -> str:
    return secrets.token_hex(16)


class SecondFactor(models.Model):
    """What an account shows besides its password: the codes of an authenticator app, and ten codes on paper, each good for once.

    The app's secret is kept under the site's own key and the paper codes as hashes, so that a copy of the database opens nothing.
    """

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_factor")
    sealed = models.CharField(max_length=300)
    stamp = models.CharField(max_length=32, default=new_stamp)
    last_step = models.BigIntegerField(default=0)
    paper = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.account)


class DeskSession(AbstractBaseSession):
    """A session of the desk, whose account can end it. Nothing of the browser or its address is kept."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="desk_sessions")
    began = models.DateTimeField(null=True)

    @classmethod
    def get_session_store_class(cls) -> type:
        from campaign.desk.session_store import SessionStore

        return SessionStore
