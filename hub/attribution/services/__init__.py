"""What is done to contributions and documents, one function for each deed."""

from hub.attribution.services.contributions import (
    Details,
    edit,
    forget_removed,
    put_back,
    record,
    remove,
    take_off_open_web,
)
from hub.attribution.services.documents import (
    AlreadyDrafted,
    Text,
    confirm,
    discard,
    new_document,
    new_version,
    publish,
    remind_readers,
    rewrite,
    withdraw,
)

__all__ = [
    "AlreadyDrafted",
    "Details",
    "Text",
    "confirm",
    "discard",
    "edit",
    "forget_removed",
    "new_document",
    "new_version",
    "publish",
    "put_back",
    "record",
    "remind_readers",
    "remove",
    "rewrite",
    "take_off_open_web",
    "withdraw",
]
