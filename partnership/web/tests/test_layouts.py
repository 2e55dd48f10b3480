"""The base template of every page: one language, no cookies for visitors, nothing that the security policy blocks."""

import re
from types import SimpleNamespace

import pytest
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from neighbours.first_things import FIRST_THINGS
from street.skylines import KIT
from talks.formats import FORMATS

STATIC, TEMPLATES = settings.BASE_DIR / "static", settings.BASE_DIR / "templates"
INLINE = re.compile(r'\sstyle="|<style|\son[a-z]+="|<script(?![^>]*(?:src=|type="application/json"))')


class Untouchable:
    """Replaces user, session or messages on a page that must not read them."""

    def __getattr__(self, name):
        raise AssertionError(f"the page looked at .{name}")

    def __iter__(self):
        raise AssertionError("the page went through it")


def partnership(**changes):
    given = {
        "name": "Bo Trygt! i Randers Kommune",
        "short_name": "Bo Trygt!",
        "municipality": "Randers",
        "languages": ["da", "sv", "en"],
        "language": "da",
        "contact_name": "Sekretariatet",
        "contact_email": "portal@randers.example",
        "country": "DK",
        "skyline": "river",
        "contact_phone": "89 15 10 00",
        "emergency_numbers": ("112", "114"),
        "partners": [{"name": "Randers Kommune", "role": "", "url": "https://randers.example/"}],
        "is_demonstration": False,
    }
    return SimpleNamespace(**{**given, **changes})


def asked(path="/da/", **changes):
    request = RequestFactory().get(path)
    request.partnership = partnership()
    request.user = request.session = request._messages = Untouchable()
    for name, value in changes.items():
        setattr(request, name, value)
    return request


def drawn(template, request, language="da", **context):
    with translation.override(language):
        return render_to_string(template, context, request=request)


def tag(source, request, **context):
    return Template("{% load portal %}" + source).render(Context({"request": request, **context}))


FRONT = {
    "street_share": 0.12,
    "street_sentence": "436 af 3.500",
    "verdict": None,
    "helpers_active": 436,
    "helpers_goal": 3500,
    "burglaries_now": 267,
    "target_now": 165,
    "burglaries_period": "2025",
}
MISSED = SimpleNamespace(sentence="267 indbrud mod et mål på 95.", status="behind")


@pytest.mark.parametrize("language", ["da", "sv", "en"])
def test_a_public_page_says_its_language_and_looks_at_neither_user_nor_session(language):
    page = drawn("layouts/public.html", asked(f"/{language}/"), language)
    assert f'<html lang="{language}">' in page
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        ("\n  Ret &amp; råd:\n  2.  ", "Ret &amp; råd: 2. – Bo Trygt! Randers"),
        ("\n  Flyt foredraget\n  : 9. maj", "Flyt foredraget: 9. maj – Bo Trygt! Randers"),
        ("x" * 50, "x" * 50 + " – Bo Trygt! Randers"),
        ("x" * 51, "x" * 51),
        ("x" * 71, "x" * 69 + "…"),
        ("Tilgængeligheds\N{SOFT HYPHEN}erklæring", "Tilgængelighedserklæring – Bo Trygt! Randers"),
    ],
)
def test_a_title_is_one_short_line_and_leaves_the_partnership_out_before_its_own_words(own, shown):
    here = partnership(short_name="Bo Trygt! Randers")
    source = "{% load search_engines %}{% page_title %}" + own + "{% endpage_title %}"
    written = tag(source, asked(partnership=here))
    assert written == shown


@pytest.mark.parametrize("verdict", [None, MISSED])
def test_the_front_page_can_be_cached_and_says_how_we_are_doing_with_and_without_a_verdict(verdict):
    page = drawn("dashboard/front.html", asked(), **{**FRONT, "verdict": verdict})
    assert "<title>436 af 3.500</title>" in page
    assert "3.500</small>" in page
    assert ("267 indbrud mod" in page) is (verdict is not None)
    assert not INLINE.search(page)


def test_every_page_links_to_itself_in_the_other_languages():
    page = " ".join(drawn("layouts/public.html", asked("/da/advice/locks/?q=1")).split())
    assert '<a href="/sv/advice/locks/?q=1" lang="sv" hreflang="sv">Svenska</a>' in page
    assert 'href="/da/advice/locks/?q=1" lang="da" hreflang="da" aria-current="true"' in page


def test_no_line_breaks_inside_the_number_of_the_police():
    request = asked("/sv/")
    request.partnership = partnership(emergency_numbers=("112", "114 14"))
    assert "<strong>114\u00a014</strong>" in drawn("layouts/public.html", request, "sv")


@pytest.mark.parametrize(
    ("path", "swedish"),
    [("/accounts/login/?next=/da/me/", "/accounts/login/?next=%2Fda%2Fme%2F&lang=sv"), ("/nothing", "/sv/")],
)
def test_a_page_without_a_language_in_its_address_still_offers_the_others(path, swedish):
    found = tag(
        "{% languages as all %}{% for one in all %}{{ one.code }} {{ one.url|safe }}\n{% endfor %}", asked(path)
    )
    assert f"sv {swedish}" in found.splitlines()


def test_a_partnership_with_one_language_shows_no_language_menu():
    page = drawn("layouts/public.html", asked(partnership=partnership(languages=["da"])))
    assert "hreflang" not in page


def test_the_footer_says_whom_to_call_and_that_the_portal_is_not_the_police():
    page = drawn("layouts/public.html", asked(), "en")
    assert "<strong>112</strong>" in page
    assert "<strong>114</strong>" in page
    assert "not a police report" in page
    assert 'href="/en/accessibility/"' in page
    assert 'href="tel:+4589151000"' in page


def test_what_stands_beside_the_content_comes_after_it_for_telephones_and_screen_readers():
    source = (
        '{% extends "layouts/public.html" %}{% block below %}<p>third</p>{% endblock %}'
        "{% block content %}<h1>first</h1>{% endblock %}{% block side %}<aside>second</aside>{% endblock %}"
    )
    page = Template(source).render(Context({"request": asked()}))
    assert page.index("first") < page.index("second") < page.index("third") < page.index("</main>")


@pytest.mark.parametrize("template", ["400.html", "403.html", "404.html", "413.html", "429.html"])
def test_an_error_page_stands_without_a_partnership(template):
    page = drawn(template, asked(partnership=None))
    assert "<h1>" in page


def test_the_last_error_page_stands_without_a_request():
    assert "112" in render_to_string("500.html")


def test_a_private_page_says_who_is_logged_in_and_offers_to_log_out():
    karen = SimpleNamespace(
        is_authenticated=True, is_active=True, name="Karen Holm", email="karen@example.dk", roles=NO_ROLES
    )
    page = drawn("layouts/private.html", asked(user=karen, _messages=[]), "en")
    assert "Logged in as Karen Holm" in page
    assert "csrfmiddlewaretoken" in page


@pytest.mark.parametrize("level", ["success", "info", "warning", "error", "debug", ""])
def test_a_message_of_any_level_is_shown(level):
    page = render_to_string("parts/alert.html", {"kind": level, "words": "Gemt <b>"})
    assert "Gemt &lt;b&gt;" in page


@pytest.mark.parametrize("name", [path.stem for path in (settings.BASE_DIR / "templates/parts/drawings").glob("*.svg")])
def test_every_spot_drawing_is_hidden_decoration_without_inline_style(name):
    svg = tag("{% drawing name %}", asked(), name=name)
    assert 'aria-hidden="true"' in svg
    assert "style=" not in svg


def test_each_partnership_has_the_mark_of_its_own_skyline_beside_its_name():
    marks = {tag("{% wordmark %}", asked(partnership=partnership(skyline=name))) for name in KIT}
    assert len(marks) == 3
    assert tag("{% wordmark %}", asked(partnership=None)) in marks
    assert tag("{% wordmark %}", asked()) in drawn("layouts/public.html", asked())


def test_the_drawing_of_an_error_page_stands_for_nothing_else():
    errors = {"error.html", *(f"{code}.html" for code in (400, 403, 404, 413, 429))}
    named = {path: re.findall(r'drawing "(\w+)"', path.read_text("utf-8")) for path in TEMPLATES.rglob("*.html")}
    of_errors = [name for path, names in named.items() if path.name in errors for name in names]
    others = {name for path, names in named.items() if path.name not in errors for name in names}
    others |= {one.drawing for one in (*FORMATS.values(), *FIRST_THINGS)}
    assert len(set(of_errors)) == 3
    assert not others & set(of_errors)


def test_no_two_talks_or_first_things_have_one_drawing():
    named = {
        name for path in TEMPLATES.rglob("*.html") for name in re.findall(r'drawing "(\w+)"', path.read_text("utf-8"))
    }
    own = [one.drawing for one in (*FORMATS.values(), *FIRST_THINGS)]
    assert len(own) == len(set(own)) == 8
    # Beside talks as such stands the drawing of the talk that is asked for most.
    assert set(own) & named == {"talk"}
    assert set(own) | named == {path.stem for path in (TEMPLATES / "parts/drawings").glob("*.svg")}


def test_an_icon_stands_inline():
    assert tag('{% icon "check" %}', asked()).startswith('<svg class="icon-svg"')


def test_a_qr_code_loses_its_declaration_only():
    svg = tag("{{ code|plain_svg }}", asked(), code="<?xml version='1.0'?>\n<svg><path/></svg>")
    assert svg.strip() == "<svg><path/></svg>"


SHEETS = ["vendor/dkfds/dkfds.css", *sorted(str(path.relative_to(STATIC)) for path in STATIC.glob("css/**/*.css"))]


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_file_that_a_style_sheet_names_is_there_and_no_source_map(sheet):
    css = (STATIC / sheet).read_text(encoding="utf-8")
    assert "sourceMappingURL" not in css
    missing = {
        name for name in re.findall(r'url\("?([^")]+)"?\)', css) if not (STATIC / sheet).parent.joinpath(name).exists()
    }
    assert not missing


def test_the_style_sheets_answer_to_contrast_themes_and_to_less_motion():
    css = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("css/site/*.css"))
    assert "(forced-colors: active)" in css
    assert "(prefers-reduced-motion: reduce)" in css


def test_the_script_of_citizen_pages_stays_under_a_kilobyte():
    assert (STATIC / "js/portal.js").stat().st_size < 1024


def test_the_layout_names_only_files_that_exist():
    page = drawn("layouts/public.html", asked())
    assert all(finders.find(name) for name in re.findall(r'"/static/([^"]+)"', page))


NO_ROLES = SimpleNamespace(filter=lambda **_: SimpleNamespace(exists=lambda: False))
WORDS = SimpleNamespace(
    subject="Dit foredrag er bekræftet",
    paragraphs=['Vi glæder os til "Stole & lærred" ' + "i fælleshuset " * 12],
    facts=[("Hvor", "Eksempelvej 12")],
    button=(
        "Se bestillingen",
        "https://randers.example/da/talks/booking/a-very-long-address-that-must-not-be-broken-in-two/",
    ),
)


def mail(kind, **changes):
    given = {
        "words": WORDS,
        "partnership": partnership(),
        "language": "da",
        "recipient_name": "Karen",
        "unsubscribe_url": None,
    }
    return render_to_string(f"outbox/mail.{kind}", {**given, "street_url": "https://randers.example/s.png", **changes})


def test_the_text_of_an_email_is_wrapped_and_written_as_text():
    text = mail("txt")
    assert '"Stole & lærred"' in text
    assert WORDS.button[1] in text
    assert all(len(line) <= 72 for line in text.splitlines() if "https://" not in line)


def test_an_email_without_a_way_out_shows_none_and_with_one_shows_it():
    for kind in ("txt", "html"):
        assert "/stop/" not in mail(kind)
        assert "https://randers.example/da/stop/x/" in mail(kind, unsubscribe_url="https://randers.example/da/stop/x/")


def test_the_html_of_an_email_escapes_what_people_have_written():
    assert "Stole &amp; lærred" in mail("html")


KEY = SimpleNamespace(pk=7, created_at=None, last_used_at=None)
LOG_IN_PAGES = {
    "account/login.html": {
        "request_login_code_url": "/x",
        "PASSKEY_LOGIN_ENABLED": True,
        "code_form": RequestLoginCodeForm(),
    },
    "account/logout.html": {},
    "account/request_login_code.html": {"form": RequestLoginCodeForm({"email": "karen"}), "login_url": "/x"},
    "account/confirm_login_code.html": {"verify_form": ConfirmLoginCodeForm(code="x"), "email": "karen@x.example"},
    "mfa/authenticate.html": {"MFA_SUPPORTED_TYPES": ["totp", "webauthn"], "js_data": {}},
    "mfa/reauthenticate.html": {"reauthentication_alternatives": [{"url": "/x", "description": "x"}]},
    "mfa/index.html": {"MFA_SUPPORTED_TYPES": ["webauthn"], "is_mfa_enabled": True, "authenticators": {}},
    "mfa/totp/activate_form.html": {"totp_svg": "<?xml version='1.0'?><svg></svg>"},
    "mfa/totp/deactivate_form.html": {},
    "mfa/recovery_codes/index.html": {"unused_codes": ["1234 5678"], "can_view_codes": True},
    "mfa/recovery_codes/generate.html": {"unused_code_count": 3},
    "mfa/webauthn/authenticator_list.html": {"authenticators": [KEY]},
    "mfa/webauthn/add_form.html": {"js_data": {}},
    "mfa/webauthn/reauthenticate.html": {"js_data": {}},
    "mfa/webauthn/authenticator_confirm_delete.html": {"authenticator": KEY},
    "mfa/webauthn/edit_form.html": {"authenticator": KEY},
}


@pytest.mark.parametrize("template", LOG_IN_PAGES)
def test_every_page_of_logging_in_wears_the_portal_and_obeys_the_security_policy(template):
    karen = SimpleNamespace(
        is_authenticated=True, is_active=True, name="Karen Holm", email="karen@example.dk", roles=NO_ROLES
    )
    found = SimpleNamespace(view_name="mfa_index", kwargs={"pk": 7})
    request = asked("/accounts/", user=karen, session={}, _messages=[], resolver_match=found)
    page = drawn(template, request, "en", **LOG_IN_PAGES[template])
    assert 'class="site-header"' in page
    assert page.count("<h1") == 1
    assert not INLINE.search(page)
    assert "data:" not in page
