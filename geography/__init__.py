"""Points, outlines, projections, and streets as people write them: without a database. Longitude stands first."""
