"""Reminders: the ladders, who hears, and which step of a ladder has come. Purely; who the people are is not known here.

A *step* is a number of days relative to a target date: -30 is a month before it, 7 a week after. The day of a
step before the date, and of the date itself, moves to the working day before; that of a step after it moves to
the working day after. The target date is never moved (design: platform A2.9).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from portal.domain.calendar import ONE_DAY, WorkingCalendar


class SubjectKind(StrEnum):
    """What a reminder is about."""

    OCCURRENCE = "occurrence"
    TERM_END = "term_end"
    REPORT_FIX = "report_fix"
    NOTICE = "notice"
    """The last day on which the contract lets a party say that it renews or lets go."""
    RENEWAL_START = "renewal_start"
    """The day by which work on a renewal must begin, planned backwards from the notice or the end."""
    PAPER = "paper"
    """The last day on which a paper on a partner's card is valid (`domain.organisation_card.PaperSubject`)."""


class Audience(StrEnum):
    """Who hears, by role; the planner joins people to it."""

    DEBTOR = "debtor"
    OFFICER = "officer"
    HEAD = "head"
    DIRECTOR = "director"
    PARTNER = "partner"
    """Those who answer for a partner: its responsible person and its manager."""


class Channel(StrEnum):
    """By which way a message goes."""

    MAIL = "mail"
    BELL = "bell"
    """In the portal only: the row itself is what is shown under the bell."""
    SERVICE = "service"
    """A service of the Apprise library, set up by configuration."""


class ReminderStage(StrEnum):
    """What became of a planned reminder."""

    PLANNED = "planned"
    SENT = "sent"
    OVERTAKEN = "overtaken"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    FAILED = "failed"
    HELD = "held"


class MessageStage(StrEnum):
    """What became of a message."""

    PENDING = "pending"
    LEASED = "leased"
    SENT = "sent"
    DEAD = "dead"
    HELD = "held"
    CANCELLED = "cancelled"


class EndReason(StrEnum):
    """Why a reminder ended without being sent."""

    FINISHED = "finished"
    DATE_MOVED = "date_moved"
    NOT_RESPONSIBLE = "not_responsible"
    NEWER_STEP = "newer_step"
    MISSED = "missed"
    DECLINED = "declined"
    GIVEN_UP = "given_up"
    RULE_CHANGED = "rule_changed"
    """The ladder has no such rung any more, or the duty has another ladder."""
    SUBJECT_HELD = "subject_held"
    """People let the subject rest; its reminders come back when it is taken up again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rung: on this step of this ladder, this audience hears, by this way."""

    kind: SubjectKind
    step: int
    audience: Audience
    channel: Channel = Channel.MAIL


_WAYS = {way: place for place, way in enumerate(Channel)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Ladder:
    """The rungs of one kind, in force. The default one serves everything of its kind that has no ladder of its own."""

    ladder_id: int | None
    """None: it is the seed, which is not stored yet."""
    kind: SubjectKind
    is_default: bool
    rules: tuple[Rule, ...]
    _heard: Mapping[int, Mapping[Channel, frozenset[Audience]]] = field(init=False, repr=False, compare=False)
    """Made once: ladders are kept, and every sweep asks for each of their steps."""

    def __post_init__(self) -> None:
        """Sort out who hears on which step."""
        found: dict[int, dict[Channel, frozenset[Audience]]] = {}
        for rule in sorted(self.rules, key=lambda rule: (rule.step, _WAYS[rule.channel])):
            ways = found.setdefault(rule.step, {})
            ways[rule.channel] = ways.get(rule.channel, frozenset()) | {rule.audience}
        object.__setattr__(self, "_heard", found)

    @property
    def steps(self) -> tuple[int, ...]:
        """Return its steps, earliest first."""
        return tuple(self._heard)

    def heard(self, step: int) -> Mapping[Channel, frozenset[Audience]]:
        """Return who hears on a step, by way."""
        return self._heard.get(step, {})


OVERDUE_WEEKS = tuple(range(7, 85, 7))
"""Overdue steps: weekly, from one to twelve weeks after the date; then it is the officer's list only (Settled 13)."""

_LADDERS: tuple[tuple[SubjectKind, Audience, tuple[int, ...]], ...] = (
    # The default ladder of the end of a term (design: domain §3.1).
    (SubjectKind.TERM_END, Audience.OFFICER, (-180, -90, -60, -30, -14, -7, -1, 0, *OVERDUE_WEEKS)),
    (SubjectKind.TERM_END, Audience.HEAD, (-90, -30, -7, 0)),
    (SubjectKind.TERM_END, Audience.DIRECTOR, (-30, 0)),
    (SubjectKind.TERM_END, Audience.PARTNER, (-90, -30)),
    # The last day of the contract's own notice, and the day on which work on a renewal must begin.
    (SubjectKind.NOTICE, Audience.OFFICER, (-60, -30, -14, -7, -3, -1, 0, 7, 14)),
    (SubjectKind.NOTICE, Audience.HEAD, (-30, -7, 0)),
    (SubjectKind.NOTICE, Audience.DIRECTOR, (-7, 0)),
    (SubjectKind.RENEWAL_START, Audience.OFFICER, (-14, 0, 14, 28)),
    (SubjectKind.RENEWAL_START, Audience.HEAD, (14, 28)),
    # A date on which an obligation falls due: the debtor from a month before, then up the line of the office.
    (SubjectKind.OCCURRENCE, Audience.DEBTOR, (-30, -14, -7, -3, -1, 0, *OVERDUE_WEEKS)),
    (SubjectKind.OCCURRENCE, Audience.OFFICER, (0, *OVERDUE_WEEKS)),
    (SubjectKind.OCCURRENCE, Audience.HEAD, tuple(step for step in OVERDUE_WEEKS if step >= 14)),  # noqa: PLR2004
    (SubjectKind.OCCURRENCE, Audience.DIRECTOR, tuple(step for step in OVERDUE_WEEKS if step >= 28)),  # noqa: PLR2004
    # A report that came back: its own, shorter date.
    (SubjectKind.REPORT_FIX, Audience.DEBTOR, (-3, -1, 0, 7, 14, 21, 28)),
    (SubjectKind.REPORT_FIX, Audience.OFFICER, (7, 14, 21, 28)),
    (SubjectKind.REPORT_FIX, Audience.HEAD, (28,)),
    # A paper that runs out: its holder long before the office (design: domain §3.1).
    (SubjectKind.PAPER, Audience.DEBTOR, (-90, -60, -30, -14, -7, 0, 14, 28)),
    (SubjectKind.PAPER, Audience.OFFICER, (-14, 0, 14, 28)),
)

RULES = tuple(Rule(kind=kind, step=step, audience=audience) for kind, audience, steps in _LADDERS for step in steps)
"""The seed of the editable table of rules."""

SEED = tuple(
    Ladder(ladder_id=None, kind=kind, is_default=True, rules=tuple(rule for rule in RULES if rule.kind is kind))
    for kind in SubjectKind
)
"""The default ladder of each kind while none is stored."""

OVER_AFTER_DAYS = 28
"""A ladder is over four weeks after its last step: what is older is history, and nobody is told of it again."""


def ladder(kind: SubjectKind, rules: Iterable[Rule] = RULES) -> tuple[int, ...]:
    """Return the steps of a kind, earliest first."""
    return tuple(sorted({rule.step for rule in rules if rule.kind is kind}))


def audiences(kind: SubjectKind, step: int, rules: Iterable[Rule] = RULES) -> frozenset[Audience]:
    """Return who hears on a step."""
    return frozenset(rule.audience for rule in rules if rule.kind is kind and rule.step == step)


def day_of(target_on: date, step: int, calendar: WorkingCalendar) -> date:
    """Return the working day on which a step comes; raise CalendarNotLoaded when its year has no holidays loaded."""
    nominal = target_on + timedelta(days=step)
    return calendar.next_working(nominal) if step > 0 else calendar.previous_working(nominal)


def reached_step(target_on: date, steps: Sequence[int], today: date, calendar: WorkingCalendar) -> int | None:
    """Return the last step of a ladder whose day has come by `today`; None before the first and when all is over."""
    if target_on < today - timedelta(days=max(steps, default=0) + OVER_AFTER_DAYS):
        return None
    come = [step for step in steps if day_of(target_on, step, calendar) <= today]
    return max(come, default=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """The target dates, both ends inside, whose last reached step is `step`; empty when the ends are crossed."""

    step: int
    first_on: date
    last_on: date

    @property
    def is_empty(self) -> bool:
        """Return whether no date lies inside."""
        return self.last_on < self.first_on

    def holds(self, target_on: date) -> bool:
        """Return whether a date lies inside."""
        return self.first_on <= target_on <= self.last_on


def latest_target(step: int, today: date, calendar: WorkingCalendar) -> date:
    """Return the latest target date for which `step` has come by `today`.

    A step before the date has come when it lies before the next working day after today; one after the date
    when it lies no later than the last working day until today.
    """
    return _latest_targets([step], today, calendar)[0]


def _latest_targets(steps: Sequence[int], today: date, calendar: WorkingCalendar) -> list[date]:
    """Return the latest target date of each step; today's neighbours among the working days are looked up once."""
    # A year that is not loaded matters only to the steps that look into it.
    before = calendar.previous_working(today) if any(step > 0 for step in steps) else today
    after = calendar.next_working(today + ONE_DAY) if any(step <= 0 for step in steps) else today
    return [before - timedelta(days=step) if step > 0 else after - timedelta(days=1 + step) for step in steps]


def windows(today: date, steps: Sequence[int], calendar: WorkingCalendar) -> tuple[Window, ...]:
    """Return for each step, earliest first, the interval of target dates whose last reached step it is."""
    if not steps:
        return ()
    ordered = sorted(steps)
    over = today - timedelta(days=ordered[-1] + OVER_AFTER_DAYS + 1)
    bounds = _latest_targets(ordered, today, calendar)
    return tuple(
        Window(step=step, first_on=max(later, over) + timedelta(days=1), last_on=last)
        for step, last, later in zip(ordered, bounds, [*bounds[1:], over], strict=True)
    )


def missed_windows(before: date, today: date, steps: Sequence[int], calendar: WorkingCalendar) -> tuple[Window, ...]:
    """Return the target dates for which a step came after `before` but a later one has come by `today`, too.

    These steps were never told, because nobody looked between the two days; they are written down as overtaken.
    """
    ordered = sorted(steps)
    told = _latest_targets(ordered, before, calendar)
    come = _latest_targets(ordered, today, calendar)
    found = (
        Window(step=step, first_on=last + ONE_DAY, last_on=next_on)
        for step, last, next_on in zip(ordered[:-1], told[:-1], come[1:], strict=True)
    )
    return tuple(window for window in found if not window.is_empty)


@dataclass(frozen=True, kw_only=True, slots=True)
class Coming:
    """A step that will come."""

    on: date
    kind: SubjectKind
    subject_id: int
    target_on: date
    step: int


NEAR = timedelta(days=31)
"""No stretch of free days moves a step further than this."""


def coming(
    subjects: Iterable[tuple[SubjectKind, int, date]],
    rules: Sequence[Rule],
    today: date,
    until: date,
    calendar: WorkingCalendar,
) -> tuple[Coming, ...]:
    """Return the steps whose day comes after `today` and by `until`, in order; subjects are (kind, id, date)."""
    steps = {kind: ladder(kind, rules) for kind in SubjectKind}
    days = [
        Coming(on=day_of(target_on, step, calendar), kind=kind, subject_id=subject_id, target_on=target_on, step=step)
        for kind, subject_id, target_on in subjects
        for step in steps[kind]
        if today - NEAR < target_on + timedelta(days=step) < until + NEAR
    ]
    chosen = [each for each in days if today < each.on <= until]
    return tuple(sorted(chosen, key=lambda each: (each.on, each.target_on, each.kind, each.subject_id)))
