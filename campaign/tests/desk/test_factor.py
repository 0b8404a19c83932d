"""The second factor: forced set-up, codes good for once, paper, renewal, reset."""

import base64
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from articles.models import Article, AuditEntry
from campaign.desk import factor
from campaign.models import SecondFactor
from campaign.tests.accounts import PASSWORD, at_desk
from campaign.tests.desk.test_roles import TABLE, path

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 5, 21, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(settings):
    settings.SECOND_FACTOR = True
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def page(client: Client, name: str = "factor", **data: str):
    return client.post(reverse(f"admin:{name}"), data) if data else client.get(reverse(f"admin:{name}"))


def app(secret: str, later: int = 0) -> str:
    """What the app shows, so many seconds from now."""
    return factor.totp(secret).generate(int(time.time()) + later).decode()


def set_up(role: str = "editor", **account: str) -> tuple[Client, str, list[str]]:
    """An account at the desk that has a second factor: its browser, its secret, its codes on paper."""
    client = at_desk(role, **account)
    secret = page(client).context["secret"].replace(" ", "")
    return client, secret, page(client, code=app(secret)).context["codes"]


def again(user: User) -> Client:
    """Another browser, past the password."""
    client = Client()
    client.login(username=user.username, password=PASSWORD)
    return client


def opens(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def admin_paths() -> list[str]:
    models = [path(model, view, 1) for model in TABLE for view in ("changelist", "add", "change", "delete", "history")]
    own = [reverse(f"admin:{name}") for name in ("index", "guide", "queue", "ledger", "ledger_export", "factor_renew", "password_change")]
    return [*models, *own, *(reverse(f"admin:{name}", args=[1]) for name in ("add_update", "close", "withdraw", "ledger_address"))]


@pytest.mark.parametrize("role", ["reporter", "editor", "administrator", "superuser"])
def test_a_password_alone_opens_nothing(role):
    client, gate = at_desk(role), reverse("admin:factor")
    answers = {path: client.get(path) for path in admin_paths()}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 302 or not answer.url.startswith(gate)} == {}
    client.post(reverse("admin:articles_article_add"), {"title": "Published by a thief", "kind": "report", "status": "published", "language": "en"})
    assert Article.objects.count() == 0


def test_the_first_login_sets_it_up_and_shows_ten_codes_once():
    client = at_desk("editor")
    shown = page(client)
    secret = shown.context["secret"].replace(" ", "")
    assert (len(secret), "<svg" in shown.content.decode(), page(client).context["secret"].replace(" ", "")) == (32, True, secret)
    assert page(client, code="000000").context["form"].errors
    assert not opens(client)
    done = page(client, code=app(secret))
    assert len(set(done.context["codes"])) == 10
    assert opens(client)
    assert list(AuditEntry.objects.order_by("pk").values_list("account", "act", "what"))[-2:] == [
        ("editor", "failed-login", "second factor"),
        ("editor", "factor", "editor"),
    ]


def test_a_code_of_the_app_is_good_for_once_and_for_clocks_half_a_minute_off(clock):
    client, secret, _paper = set_up()
    second = again(client.user)
    assert page(second, code=app(secret)).context["form"].errors  # used at set-up
    clock.shift(timedelta(minutes=5))
    assert page(second, code=app(secret, later=-60)).context["form"].errors
    answer = page(second, code=f"{app(secret, later=30)[:3]} {app(secret, later=30)[3:]}")
    assert (answer.status_code, opens(second)) == (302, True)
    third = again(client.user)
    assert page(third, code=app(secret, later=30)).context["form"].errors
    assert not opens(third)


def test_each_code_on_paper_is_good_for_once_and_for_its_own_account():
    client, _secret, paper = set_up()
    other, _secret, _paper = set_up("administrator")
    assert page(again(other.user), code=paper[0]).context["form"].errors
    second, third = again(client.user), again(client.user)
    assert page(second, code=paper[0].upper().replace("-", " ")).status_code == 302
    assert page(third, code=paper[0]).context["form"].errors
    assert page(third, code=paper[1]).status_code == 302
    assert (opens(second), opens(third)) == (True, True)


def test_guessing_is_slowed_down_then_shut_out(clock):
    client, secret, _paper = set_up()
    clock.shift(timedelta(minutes=5))
    thief = again(client.user)
    for _guess in range(3):
        page(thief, code="123456")
    assert "try again in" in str(page(thief, code=app(secret)).context["form"].errors)
    clock.shift(timedelta(seconds=3))
    assert page(thief, code=app(secret)).status_code == 302


def test_neither_secret_nor_paper_stands_in_the_database_in_clear():
    _client, secret, paper = set_up()
    row = str(SecondFactor.objects.values().get())
    assert [code for code in (secret, *paper, *(factor.spoken(code) for code in paper)) if code in row] == []


def test_it_goes_on_to_the_page_that_was_asked_for_and_to_no_other_site(clock):
    client, _secret, paper = set_up()
    second = again(client.user)
    asked = second.get(reverse("admin:queue")).url
    assert second.get(asked).context["onward"] == reverse("admin:queue")
    for code, onward in zip(paper, ("https://evil.example/", "//evil.example", "/admin/../evil", "/feed/"), strict=False):
        answer = again(client.user).post(reverse("admin:factor"), {"code": code, "next": onward})
        assert answer.url.startswith("/admin/")


def test_a_new_app_ends_the_sessions_of_the_old(clock):
    client, secret, _paper = set_up()
    clock.shift(timedelta(minutes=5))
    second = again(client.user)
    page(second, code=app(secret))
    clock.shift(timedelta(minutes=5))
    assert page(client, "factor_renew", code=app(secret), device="1").url == reverse("admin:factor")
    new = page(client).context["secret"].replace(" ", "")
    page(client, code=app(new))
    assert (new != secret, opens(client), opens(second)) == (True, True, False)
    assert second.get(reverse("admin:index")).url.startswith(reverse("admin:login"))


def test_while_another_app_is_set_up_the_old_stands_so_that_a_password_alone_opens_nothing(clock):
    client, secret, paper = set_up()
    thief = again(client.user)
    page(client, "factor_renew", code=paper[0], device="1")
    theirs = page(thief)
    assert "secret" not in (theirs.context or {})
    assert page(thief, code=paper[1]).status_code == 302  # the old still opens: the editor may have lost heart
    clock.shift(timedelta(minutes=31))
    assert "secret" not in (page(client).context or {})
    clock.shift(timedelta(minutes=5))
    assert page(client, code=app(secret)).status_code == 302


def test_no_name_typed_at_the_login_uses_up_the_tries_of_a_second_factor(clock):
    client, secret, _paper = set_up()
    clock.shift(timedelta(minutes=5))
    for name in (f"factor of {client.user.pk}", f"factor of\0{client.user.pk}"):
        for _try in range(3):
            Client().post(reverse("admin:login"), {"username": name, "password": "wrong"}, REMOTE_ADDR="192.0.2.9")
    assert page(again(client.user), code=app(secret)).status_code == 302


def test_ten_new_codes_on_paper_end_the_old(clock):
    client, _secret, old = set_up()
    assert page(client, "factor_renew").context["left"] == 10
    new = page(client, "factor_renew", code=old[0], paper="1").context["codes"]
    assert (len(set(new)), set(new) & set(old)) == (10, set())
    assert page(again(client.user), code=old[1]).context["form"].errors
    assert page(again(client.user), code=new[0]).status_code == 302


@pytest.mark.parametrize(("role", "name"), [("administrator", "auth_user_changelist"), ("administrator", "auth_user_add"), ("editor", "ledger_export")])
def test_accounts_and_exports_ask_again_after_half_an_hour(clock, role, name):
    client, secret, _paper = set_up(role)
    ask = client.post if name == "ledger_export" else client.get
    assert ask(reverse(f"admin:{name}")).status_code == 200
    clock.shift(timedelta(minutes=31))
    assert (opens(client), ask(reverse(f"admin:{name}")).url.startswith(reverse("admin:factor"))) == (True, True)
    page(client, code=app(secret))
    assert ask(reverse(f"admin:{name}")).status_code == 200


def test_words_posted_before_the_factor_is_shown_are_held(clock):
    client, _secret, _paper = set_up()
    second = again(client.user)
    answer = second.post(reverse("admin:articles_article_add"), {"title": "Night shift", "body": "They went down at ten, and nobody has come up since then."})
    assert (answer.status_code, "nobody has come up since then" in answer.content.decode(), Article.objects.count()) == (403, True, 0)


def test_the_command_lets_an_account_begin_anew_and_ends_its_sessions(capsys):
    client, secret, _paper = set_up()
    call_command("reset_factor", "editor")
    assert "sets up a new second factor" in capsys.readouterr().out
    assert not opens(client)
    fresh = page(again(client.user)).context["secret"].replace(" ", "")
    assert fresh != secret
    assert AuditEntry.objects.filter(act="factor").latest("pk").what == "editor: reset by command"
    for name in ("editor", "nobody"):
        with pytest.raises(CommandError, match=name):
            call_command("reset_factor", name)


def test_under_another_key_of_the_site_no_code_opens(settings, clock):
    _client, secret, _paper = set_up()
    clock.shift(timedelta(minutes=5))
    settings.SECRET_KEY = "another secret that only the tests know, of fifty letters and more"
    assert not factor.shown(SecondFactor.objects.get(), app(secret))


def test_it_is_not_asked_where_it_is_switched_off(settings):
    settings.SECOND_FACTOR = False
    assert opens(at_desk("editor"))


def test_readers_never_meet_it(client):
    assert client.get("/").status_code == 200


def test_the_codes_are_those_of_the_standard():
    """RFC 6238, appendix B, shortened to six digits."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    known = {59: "287082", 1111111109: "081804", 1234567890: "005924", 2000000000: "279037"}
    for moment, code in known.items():
        with time_machine.travel(moment, tick=False):
            assert factor.step_of(secret, code) == moment // 30
