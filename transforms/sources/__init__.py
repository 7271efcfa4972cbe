"""Sources: which party a printed name is, whoever prints it and however it is spelled."""
