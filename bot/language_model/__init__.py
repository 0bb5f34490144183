"""The optional second reader: a language model that points at words of a reply."""
