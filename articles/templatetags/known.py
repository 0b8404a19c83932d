"""`{% translate "words" %}` as Django's, which looks the words up anew each time, in one catalogue after another: a page says forty."""

from django import template
from django.template.base import Parser, Token
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language

register = template.Library()


class KnownTranslation(template.Node):
    """Constant words, looked up once in each language."""

    def __init__(self, looked_up: TranslateNode) -> None:
        self.looked_up = looked_up
        self.known: dict[str | None, str] = {}

    def render(self, context: template.Context) -> str:
        language = get_language()
        if language not in self.known:
            self.known[language] = self.looked_up.render(context)
        return self.known[language]


@register.tag
def translate(parser: Parser, token: Token) -> template.Node:
    node = do_translate(parser, token)
    words = node.filter_expression
    constant = words.var.lookups is None and not words.filters
    return node if node.asvar or node.message_context or not constant else KnownTranslation(node)
