"""Administrative units of Vietnam: tables with validity dates, look-up by code and by name."""
