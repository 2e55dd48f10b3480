"""How a message reaches its reader: email, text message, or a letter on paper."""
