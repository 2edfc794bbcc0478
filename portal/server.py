"""The settings of the production server: `gunicorn -c python:portal.server 'portal.app:create_app()'`.

Threads, so that slow lines of partners hold no process; processes, so that one that dies is not missed. Values are
gunicorn's own names; the command line rules over them.
"""

from portal import logs

bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 2
threads = 4
timeout = 60
graceful_timeout = 30
keepalive = 5
# A form with a file of 20 MB comes over thin lines; headers never need much.
limit_request_line = 4094
limit_request_field_size = 8190
logconfig_dict = dict(logs.SETTINGS)
