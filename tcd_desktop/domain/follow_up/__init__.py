"""What is followed from above: directives, reviews, inspections."""
