"""One page of the table: a few queries at any size, each row drawn from plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rounds.challenges.table.columns import Column, Row, loaded
from rounds.challenges.table.filters import Filters, of_round
from rounds.challenges.table.searching import MOST_FOUND
from rounds.challenges.table.standard import address_pattern

PAGE_SIZE = 50
# Wider tables scroll sideways; narrower ones fit.
MOST_BESIDE = 9

_HEAD = (
    '<th scope="col" class="{}"{}><a id="sort-{}" href="?{}">{}{}</a></th>',
    '<th scope="col" class="{}">{}</th>',
)
_ARROWS = {"ascending": "↑", "descending": "↓"}


@dataclass(frozen=True)
class Table:
    """What a person sees of a round's challenges at an address."""

    filters: Filters
    page: Page[Any]
    rows: list[Row]

    @property
    def columns(self) -> list[Column]:
        """The columns to show."""
        return self.filters.columns

    @property
    def is_wide(self) -> bool:
        """Whether it needs to scroll sideways."""
        return len(self.columns) > MOST_BESIDE

    @property
    def is_cut(self) -> bool:
        """Whether more was found than is shown."""
        return self.filters.is_sought and self.page.paginator.count >= MOST_FOUND

    @property
    def most_found(self) -> int:
        """Where looking stops."""
        return MOST_FOUND

    @cached_property
    def page_query(self) -> str:
        """The query to which a page number is added."""
        query = self.filters.query()
        return f"{query}&" if query else ""

    def heads(self) -> SafeString:
        """Draw the heads: a sortable one is a link that sorts by it or turns its order."""
        return format_html_join("", "{}", ((self._head(column),) for column in self.columns))

    def _head(self, column: Column) -> SafeString:
        look = "num" if column.look == "num" else ""
        if not column.sort:
            return format_html(_HEAD[1], look, column.label)
        sort = self.filters.sort
        falling = sort.startswith("-")
        order = ""
        if sort.removeprefix("-") == column.key:
            order = "descending" if falling else "ascending"
        query = self.filters.query(sort=f"-{column.key}" if order == "ascending" else column.key)
        sorted_ = format_html(' aria-sort="{}"', order) if order else ""
        arrow = _ARROWS.get(order, "")
        mark = format_html(' <span aria-hidden="true">{}</span>', arrow) if arrow else ""
        return format_html(_HEAD[0], look, sorted_, column.key, query, column.label, mark)

    def body(self) -> SafeString:
        """Draw the rows, all by one pattern."""
        return format_html_join("", _row_pattern(self.columns), self._cells())

    def _cells(self) -> Iterator[list[object]]:
        for row in self.rows:
            look = "" if row["is_read"] else "is-unread"
            yield [
                look,
                row["pk"],
                row["choose"],
                *(column.cell(row) for column in self.columns),
            ]


def _row_pattern(columns: Iterable[Column]) -> str:
    """Return the pattern of a row: braces stand for what differs."""
    pick = (
        '<td class="pick"><input class="form-check-input" type="checkbox" name="pick" value="{}"'
        ' aria-label="{}"></td>'
    )
    cells = "".join(
        f'<td class="{column.look}" data-label="{_plain(column.label)}">{{}}</td>'
        for column in columns
    )
    return f'<tr class="{{}}">{pick}{cells}</tr>'


def _plain(label: str | Promise) -> str:
    return conditional_escape(str(label)).replace("{", "{{").replace("}", "}}")


def table_of(filters: Filters, number: str | None) -> Table:
    """Return the page `number` of what `filters` let pass.

    Two queries, and one for each loader of the columns. The numbers of the page's challenges are
    read from an index alone, and only their rows are looked at.
    """
    numbers = filters.challenges(most=MOST_FOUND).values_list("number", flat=True)
    # Looking is the dear part: it is done once for both the count and the page.
    found = list(numbers[:MOST_FOUND]) if filters.is_sought else numbers
    paginator: Paginator[Any] = Paginator(found, PAGE_SIZE)
    page = paginator.get_page(number)
    return Table(filters, page, _rows(filters, page.object_list))


def _rows(filters: Filters, numbers: Any) -> list[Row]:
    columns = filters.columns
    annotations = {
        name: annotation(filters.user)
        for column in columns
        for name, annotation in column.annotations.items()
    }
    fields = [name for column in columns for name in column.fields]
    rows = (
        of_round(filters.round)
        .filter(number__in=numbers)
        .annotate(**annotations)
        .order_by(*filters.ordering)
        .values("pk", "reference", *dict.fromkeys(fields), *annotations)
    )
    return _completed(list(rows), filters, columns)


def _completed(rows: list[Row], filters: Filters, columns: Sequence[Column]) -> list[Row]:
    """Give the rows their addresses, and what the loaders find of them."""
    before, after = address_pattern()
    choose = _("Choose %(reference)s")
    beside = loaded(columns, filters.round, filters.user, [row["pk"] for row in rows])
    for row in rows:
        row["url"] = f"{before}{row['pk']}{after}"
        row["choose"] = choose % {"reference": row["reference"]}
        for name, values in beside.items():
            row[name] = values.get(row["pk"])
    return rows
