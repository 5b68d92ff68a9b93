"""Reading long lists a window at a time: by keyset in any order, from any place, in either direction.

`Order` says how rows follow one another, `Windows` reads those before or after a row, `Stretch` reads them by position;
`Listed` is what a store function answers with, and `Listing` what a page reads of it.
A window costs what it shows, not what the list holds (facts/performance 3).
"""
