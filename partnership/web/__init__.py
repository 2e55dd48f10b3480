"""How a page works: the request, the public page, the base form, the menus and the common template tags."""
