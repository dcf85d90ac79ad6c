"""Tells Streamlit's page where its server is, so that it need not look for it.

Relies on: `window.__streamlit`, through which a host that frames the page may hand it `BACKEND_BASE_URL` and `HOST_CONFIG`.
Why: it spares the page two questions before it connects, and on a deep link two more that are answered 404 (the front end
tries /progress/_stcore first).
Tried with: Streamlit 1.67.0.
Without it: nothing breaks; a page connects two to four questions later.
Off: `host_config` in SEJONG_BORDER_OFF.
"""

from sejong_dash import border

# "." as in index.html's "./static": links are one deep.
_HERE = (
    'window.__streamlit={BACKEND_BASE_URL:new URL(".",location).href,'
    "HOST_CONFIG:{allowedOrigins:[location.origin],useExternalAuthToken:false}}"
)


def host_script() -> str:
    """Return the script for the head of the page, without its tags; blank where it is switched off."""
    return "" if border.is_off("host_config") else _HERE
