from django.apps import AppConfig
from django.contrib.admin import apps as admin


class CampaignConfig(AppConfig):
    name = "campaign"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from campaign.desk import audit, sessions

        audit.listen()
        sessions.listen()


class DeskConfig(admin.AdminConfig):
    """Django's admin, with the desk as its first page."""

    default = False
    default_site = "campaign.desk.site.Desk"
