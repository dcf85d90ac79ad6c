"""Mends what Streamlit takes out of the queue of messages to a browser before they are sent."""
