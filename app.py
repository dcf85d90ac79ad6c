"""Start the server: `streamlit run app.py`.

What pages draw with is imported behind the start, so that nothing of it is named here.
"""

import streamlit as st
from starlette.middleware import Middleware

from sejong_dash.serving.delivery import Delivery
from sejong_dash.startup import prerender
from sejong_dash.startup.warm_up import warm

app = st.App(
    "sejong_dash/shell.py",
    lifespan=warm(prerender.pieces),
    middleware=[Middleware(Delivery, files=prerender.shape_file)],
)
