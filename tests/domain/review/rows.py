"""What a row of the table is, and the ways to spoil a draft that need more than a seed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from portal.domain.review import ReviewSubject, TextLine
from tests.domain.review import seeds
from tests.domain.review.good import printed


@dataclass(frozen=True)
class Row:
    """One bad sample."""

    rule: str
    kind: str
    spoil: Callable[[ReviewSubject], ReviewSubject]
    place: str
    says: str


def swapped(subject):
    """The parties in the title stand the other way round."""
    ours, theirs = (party.name.upper() for party in subject.parties)
    turn = {ours: theirs, theirs: ours}
    lines = (replace(one, text=turn[one.text]) if one.text in turn else one for one in subject.lines)
    return replace(subject, lines=tuple(lines))


def alone(subject):
    """Only one party is left, everywhere."""
    first = replace(subject, parties=subject.parties[:1], originals=1)
    made = printed(first, ("NOTA KESEPAHAMAN",), ("bahwa PARA PIHAK memandang perlu menyatukan langkah.",))
    return seeds.said("rangkap 2 (dua)", "rangkap 1 (satu)")(made)


def signed_by(position, office, **changes):
    """Another office signs for a party, in the facts and everywhere in the text."""

    def sow(subject):
        party = next(one for one in subject.parties if one.position == position)
        holders = tuple(replace(one, office=office) for one in party.holders)
        return seeds.both(
            seeds.said(party.office, office), seeds.party(position, office=office, holders=holders, **changes)
        )(subject)

    return sow


def called(position, name, **changes):
    """Another body is a party, in the facts and everywhere in the text."""

    def sow(subject):
        party = next(one for one in subject.parties if one.position == position)
        sown = seeds.both(seeds.said(party.name, name), seeds.said(party.name.upper(), name.upper()))
        office = (party.office or "").replace(party.name, name)
        holders = tuple(replace(one, office=office) for one in party.holders)
        facts = {"name": name, "registered_name": name, "office": office, "holders": holders}
        return seeds.party(position, **{**facts, **changes})(sown(subject))

    return sow


def beside(place, text):
    """A header, footer or note holds a line."""
    return lambda subject: replace(subject, lines=(*subject.lines, TextLine(place=place, text=text)))


def crossed(subject):
    """Each party is called what the other one is."""
    turn = {"PIHAK KESATU": "PIHAK KEDUA", "PIHAK KEDUA": "PIHAK KESATU"}

    def turned(line):
        own = next((one for one in turn if line.place == "Identitas para pihak" and one in line.text), None)
        return replace(line, text=line.text.replace(own, turn[own])) if own else line

    return replace(subject, lines=tuple(turned(line) for line in subject.lines))
