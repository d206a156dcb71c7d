"""Cases and petitions: steps, clocks, obligations."""
