from django.urls import path

from appeals.views import pages

urlpatterns = [
    path("appeals/", pages.appeals, name="appeals"),
    path("appeals/<slug:slug>/", pages.appeal, name="appeal"),
]
