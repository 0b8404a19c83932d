from articles.models.attached import Event, Life, Message, MessageState, Update
from articles.models.audit import Act, AuditEntry
from articles.models.kinds import ARTICLE_KINDS, Kind, Status
from articles.models.labels import Label, Labelling
from articles.models.origins import OldAddress, Origin
from articles.models.pictures import Picture
from articles.models.posts import Post
from articles.models.proxies import Article, Page
from articles.models.revision import Revision
from articles.models.versions import Version

__all__ = [
    "ARTICLE_KINDS",
    "Act",
    "Article",
    "AuditEntry",
    "Event",
    "Kind",
    "Label",
    "Labelling",
    "Life",
    "Message",
    "MessageState",
    "OldAddress",
    "Origin",
    "Page",
    "Picture",
    "Post",
    "Revision",
    "Status",
    "Update",
    "Version",
]
