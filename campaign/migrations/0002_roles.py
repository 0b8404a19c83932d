from django.db import migrations

from campaign import roles


class Migration(migrations.Migration):
    dependencies = [
        ("campaign", "0001_initial"),
        ("articles", "0005_desk"),
        ("appeals", "0003_reports"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(lambda apps, editor: roles.make(apps), migrations.RunPython.noop)]
