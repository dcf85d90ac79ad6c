"""Where does the server start? `streamlit run app.py`"""

import streamlit as st
from starlette.middleware import Middleware

from sejong_dash.maps import shape_file
from sejong_dash.rehearsal import draw_everything
from sejong_dash.serving import Delivery
from sejong_dash.warmup import warm

app = st.App("sejong_dash/shell.py", lifespan=warm(draw_everything), middleware=[Middleware(Delivery, files=shape_file)])
