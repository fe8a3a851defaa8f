"""Writes one calendar file for each exchange: make_calendars.py YEAR FOLDER. Started by scripts/calendars."""
import importlib.metadata
import pathlib
import sys

import exchange_calendars
import pandas

# Hours are the exchanges' own: the package counts CME's daily pause as open.
EXCHANGES = (
    ("xnys", "XNYS", "NYSE regular sessions.", "09:30 16:00"),
    ("cmes", "CMES", "CME Globex sessions, opened on the evening before.", "17:00 16:00"),
    ("xbom", "XBOM", "BSE and NSE regular sessions, special ones left out.", "09:15 15:30"),
)
FIRST = "2024-01-01"


def lines(name, title, hours, year):
    bound = exchange_calendars.get_calendar(name).bound_max()
    last = pandas.Timestamp(f"{year}-12-31")
    last = last if bound is None else min(last, bound)
    calendar = exchange_calendars.get_calendar(name, start=FIRST, end=last)
    version = importlib.metadata.version("exchange_calendars")
    yield f"# {title} One line a date: DATE closed, or DATE early HH:MM (local close)."
    yield f"# Source: exchange_calendars {version} ({name}), by scripts/calendars; edit when the exchange announces a change."
    yield f"zone {calendar.tz}"
    yield f"hours {hours}"
    yield f"through {last.date()}"
    sessions = set(calendar.sessions)
    early = set(calendar.early_closes)
    for day in pandas.date_range(FIRST, last):
        if day in early:
            yield f"{day.date()} early {calendar.session_close(day).tz_convert(calendar.tz):%H:%M}"
        elif day.weekday() < 5 and day not in sessions:
            yield f"{day.date()} closed"
        elif day.weekday() >= 5 and day in sessions:
            yield f"{day.date()} open {hours}"


def main():
    year, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    for file, name, title, hours in EXCHANGES:
        (folder / f"{file}.txt").write_text("\n".join(lines(name, title, hours, year)) + "\n")


main()
