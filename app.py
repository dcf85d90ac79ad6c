"""Start the server: `streamlit run app.py`."""

import streamlit as st
from starlette.middleware import Middleware

from sejong_dash.api.routes import export_routes
from sejong_dash.exhibits import defaults
from sejong_dash.maps import shape_file
from sejong_dash.serving.change_events import ChangeEvents
from sejong_dash.serving.delivery import Delivery
from sejong_dash.startup.prerender import draw_everything
from sejong_dash.startup.warm_up import warm

app = st.App(
    "sejong_dash/shell.py",
    lifespan=warm(draw_everything),
    routes=[*export_routes(st.get_option("server.baseUrlPath")), *ChangeEvents(defaults.state).routes()],
    middleware=[Middleware(Delivery, files=shape_file)],
)
