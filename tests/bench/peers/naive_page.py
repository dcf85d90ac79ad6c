"""Show the six charts as a first page of Streamlit does: files are read at every run, nothing is kept, all is one script."""

import six_charts
import streamlit as st

st.set_page_config(page_title="Expo", layout="wide")
st.title("Expo")
place = st.selectbox("Prefecture", six_charts.places(), key="place")
figures, charts = six_charts.draw(place)
for column, label, figure in zip(st.columns(3), ("Visitors", "Of the goal", "Best day"), figures, strict=True):
    column.metric(label, figure)
for number in range(0, len(charts), 2):
    for column, beside in zip(st.columns(2), (number, number + 1), strict=True):
        column.plotly_chart(charts[beside], key=f"chart-{beside}")
