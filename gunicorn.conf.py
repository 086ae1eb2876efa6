"""How the production server runs; gunicorn reads this file by itself.

Threads, because browsers are served directly: each keeps spare connections open and silent, and one
of those would hold a sync worker until it times out (measured: 63 s for a page behind two of them).
"""

import os
import sys

PORT = os.environ.get("PORT", "8000")

bind = f"127.0.0.1:{PORT}"
workers = os.cpu_count()
worker_class = "gthread"
threads = 16
timeout = 60  # the longest request is a large export
loglevel = "warning"
control_socket_disable = True


def when_ready(server):
    sys.stdout.write(f"党建工作平台已启动：http://127.0.0.1:{PORT}（按 Ctrl+C 停止）\n")
    sys.stdout.flush()
