"""Charts as plain geometry, and as SVG: no database, no request.

Drawn here, since a template takes a dozen steps for each number: with templates the page of progress took 1.4 times the
processor time. x is in per cent and y in pixels, so that text keeps its 16 px on a phone; only the lines, which hold no
text, stand in a viewBox that is stretched to the chart's width. Coordinates are strings, with a point in all languages.
"""
