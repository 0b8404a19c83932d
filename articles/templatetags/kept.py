"""Pieces of pages that are rendered once a revision and printed on thousands of pages."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token

from articles.memo import memo

register = template.Library()


class KeptNode(template.Node):
    def __init__(self, nodelist: NodeList, name: FilterExpression, vary: list[FilterExpression]) -> None:
        self.nodelist, self.key = nodelist, (name, *vary)

    def render(self, context: template.Context) -> str:
        return memo.fragment(tuple([part.resolve(context) for part in self.key]), lambda: self.nodelist.render(context))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept "name" value … %}…{% endkept %}`: what stands inside may depend on the frame, the name and the values, on nothing else."""
    name, *vary = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, name, vary)
