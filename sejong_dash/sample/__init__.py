"""Where do the sample counts come from? `python -m sejong_dash.sample` invents them for a plan."""
