"""Who may come in, from where, and what each may do: checked at the server's door, before Streamlit sees a request."""
