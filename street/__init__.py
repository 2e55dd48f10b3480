"""The street at dusk, drawn: it knows no page and no partnership."""
