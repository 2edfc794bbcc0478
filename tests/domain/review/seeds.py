"""Ways to put one fault into a good draft."""

from dataclasses import replace

from portal.domain import clause
from portal.domain.review import TextLine, placed
from tests.domain.review.good import printed_tree


def said(old, new, *, at=""):
    """Put other words into the text; exactly the lines of `at` that hold them change, at least one."""

    def sow(subject):
        changed = [
            replace(line, text=line.text.replace(old, new)) if old in line.text and line.place.startswith(at) else line
            for line in subject.lines
        ]
        assert tuple(changed) != subject.lines, f"“{old}” stands nowhere"
        return replace(subject, lines=tuple(changed))

    return sow


def fact(**changes):
    """Record other facts; the text stays."""
    return lambda subject: replace(subject, **changes)


def party(position, **changes):
    """Record other facts of a party; the text stays."""

    def sow(subject):
        changed = (replace(one, **changes) if one.position == position else one for one in subject.parties)
        return replace(subject, parties=tuple(changed))

    return sow


def parent(**changes):
    """Record other facts of the parent; the text stays."""
    return lambda subject: replace(subject, parent=replace(subject.parent, **changes))


def base(**changes):
    """Record other facts of the agreement that is changed; the text stays."""
    return lambda subject: replace(subject, amended=replace(subject.amended, **changes))


def tree(change):
    """Change the clause tree and print its articles anew."""

    def sow(subject):
        changed = replace(subject, tree=change(subject.tree))
        articles = placed(printed_tree(changed.tree, changed.answers))
        before = tuple(line for line in subject.lines if not line.place.startswith(("Pasal", "Tanda tangan")))
        return replace(changed, lines=(*before, *articles, *subject.at("Tanda tangan")))

    return sow


def without(key):
    """Take an article out."""
    return tree(lambda articles: clause.remove(articles, key))


def article(key, text=None, **changes):
    """Write an article anew."""

    def change(articles):
        one = clause.find(articles, key)
        return clause.rewrite(articles, replace(one, text=one.text if text is None else text, **changes))

    return tree(change)


def line_out(place, containing):
    """Take one line out of the text."""

    def sow(subject):
        kept = tuple(one for one in subject.lines if not (one.place == place and containing in one.text))
        assert len(kept) == len(subject.lines) - 1
        return replace(subject, lines=kept)

    return sow


def line_in(place, text, *, label="", after):
    """Put a line into the text behind the first one that contains `after`."""

    def sow(subject):
        at = next(index for index, one in enumerate(subject.lines) if after in one.text) + 1
        line = TextLine(place=place, text=text, label=label)
        return replace(subject, lines=(*subject.lines[:at], line, *subject.lines[at:]))

    return sow


def both(*sowing):
    """Do one after the other, for a fault that needs two changes."""

    def sow(subject):
        for one in sowing:
            subject = one(subject)
        return subject

    return sow
