"""What packs do when evidence is taken back or may travel less far; and where it is used."""

from collections.abc import Collection
from typing import Any

from hub.core.links import path_to
from hub.evidence.models import Entry, Item
from hub.evidence.signals import entry_let_go, entry_withdrawn, item_bounded
from hub.evidence.uses import Use, says_where
from hub.packs import queries
from hub.packs.policy import can_read_packs
from hub.packs.services import let_go, look_again


@entry_withdrawn.connect
def stop_what_was_taken_back(entry: Entry, **_: Any) -> None:
    look_again(entry.kind, entry.source_id)


@entry_let_go.connect
def let_go_of_words(entry: Entry, **_: Any) -> None:
    let_go(entry)


@item_bounded.connect
def stop_what_goes_too_far(item: Item, **_: Any) -> None:
    look_again("evidence.item", item.id)


@says_where
def packs_with(entry_ids: Collection[int]) -> list[Use]:
    return [
        Use(f"Evidence pack “{pack.name}”", f"no. {n}", path_to("packs.pack", pack_id=pack.id), can_read_packs)
        for pack, n in queries.in_use_with(entry_ids)
    ]
