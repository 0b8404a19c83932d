"""manage.py preflight over whole archives: the demo, whose one fault is meant, and the real ones, whose faults are known."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Post
from articles.preflight import Run, findings
from articles.tests.factories import make_article, make_hidden_articles
from campaign.management.commands.preflight import archive

pytestmark = pytest.mark.django_db


def test_the_demo_has_one_fault_and_it_is_meant():
    said = StringIO()
    call_command("demo", verbosity=0)
    call_command("preflight", stdout=said)
    assert said.getvalue().splitlines()[-1] == f"{Post.objects.exclude(status='withdrawn').count()} posts read, 1 findings, 0 of them errors."
    assert "in title (long-title): “Copper workers in Zhezkazgan" in said.getvalue()


def test_an_error_is_told_at_its_post_and_ends_with_failure(capsys):
    make_article(title="The march", slug="march", labels=("Strikes",), body="Send protests to:")
    said = StringIO()
    with pytest.raises(CommandError, match="1 posts read, 1 findings, 1 of them errors"):
        call_command("preflight", stdout=said)
    title, address, finding, *_mend = said.getvalue().splitlines()
    assert (title, address) == ("The march", "  http://localhost:8000/2012/08/29/march/")
    assert finding == "  error in body (leads-nowhere): “Send protests to:”"


def test_drafts_are_read_and_the_withdrawn_are_not():
    make_hidden_articles(body="Send protests to:", labels=("Strikes",))
    with pytest.raises(CommandError, match="3 posts read, 3 findings, 3 of them errors"):
        call_command("preflight", stdout=StringIO())


@pytest.mark.parametrize("number", [1, 3])
def test_the_archive_is_read_in_few_queries(number, django_assert_num_queries):
    for _ in range(number):
        make_article(labels=("Strikes",))
    with django_assert_num_queries(5):
        call_command("preflight", stdout=StringIO())


@pytest.mark.seeds
def test_the_real_archives_hold_the_faults_we_know(seeds):
    call_command("import_blogger", str(seeds / "blogger-classic.xml"), stdout=StringIO())
    call_command("import_wordpress", str(seeds / "wordpress.wxr.xml"), stdout=StringIO())
    run = Run()
    found = {str(post.published_on): sorted({finding.check for finding in findings(post, run)}) for post in archive()}
    assert found == {
        "2010-03-01": ["leads-nowhere"],
        "2010-12-21": ["glued", "leads-nowhere", "no-owner"],
        "2011-06-01": ["internal-note", "no-owner", "other-side", "private-number"],
        "2011-06-12": ["no-owner", "private-number"],
        "2011-07-01": ["no-country-code", "placeholder"],
        "2011-07-08": ["no-owner", "private-number"],
        "2011-07-24": ["no-country-code", "no-owner", "placeholder", "private-number"],
        "2011-11-27": ["not-in-ledger", "private-number"],
        "2011-12-14": ["long-title", "no-country-code", "other-day"],
        "2011-12-17": ["dateline-year", "leads-nowhere"],
        "2012-01-01": ["said-twice"],
        "2012-02-13": ["nothing-to-click"],
        "2012-04-30": ["link-says-nothing"],
        "2012-06-07": [],
        "2012-08-29": ["link-says-nothing", "said-twice"],
    }
