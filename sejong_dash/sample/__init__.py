"""Make the counts and bookings of the sample: `python -m sejong_dash.sample`."""
