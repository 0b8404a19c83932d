from django.urls import path

from appeals.views import pages, supporters

urlpatterns = [
    path("appeals/", pages.appeals, name="appeals"),
    path("appeals/<slug:slug>/", pages.appeal, name="appeal"),
    path("appeals/<slug:slug>/sent/", supporters.sent, name="appeal_sent"),
    path("appeals/<slug:slug>/messages/", supporters.messages, name="appeal_messages"),
    path("appeals/<slug:slug>/failed/<int:address>/", supporters.failed, name="appeal_failed"),
]
