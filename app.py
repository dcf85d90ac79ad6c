"""Where does the server start? `streamlit run app.py`"""

import streamlit as st

app = st.App("sejong_dash/shell.py")
