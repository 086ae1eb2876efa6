"""The pages on which party life is entered every week."""
