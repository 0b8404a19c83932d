"""How the site fares with many posts, measured: `manage.py bench`."""
