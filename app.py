"""Start the server: `streamlit run app.py`.

What pages draw with is imported behind the start, so that nothing of it is named here.
"""

import streamlit as st
from starlette.middleware import Middleware

from sejong_dash.access.doors import Doors
from sejong_dash.api.routes import export_routes
from sejong_dash.serving.change_events import ChangeEvents
from sejong_dash.serving.delivery import Delivery
from sejong_dash.startup import late_imports, prerender
from sejong_dash.startup.warm_up import warm

app = st.App(
    "sejong_dash/shell.py",
    lifespan=warm(prerender.pieces),
    routes=[*export_routes(st.get_option("server.baseUrlPath")), *ChangeEvents(late_imports.tables_state).routes()],
    on_script_error=late_imports.show_script_error,
    middleware=[
        Middleware(Doors, pages=late_imports.page_names),
        Middleware(Delivery, files=late_imports.own_file, scripts=late_imports.scripts_of),
    ],
)
