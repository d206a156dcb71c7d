"""How everything looks: tokens, typeface, icons, chips."""
