"""The journal: operations numbered without gaps and chained by hash, applied, reversed, confirmed."""
