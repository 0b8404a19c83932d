from campaign.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Brings in a Blogger backup, a Takeout feed.atom, or Takeout's zip or folder. A second run doubles nothing."
    command = "import_blogger"
