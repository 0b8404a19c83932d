"""Help beside the fields, and the editors' guide."""

from django.apps import apps

PLAIN = {
    "text", "name", "organisation", "place", "state", "sent_at", "post", "reply_to", "died", "age", "labels", "appeal", "address", "recipient", "day", "target",
    "path", "query", "token", "source_url",
}  # fmt: skip
"""Fields of readers' words and of tables that nobody fills in by hand, or whose name is all there is to say."""
FILLED_IN = ("article", "appeal", "recipient", "address", "appealaddress", "letter", "letterclaim", "life", "update", "event", "picture", "label")


def test_every_field_that_an_editor_fills_in_says_what_it_is_for():
    models = [model for app in ("articles", "appeals") for model in apps.get_app_config(app).get_models() if model._meta.model_name in FILLED_IN]
    assert len(models) == len(FILLED_IN)
    fields = [field for model in models for field in model._meta.get_fields() if getattr(field, "editable", False) and not field.auto_created]
    assert sorted({field.name for field in fields if not field.help_text} - PLAIN) == []
