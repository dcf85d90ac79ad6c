"""Start the server: `streamlit run app.py`.

What pages draw with is imported behind the start, so that nothing of it is named here.
"""

import streamlit as st
from starlette.middleware import Middleware

from sejong_dash.access.doors import Doors
from sejong_dash.api.routes import export_routes
from sejong_dash.serving.change_events import ChangeEvents
from sejong_dash.serving.delivery import Delivery
from sejong_dash.serving.sessions.session_door import SessionDoor
from sejong_dash.startup import late_imports, limits, prerender
from sejong_dash.startup.warm_up import warm
from sejong_dash.watch import log_lines
from sejong_dash.watch.request_log import RequestLog
from sejong_dash.watch.watch_routes import Watch

log_lines.begin()
base = st.get_option("server.baseUrlPath") or ""
places, limit = limits.places()
pages = late_imports.page_names()
app = st.App(
    "sejong_dash/shell.py",
    lifespan=warm(prerender.pieces),
    routes=[
        *export_routes(base),
        *Watch(places, limit).routes(base),
        *ChangeEvents(late_imports.tables_state).routes(),
    ],
    on_script_error=late_imports.show_script_error,
    middleware=[
        Middleware(RequestLog),
        Middleware(Doors, pages=late_imports.page_names),
        Middleware(SessionDoor, places=places, pages=pages, full_page=late_imports.full_page, base=base),
        Middleware(Delivery, files=late_imports.own_file, scripts=late_imports.scripts_of),
    ],
)
