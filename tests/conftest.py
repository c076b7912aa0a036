"""What holds for every test: no deadline decides, however busy the machine is."""

from hypothesis import settings

settings.register_profile("tracker", deadline=None)
settings.load_profile("tracker")
