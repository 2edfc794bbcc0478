"""Mail: composed from the templates of `templates/mail`, sent by one of three transports. No table is known here."""
