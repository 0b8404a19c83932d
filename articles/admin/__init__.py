"""The desk's pages of the ground floor, one module per job."""

from articles.admin.audit import AuditAdmin
from articles.admin.forms import PostForm
from articles.admin.labels import LabelAdmin
from articles.admin.messages import MessageAdmin
from articles.admin.pictures import PictureAdmin
from articles.admin.posts import ArticleAdmin, PageAdmin, PostAdmin
from articles.admin.records import AttachedAdmin, OldAddressAdmin, RecordAdmin

__all__ = [
    "ArticleAdmin",
    "AttachedAdmin",
    "AuditAdmin",
    "LabelAdmin",
    "MessageAdmin",
    "OldAddressAdmin",
    "PageAdmin",
    "PictureAdmin",
    "PostAdmin",
    "PostForm",
    "RecordAdmin",
]
