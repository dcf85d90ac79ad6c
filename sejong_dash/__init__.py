"""How does a city steer a dated event to a visitor goal?"""
