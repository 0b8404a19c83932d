"""A form of the desk as a browser without script would send it back."""

from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse


def typed(response: HttpResponse, press: str = "_save", **changes: Any) -> dict[str, Any]:
    """What the page's form holds, with these fields changed and this button pressed."""
    page = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    form = next(form for form in page.iter("form") if form.get("method") == "post" and form.get("id") != "logout-form")
    data: dict[str, Any] = {}
    for field in form.iter():
        if field.get("name"):
            read(field, data)
    return {**data, press: "1", **changes}


def read(field: Element, data: dict[str, Any]) -> None:
    name, kind = field.get("name"), field.get("type")
    if field.tag == "textarea":
        data[name] = (field.text or "").removeprefix("\n")
    elif field.tag == "select":
        chosen = [option.get("value") for option in field.iter("option") if option.get("selected") is not None]
        if field.get("multiple") is not None:
            data[name] = chosen
        elif chosen or len(field):
            data[name] = (chosen or [next(iter(field.iter("option"))).get("value")])[0]
    elif kind in ("checkbox", "radio"):
        if field.get("checked") is not None:
            data[name] = field.get("value", "on")
    elif field.tag == "input" and kind not in ("submit", "file", "button"):
        data[name] = field.get("value", "")
