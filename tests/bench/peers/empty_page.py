"""Show a title and nothing else: what every page of Streamlit costs a browser."""

import streamlit as st

st.title("Expo")
