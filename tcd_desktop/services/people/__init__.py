"""Citizens, links between visits, and what keeps a denouncer unknown."""
