"""Points, outlines and projections, without a database. Longitude stands first, as in GeoJSON."""
