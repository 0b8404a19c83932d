"""Readers' messages, published or rejected by an editor."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.models import Message, MessageState


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    list_display = ("text", "name", "organisation", "place", "post", "state", "sent_at")
    list_filter = ("state",)
    list_select_related = ("post",)
    raw_id_fields = ("post", "reply_to")
    actions = ("publish", "reject")

    @admin.action(description="Publish the chosen messages")
    def publish(self, request: HttpRequest, messages: QuerySet) -> None:
        self.message_user(request, f"{messages.update(state=MessageState.PUBLISHED)} published.")

    @admin.action(description="Reject the chosen messages")
    def reject(self, request: HttpRequest, messages: QuerySet) -> None:
        self.message_user(request, f"{messages.update(state=MessageState.REJECTED)} rejected.")
