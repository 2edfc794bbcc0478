"""Says what the portal's clock says; with `--wait` it then sleeps until somebody ends it."""

import sys
import time

from portal import clock

if __name__ == "__main__":
    sys.stdout.write(clock.now().isoformat())
    sys.stdout.flush()
    if "--wait" in sys.argv:
        time.sleep(60)
