"""What stands between the server and Streamlit: the answers' headers and compression, and the order of runs."""
