"""The desk: Django's admin, whose first page says what needs an editor now."""

from django.contrib.admin import AdminSite


class Desk(AdminSite):
    enable_nav_sidebar = False  # it keeps its state on the device
