from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "appeals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import appeals.preflight  # noqa: F401  adds its checks to those of texts
        from articles import versions

        versions.ROWS += ["appeal_addresses", "letters", "letter_claims"]
