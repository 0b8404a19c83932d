from django.urls import path

import articles.converters  # noqa: F401  registers number
from appeals.views import pages, records, supporters

urlpatterns = [
    path("appeals/", pages.appeals, name="appeals"),
    path("appeals/<slug:slug>/", pages.appeal, name="appeal"),
    path("appeals/<slug:slug>/appeal.txt", records.text, name="appeal_txt"),
    path("appeals/<slug:slug>/addresses.csv", records.addresses, name="appeal_csv"),
    path("appeals/<slug:slug>/<number:recipient>.vcf", records.card, name="appeal_card"),
    path("appeals/<slug:slug>/events.ics", records.events, name="appeal_ics"),
    path("appeals/<slug:slug>/letter-<number:letter>.eml", records.draft, name="appeal_draft"),
    path("appeals/<slug:slug>/sheet/", records.address_sheet, name="appeal_sheet"),
    path("appeals/<slug:slug>/sent/", supporters.sent, name="appeal_sent"),
    path("appeals/<slug:slug>/messages/", supporters.messages, name="appeal_messages"),
    path("appeals/<slug:slug>/failed/<number:address>/", supporters.failed, name="appeal_failed"),
]
