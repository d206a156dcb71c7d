"""Letters from draft to issue, their words and signatures."""
