"""A drawing of a street at dusk; independent of pages and partnerships."""
