from campaign.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Brings in a WordPress export (WXR), plain, gzipped, zipped or in parts. A second run doubles nothing."
    command = "import_wordpress"
