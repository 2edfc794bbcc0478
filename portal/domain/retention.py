"""How long rows are kept that nobody needs any more: the one place where this is written. No report, no trail is here.

All but `UPLOADS` count from the instant at which the row was worth nothing: used, withdrawn, or over by itself. Until
then and a while longer a link still says that it was used or is over, rather than that there is no such page.
"""

from datetime import timedelta
from typing import Final

UPLOADS: Final = timedelta(days=2)
"""Files that come in parts, from their first part: who does not go on within two days chooses the file again."""
SECOND_STEPS: Final = timedelta(days=1)
"""Sign-ins that waited for the code of a mail."""
TRUSTED_DEVICES: Final = timedelta(days=1)
"""Browsers that were known for a while."""
PASSWORD_RESETS: Final = timedelta(days=7)
"""Links for a new password: mails of the last week are still opened."""
INVITATIONS: Final = timedelta(days=90)
"""Invitations that were accepted or withdrawn; those that wait, even too long, stay until somebody decides."""
SESSIONS: Final = timedelta(days=90)
"""Sign-ins of a browser that have ended."""
ATTEMPTS: Final = timedelta(days=1)
"""Counted tries, from the hour in which they were counted."""
LOCKS: Final = timedelta(days=2)
"""Wrong tries for a mail address, from the last one: after a day they count no more."""
CALENDAR_FEEDS: Final = timedelta(days=90)
"""Addresses of calendars that were revoked."""
MAILS: Final = timedelta(days=730)
"""Mails that were sent, given up or called off; the office's own rule."""
TRAIL_DETAILS: Final = timedelta(days=5 * 365)
"""What changed, in the trail: who did what and when stays, the values go; the office's own rule."""
JOB_RUNS: Final = timedelta(days=365)
"""What a job said when it ran."""
DATA_REQUESTS: Final = timedelta(days=5 * 365)
"""Answered requests of people about their data, from the answer; the office's own rule."""
