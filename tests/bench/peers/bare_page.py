"""Show a title, a menu and a line: what a page of Streamlit costs at the least when it is used."""

import streamlit as st

st.title("Expo")
chosen = st.selectbox("Prefecture", ["All", "Hokkaido", "Osaka", "Tokyo"])
st.write(f"Chosen: {chosen}")
