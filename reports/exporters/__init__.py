"""Excel out: small functions fed by the same objects as the pages."""
