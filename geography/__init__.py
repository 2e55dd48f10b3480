"""Points, outlines and projections, without a database. Longitude stands first."""
